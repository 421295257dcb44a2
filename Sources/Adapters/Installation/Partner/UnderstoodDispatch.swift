import Domain
import FoundationEssentials
import Formats

/// A dispatch of an operator's, understood whole; read as leniently as its words allow, and with what was forgiven.
struct UnderstoodDispatch: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case createJob(pack: ReceivedPack)
        case cancelJob(reason: JobCancellation, text: String?, isForced: Bool)
        case notifyJob(result: HeardResult)
    }

    let id: Int64
    let method: String
    let reference: String
    let content: Content
    let warnings: [String]

    /// - Parameter pathMethod: the method that the path names, if it does; it must be the body's (G-132).
    /// - Throws: the JSON-RPC error to answer with, naming everything that is wrong.
    init(parsing bytes: [UInt8], pathMethod: String?, at now: Date) throws(RPCRefusal) {
        let leniencies = Leniencies()
        let message = try DispatchMessage(parsing: bytes, pathMethod: pathMethod, leniencies)
        id = message.id
        method = message.method
        reference = message.reference
        switch message.method {
        case CreateJob.method:
            content = try message.read(leniencies) { content, _ in
                ReceivedPack(content, leniencies).map { .createJob(pack: $0) }
            }
        case CancelJob.method:
            content = try message.read(leniencies) { content, _ in Self.cancellation(content, leniencies) }
        case ProvisioningNotice.method:
            content = try message.read(leniencies) { content, problems in
                Self.result(message, content, problems, leniencies, at: now)
            }
        default:
            let known = [CreateJob.method, CancelJob.method, ProvisioningNotice.method].joined(separator: ", ")
            throw RPCRefusal(.integer(message.id), unknownMethod: "must be one of: \(known)")
        }
        warnings = leniencies.all.map(\.description)
    }

    /// It may found a job, which then needs a number.
    var isNewJob: Bool {
        switch content {
        case .createJob: true
        case .cancelJob, .notifyJob: false
        }
    }

    /// G-129; a reason that nobody knows is another one.
    private static func cancellation(_ content: ObjectReader, _ leniencies: Leniencies) -> Content? {
        _ = content.optionalString("providerJobId", length: 1...50)
        let code = content.requiredString("reasonCode", length: 1...50)
        let text = content.optionalString("reasonText", length: 1...1_000)
        _ = content.optionalMoment("cancelledAt", leniencies)
        let isForced = content.optionalBool("force") ?? false
        if !content.has("cancelledAt") { leniencies.forgive("G-129", content, .missing, "cancelledAt", "is missing") }
        guard let code else { return nil }
        let reason = JobCancellation(rawValue: code)
        if reason == nil { leniencies.forgive("G-129", content, .notAllowed, "reasonCode", "was read as OTHER") }
        return .cancelJob(reason: reason ?? .other, text: text, isForced: isForced)
    }

    /// G-130: `response` says it; of `content` only the time.
    private static func result(
        _ message: DispatchMessage,
        _ content: ObjectReader,
        _ problems: Problems,
        _ leniencies: Leniencies,
        at now: Date
    ) -> Content? {
        for key in ["providerJobId", "fsan", "serialNumber", "ontVendor"] { _ = content.value(key) }
        let at = content.optionalMoment("eventTime", leniencies)
        if !content.has("eventTime") { leniencies.forgive("G-130", content, .missing, "eventTime", "is missing") }
        guard let response = message.response else {
            problems.report(.missing, at: "/response", "is missing")
            return nil
        }
        let reader = ObjectReader(response, at: "/response", problems: problems)
        let outcome = reader.requiredInteger("id", range: 1...7).flatMap { ProvisioningResult.Outcome(rawValue: $0) }
        let isSuccess = reader.optionalBool("success")
        let details = reader.optionalString("details", length: 0...500) ?? ""
        let retryAt = reader.optionalMoment("retryAt", leniencies)
        leniencies.forgiveUnknownFields(of: reader, "G-130")
        guard let outcome else { return nil }
        // A failure that calls itself a success, or the other way round, can be neither taken nor told (−32602).
        if let isSuccess, isSuccess != outcome.isSuccess {
            reader.report(.rule, "success", "must be \(outcome.isSuccess) with result \(outcome.rawValue)")
            return nil
        }
        if isSuccess == nil {
            leniencies.forgive("G-130", reader, .rule, "success", "is missing, with result \(outcome.rawValue)")
        }
        return .notifyJob(
            result: HeardResult(outcome: outcome, details: details, at: at ?? message.sent ?? now, retryAt: retryAt)
        )
    }
}
