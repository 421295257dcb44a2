import Domain
import FoundationEssentials
import Formats

/// `notifyJob`, operator to partner: what became of the scanned ONT (G-130, I-041).
package struct ProvisioningNotice: Equatable, Sendable {
    package static let method = "notifyJob"

    package let reference: String
    package let fsan: String?
    package let result: ProvisioningResult.Outcome
    package let isSuccess: Bool
    package let details: String
    package let retryAt: Date?
}

extension ProvisioningNotice {
    static func spell(_ job: InstallationJob, _ result: ProvisioningResult, sent: Date) -> [UInt8] {
        DispatchMessage.spell(method: method, job: job, sent: sent) { content in
            content.field("providerJobId", job.providerJobId)
            content.field("fsan", job.lastScan?.fsan)
            content.field("serialNumber", job.lastScan?.serialNumber)
            content.field("ontVendor", job.lastScan?.vendor.rawValue)
            content.moment("eventTime", result.at)
        } response: { response in
            response.field("id", result.outcome.rawValue)
            response.field("success", result.outcome.isSuccess)
            response.field("details", InstallationData.provisioningTexts[String(result.outcome.rawValue)] ?? "")
            response.moment("retryAt", result.retryAt)
        }
    }

    /// As a partner reads it.
    package init(_ message: DispatchMessage) throws(RPCRefusal) {
        let problems = Problems()
        let fsan = ObjectReader(message.content, at: "/content", problems: problems).optionalString("fsan")
        guard let response = message.response else {
            throw RPCRefusal(id: .integer(message.id), error: .invalidParams([Self.missing]))
        }
        let reader = ObjectReader(response, at: "/response", problems: problems)
        let outcome = reader.requiredInteger("id", range: 1...7).flatMap { ProvisioningResult.Outcome(rawValue: $0) }
        let isSuccess = reader.requiredBool("success")
        let details = reader.optionalString("details", length: 0...500)
        let retryAt = reader.optionalMoment("retryAt")
        guard problems.isEmpty, let outcome, let isSuccess else {
            throw RPCRefusal(id: .integer(message.id), error: .invalidParams(problems.all))
        }
        reference = message.reference
        self.fsan = fsan
        result = outcome
        self.isSuccess = isSuccess
        self.details = details ?? ""
        self.retryAt = retryAt
    }

    private static let missing = Problem(pointer: "/response", code: .missing, message: "is missing")
}

extension ProvisioningResult.Outcome {
    var isSuccess: Bool {
        switch self {
        case .provisioned, .installSuccessful: true
        case .failed, .retrying, .incorrectDeviceType, .incorrectFormat, .duplicateDevice: false
        }
    }
}
