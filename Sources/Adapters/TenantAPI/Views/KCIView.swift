import Domain
import Formats
import FoundationEssentials

/// An update to a tenant as it is read (G-070 to G-076): in a KCI's body, and in the `updates` of a GET.
enum KCIView {
    /// G-072.
    enum EntityType: String, CaseIterable {
        case provideOrder = "PROVIDE_ORDER"
        case modifyOrder = "MODIFY_ORDER"
        case ceaseOrder = "CEASE_ORDER"
        case provideEthernetOrder = "PROVIDE_ETHERNET_ORDER"
        case unsolicitedCeaseOrder = "UNSOLICITED_CEASE_ORDER"
        case serviceTest = "SERVICE_TEST"
        case serviceProblem = "SERVICE_PROBLEM"

        init(of order: ServiceOrder) {
            self =
                switch order.request {
                case .provide: .provideOrder
                case .modify: .modifyOrder
                case .cease: .ceaseOrder
                case .unsolicitedCease: .unsolicitedCeaseOrder
                case .ethernet: .provideEthernetOrder
                }
        }

        var kind: Kind {
            switch self {
            case .provideOrder, .modifyOrder, .ceaseOrder, .provideEthernetOrder, .unsolicitedCeaseOrder: .serviceOrder
            case .serviceTest: .serviceTest
            case .serviceProblem: .serviceProblem
            }
        }

        /// Of a KCI that was spelt: an order's is of one of three.
        init?(ofSpelt body: [UInt8]) {
            guard let name = (try? JSONDocument(parsing: body))?.root["entityType"]?.string else { return nil }
            self.init(rawValue: name)
        }

        /// How the body of a KCI says it, and nothing else in it: inside a string the quotes would be escaped.
        var spelt: [UInt8] { Array("\"entityType\":\"\(rawValue)\"".utf8) }
    }

    static func writeUpdates(_ log: KCILog, of type: EntityType, to json: inout JSONWriter) {
        json.array("updates") { json in
            for entry in log.entries {
                json.object { json in
                    writeMetadata(entry.kci, of: type, to: &json)
                    json.date("created", entry.at)
                    writeContent(entry.kci, uuid: nil, to: &json)
                }
            }
        }
    }

    static func writeMetadata(_ kci: KCI, of type: EntityType, to json: inout JSONWriter) {
        json.field("sequenceNumber", kci.sequence)
        json.date("issuedOn", kci.issuedOn)
        json.date("receivedOn", kci.receivedOn)
        json.field("updateType", updateType(of: kci))
        json.field("entityType", type.rawValue)
    }

    /// A frozen body with the moment of its first delivery in front, and what is known only at delivery: which numbers
    /// the tenant has missed, and that it is sent once more (decision 11).
    static func stamped(
        _ body: [UInt8],
        on first: Date,
        missed: [Int64] = [],
        isRedelivered: Bool = false
    ) -> [UInt8] {
        let stamp = JSONWriter.bytes(reserving: 128) { json in
            json.object { json in
                json.date("deliveredOn", first)
                if isRedelivered { json.field("redelivered", true) }
                if !missed.isEmpty {
                    json.array("missedSequenceNumbers") { json in for number in missed { json.element(number) } }
                }
            }
        }
        guard body.first == UInt8(ascii: "{"), body.count > 2 else { return body }
        return stamp.dropLast() + [UInt8(ascii: ",")] + body.dropFirst()
    }

    /// Exactly one of `information`, `action` and `error` (G-070).
    static func writeContent(_ kci: KCI, uuid: String?, to json: inout JSONWriter) {
        switch kci.content {
        case .information(let type, let details):
            json.object("information") { write(type.rawValue, details, to: &$0) }
        case .action(let type, let details):
            json.object("action") { write(type.rawValue, details, to: &$0) }
        case .error(let code, let messages, let about):
            json.object("error") { json in
                json.field("uuid", uuid)
                json.field("code", code)
                json.strings("messages", messages)
                if let about { writeRequests(about, to: &json) }
            }
        }
    }

    /// G-071.
    private static func updateType(of kci: KCI) -> String {
        switch kci.content {
        case .information: "INFORMATIONAL"
        case .action: "ACTION_REQUIRED"
        case .error: "ERROR"
        }
    }

    /// G-076.
    private static func write(_ type: String, _ details: KCIDetails, to json: inout JSONWriter) {
        json.field("type", type)
        json.field("problemCode", details.problemCode)
        json.field("text", details.text)
        if !details.supplierCodes.isEmpty { json.strings("supplierCodes", details.supplierCodes) }
        if !details.notes.isEmpty { json.strings("notes", details.notes) }
        writeRequests(details, to: &json)
        json.date("dueBy", details.dueBy)
    }

    /// Which of the tenant's own requests it is about.
    private static func writeRequests(_ details: KCIDetails, to json: inout JSONWriter) {
        json.number("serviceOrderAmendmentId", details.amendment)
        json.number("serviceOrderCancellationId", details.cancellation)
        json.number("serviceProblemAmendmentId", details.problemAmendment)
        json.number("serviceProblemCancellationId", details.problemCancellation)
        json.number("serviceProblemResolutionId", details.resolution)
    }
}
