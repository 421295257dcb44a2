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

    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        of parcel: Parcel,
        _ report: JobReport,
        warnings: inout [String]
    ) -> Outcome {
        let answer = JobAnswer(result, to: parcel.number, about: parcel.jobReference)
        warnings += answer.warnings
        return answer.outcome(answer.telling(about: report, from: ID(parcel.entity.number)))
    }
}

extension JobAnswer {
    /// What the job hears of it, at the partner's side.
    fileprivate func telling(about report: JobReport, from order: ID<WorkOrder>) -> Telling? {
        func refused(_ code: Int?, _ reason: String) -> Telling {
            .workOrder(id: order, input: .reportRefused(sequence: report.sequence, code: code, reason: reason))
        }
        return switch verdict {
        case .taken: .workOrder(id: order, input: .reportTaken(sequence: report.sequence))
        case .refused(let code, let reason): refused(code, code.map { "\($0): \(reason)" } ?? reason)
        case .turnedAway(let reason): refused(nil, reason)
        case .retry, .unreachable: nil
        }
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
