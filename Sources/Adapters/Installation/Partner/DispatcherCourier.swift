import Domain
import Engine
import Formats
import Storage

/// Carries a partner's reports to the operator: `POST {endpoint}/{method}` over mutual TLS (G-120, I-007).
package struct DispatcherCourier: Courier {
    private let directory: Directory
    private let call: OutboundCall
    /// How the message log names us.
    private let name: String

    /// - Parameter call: under the partner's own identity.
    package init(directory: Directory, call: OutboundCall, name: String = "partner") {
        self.directory = directory
        self.call = call
        self.name = name
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .dispatcher(let dispatcher) = parcel.recipient, case .jobReport(let report) = parcel.message,
            let endpoint = directory.dispatcher(dispatcher)?.endpoint
        else { return Delivered(.refused(reason: "the operator has no endpoint")) }
        let request = OutboundRequest(
            url: HTTPURL.join(endpoint.url, "/\(report.method)"),
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("X-Request-ID", parcel.messageID.rawValue), ("X-Conversation-ID", parcel.conversation.rawValue),
            ],
            body: DispatchMessage.numbered(parcel.number, parcel.body),
            party: parcel.recipient.key
        )
        let result = await call.send(request)
        var exchanged = LoggedMessage.outbound(
            request,
            answer: result,
            from: name,
            to: "dispatcher/\(dispatcher)",
            contract: "installation",
            operation: report.operation,
            at: parcel.now
        )
        exchanged.messageID = String(parcel.number)
        let outcome = Self.judge(result, of: parcel, report, warnings: &exchanged.warnings)
        return Delivered(outcome, status: (try? result.get())?.status, exchanged: exchanged)
    }

    /// By its status (G-078), and then by what it says: an error with status 200 is a refusal, but for the operator's own
    /// fault (−32603), which passes.
    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        of parcel: Parcel,
        _ report: JobReport,
        warnings: inout [String]
    ) -> Outcome {
        let order = ID<WorkOrder>(parcel.entity.number)
        func refused(_ code: Int?, _ reason: String) -> Outcome {
            .refused(
                reason: reason,
                reply: .workOrder(
                    id: order,
                    input: .reportRefused(sequence: report.sequence, code: code, reason: reason)
                )
            )
        }
        switch Outcome(judging: result) {
        case .retry(let reason, let after):
            return .retry(reason: reason, after: after)
        case .postponed(let duration, let reason):
            return .postponed(for: duration, reason: reason)
        case .refused(let reason, _):
            let error = (try? result.get()).flatMap { RPCError(inReply: $0.body) }
            return refused(error?.code, error.map { "\($0.code): \($0.message)" } ?? reason)
        case .delivered:
            let body = (try? result.get())?.body ?? []
            guard let error = RPCError(inReply: body) else {
                if !body.isEmpty, (try? JSONDocument(parsing: body).root)?.kind != .object {
                    warnings.append("the acknowledgement is no JSON object; it counts as {}")
                }
                return .delivered(
                    reply: .workOrder(id: order, input: .reportTaken(sequence: report.sequence))
                )
            }
            guard error.code != RPCError.internalError else {
                return .retry(reason: "internal error: \(error.message)")
            }
            return refused(error.code, "\(error.code): \(error.message)")
        }
    }
}

extension RPCError {
    /// The error in an answer; `nil` for `{}`, a result, or what cannot be read.
    fileprivate init?(inReply body: [UInt8]) {
        guard let error = (try? JSONDocument(parsing: body).root)?["error"] else { return nil }
        self.init(error)
    }
}

extension JobReport {
    /// The operator's method that carries it (G-120).
    var method: String {
        switch news {
        case .accepted, .assigned, .enRoute, .onSite, .scanned, .progress: NotifyJob.method
        case .closed: CloseJob.method
        }
    }
}
