import Domain
import FoundationEssentials
import Formats

/// `jobHeader`, in every message of a partner (G-121).
package struct JobHeader: Equatable, Sendable {
    package enum NotificationType: String, CaseIterable, Sendable {
        case engineerAssigned = "ENGINEER_ASSIGNED"
        case enRoute = "EN_ROUTE"
        case onSite = "ON_SITE"
        case ontScanned = "ONT_SCANNED"
        case progress = "PROGRESS"
    }

    /// The operator's reference: `J` and a number.
    package let reference: String
    package let providerJobId: String
    package let eventTime: Date
    package let sequence: Int64?

    package init(reference: String, providerJobId: String, eventTime: Date, sequence: Int64? = nil) {
        self.reference = reference
        self.providerJobId = providerJobId
        self.eventTime = eventTime
        self.sequence = sequence
    }

    func report(answers: [QuestionAnswer]) -> PartnerReport {
        PartnerReport(providerJobId: providerJobId, eventTime: eventTime, sequence: sequence, answers: answers)
    }
}

extension JobHeader {
    init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let reference = reader.requiredString("ref", length: 1...36)
        let providerJobId = reader.requiredString("providerJobId", length: 1...50)
        let eventTime = reader.requiredMoment("eventTime", leniencies)
        let sequence = reader.optionalInteger("sequence", range: 1...9_999_999_999_999_999)
        guard let reference, let providerJobId, let eventTime else { return nil }
        self.init(
            reference: reference,
            providerJobId: providerJobId,
            eventTime: eventTime,
            sequence: sequence.map(Int64.init)
        )
    }

    func write(to writer: inout JSONWriter, type: NotificationType?) {
        writer.object("jobHeader") { header in
            header.field("ref", reference)
            header.field("providerJobId", providerJobId)
            header.field("notificationType", type?.rawValue)
            header.moment("eventTime", eventTime)
            header.field("sequence", sequence)
        }
    }
}
