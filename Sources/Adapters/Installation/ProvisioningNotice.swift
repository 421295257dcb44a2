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
    /// - Parameter texts: what each result says, by its number.
    static func spell(
        _ job: InstallationJob,
        _ result: ProvisioningResult,
        saying texts: [String: String],
        sent: Date
    ) -> [UInt8] {
        DispatchMessage.spell(method: method, job: job, sent: sent) { content in
            content.field("providerJobId", job.providerJobId)
            content.field("fsan", job.lastScan?.fsan)
            content.field("serialNumber", job.lastScan?.serialNumber)
            content.field("ontVendor", job.lastScan?.vendor.rawValue)
            content.moment("eventTime", result.at)
        } response: { response in
            response.field("id", result.outcome.rawValue)
            response.field("success", result.outcome.isSuccess)
            response.field("details", texts[String(result.outcome.rawValue)] ?? "")
            response.moment("retryAt", result.retryAt)
        }
    }

    /// As a partner reads it.
    init(_ message: DispatchMessage, _ leniencies: Leniencies) throws(RPCRefusal) {
        self = try message.read(leniencies) { content, problems in
            _ = content.optionalString("providerJobId", length: 1...50)
            let fsan = content.optionalString("fsan", length: 1...64)
            _ = content.optionalString("serialNumber", length: 1...64)
            _ = content.optionalEnum("ontVendor", as: DeviceVendor.self)
            _ = content.requiredMoment("eventTime", leniencies)
            guard let response = message.response else {
                problems.report(.missing, at: "/response", "is missing")
                return nil
            }
            let reader = ObjectReader(response, at: "/response", problems: problems)
            return Self.init(reader, of: message.reference, fsan: fsan, leniencies)
        }
    }

    private init?(_ response: ObjectReader, of reference: String, fsan: String?, _ leniencies: Leniencies) {
        let outcome = response.requiredInteger("id", range: 1...7).flatMap { ProvisioningResult.Outcome(rawValue: $0) }
        let isSuccess = response.requiredBool("success")
        let details = response.requiredString("details", length: 0...500)
        let retryAt = response.optionalMoment("retryAt", leniencies)
        leniencies.forgiveUnknownFields(of: response, "G-130")
        if outcome == .retrying, !response.has("retryAt") {
            response.report(.missing, "retryAt", "is required with result 4")
        }
        if let outcome, let isSuccess, isSuccess != outcome.isSuccess {
            response.report(.rule, "success", "must be \(outcome.isSuccess) with result \(outcome.rawValue)")
        }
        guard let outcome, let isSuccess, let details else { return nil }
        self.reference = reference
        self.fsan = fsan
        result = outcome
        self.isSuccess = isSuccess
        self.details = details
        self.retryAt = retryAt
    }
}

extension ProvisioningResult.Outcome {
    var isSuccess: Bool {
        switch self {
        case .provisioned, .installSuccessful: true
        case .failed, .retrying, .incorrectDeviceType, .incorrectFormat, .duplicateDevice: false
        }
    }
}
