import Domain
import Engine
import Formats
import FoundationEssentials
import Storage

/// Carries dispatches to installation partners: `POST {endpoint}/{method}` over mutual TLS, or by the partner's profile to
/// the endpoint itself (G-120, I-008).
///
/// A partner may have several endpoints (I-002): where one does not answer, the next is asked at once, under the same
/// number, and the one that failed is left alone for a while. A job has one message under way at a time, so its messages
/// stay in order whichever endpoint takes them; by the number the partner knows one that reached it twice.
package struct PartnerCourier: Courier {
    private let directory: Directory
    private let send: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    private let health: EndpointHealth

    /// - Parameter call: under the operator's own identity.
    package init(directory: Directory, call: OutboundCall) {
        self.init(directory: directory, health: EndpointHealth()) { await call.send($0) }
    }

    init(
        directory: Directory,
        health: EndpointHealth,
        send: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    ) {
        self.directory = directory
        self.health = health
        self.send = send
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        let terms = parcel.recipient.partner.flatMap { directory.partner($0) }
        guard let method = Self.method(of: parcel.message), let terms, !terms.endpoints.isEmpty else {
            return Delivered(.refused(reason: "the partner has no endpoint"))
        }
        let path = terms.profile?.takesMethodInBody == true ? "" : "/\(method)"
        let urls = health.toTry(of: terms.endpoints(for: parcel.entity.number).map(\.url))
        var silent: [String] = []
        var changes: [EndpointChange] = []
        for url in urls.dropLast() {
            let delivered = await carry(parcel, method, to: url, path, after: silent, changes)
            guard let reason = delivered.outcome.reasonToTryElsewhere, !health.answers(url) else { return delivered }
            silent.append("\(url) did not take it: \(reason)")
            changes = delivered.changes
        }
        guard let last = urls.last else { return Delivered(.refused(reason: "the partner has no endpoint")) }
        return await carry(parcel, method, to: last, path, after: silent, changes)
    }

    /// - Parameter silent: what was tried before it, for the message log.
    private func carry(
        _ parcel: Parcel,
        _ method: String,
        to url: String,
        _ path: String,
        after silent: [String],
        _ changes: [EndpointChange]
    ) async -> Delivered {
        let request = OutboundRequest(
            url: HTTPURL.join(url, path),
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("X-Request-ID", parcel.messageID.rawValue), ("X-Conversation-ID", parcel.conversation.rawValue),
            ],
            body: DispatchMessage.numbered(parcel.number, parcel.body),
            party: parcel.recipient.key
        )
        let result = await send(request)
        let change = health.note(result, of: url)
        var exchanged = LoggedMessage.outbound(
            request,
            answer: result,
            from: "operator",
            to: parcel.recipient.key,
            contract: "installation",
            operation: method,
            at: parcel.now
        )
        exchanged.messageID = String(parcel.number)
        exchanged.warnings += silent
        let outcome = Self.judge(result, of: parcel, warnings: &exchanged.warnings)
        return Delivered(outcome, status: (try? result.get())?.status, exchanged: exchanged, changes: changes + change)
    }

    static func method(of message: Message) -> String? {
        switch message {
        case .jobCreated: CreateJob.method
        case .jobCancelled: CancelJob.method
        case .provisioningResult: ProvisioningNotice.method
        case .kci, .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested,
            .problemRaised,
            .resolutionAnswered, .problemAmended,
            .problemCancelled, .appointmentRequested, .reservationReleased,
            .supplyUpdate, .faultNotification, .deskNews, .jobReport, .filesReported, .telling:
            nil
        }
    }

    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        of parcel: Parcel,
        warnings: inout [String]
    ) -> Outcome {
        let answer = JobAnswer(result, to: parcel.number, about: parcel.jobReference)
        warnings += answer.warnings
        return answer.outcome(answer.telling(about: parcel.message, from: ID(parcel.entity.number)))
    }
}

extension Outcome {
    /// Why another endpoint of the same recipient is tried; nil: it answered, or must not be tried.
    fileprivate var reasonToTryElsewhere: String? {
        switch self {
        case .retry(let reason, _), .unreachable(let reason): reason
        case .delivered, .postponed, .refused: nil
        }
    }
}

extension EndpointHealth {
    /// No answer, and a gateway's own fault, speak against an endpoint; whatever else it says, it lives.
    fileprivate func note(_ result: Result<OutboundResponse, OutboundFailure>, of url: String) -> [EndpointChange] {
        let change =
            switch result {
            case .failure: failed(url)
            case .success(let response) where (500..<600).contains(response.status): failed(url)
            case .success: answered(url)
            }
        return change.map { [$0] } ?? []
    }
}
