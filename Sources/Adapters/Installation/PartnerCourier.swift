import Domain
import Engine
import Formats
import Storage

/// Carries dispatches to installation partners: `POST {endpoint}/{method}` over mutual TLS (G-120, I-008).
package struct PartnerCourier: Courier {
    private let directory: Directory
    private let call: OutboundCall

    /// - Parameter call: under the operator's own identity.
    package init(directory: Directory, call: OutboundCall) {
        self.directory = directory
        self.call = call
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .partner(let partner) = parcel.recipient, let method = Self.method(of: parcel.message),
            let endpoint = directory.partner(partner)?.endpoint
        else { return Delivered(.refused(reason: "the partner has no endpoint")) }
        let request = OutboundRequest(
            url: "\(endpoint.url)/\(method)",
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("X-Request-ID", parcel.messageID.rawValue), ("X-Conversation-ID", parcel.conversation.rawValue),
            ],
            body: DispatchMessage.numbered(parcel.number, parcel.body)
        )
        let result = await call.send(request)
        var exchanged = LoggedMessage.outbound(
            request,
            answer: result,
            from: "operator",
            to: "partner/\(partner)",
            contract: "installation",
            operation: method,
            at: parcel.now
        )
        exchanged.messageID = String(parcel.number)
        let outcome = Self.judge(result, of: parcel, warnings: &exchanged.warnings)
        return Delivered(outcome, status: (try? result.get())?.status, exchanged: exchanged)
    }

    static func method(of message: Message) -> String? {
        switch message {
        case .jobCreated: CreateJob.method
        case .jobCancelled: CancelJob.method
        case .provisioningResult: ProvisioningNotice.method
        case .kci, .orderPlaced, .testRequested, .problemRaised, .resolutionAnswered, .reservationReleased,
            .supplyUpdate, .faultNotification, .deskNews, .telling:
            nil
        }
    }

    /// By its status (G-078), and then by what it says: an error with status 200 is a refusal, but for the partner's
    /// own fault (−32603), which passes.
    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        of parcel: Parcel,
        warnings: inout [String]
    ) -> Outcome {
        let byStatus = Outcome(judging: result)
        guard case .success(let response) = result else { return byStatus }
        if case .retry = byStatus { return byStatus }
        let reply = PartnerReply(response.body)
        let telling = reply.telling(about: parcel.message, from: ID(parcel.entity.number))
        switch (byStatus, reply) {
        case (_, .refused(RPCError.internalError, let reason)):
            return .retry(reason: "internal error: \(reason)")
        case (_, .refused(let code, let reason)):
            return .refused(reason: "\(code) \(reason)", reply: telling)
        case (.delivered, .acknowledged):
            return .delivered(reply: telling)
        case (.delivered, .unreadable):
            warnings.append("the acknowledgement is no JSON object; it counts as {}")
            return .delivered(reply: telling)
        case (.retry, _), (.refused, _):
            return byStatus
        }
    }
}
