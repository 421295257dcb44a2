import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// Carries the gateway's tickets to a supplier over mutual TLS, and brings its answers home (G-118).
package struct TicketingCourier: Courier {
    /// Such as `https://operator.example/prod/api2`; the operation is appended.
    private let baseURL: String
    private let call: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>

    /// - Parameter call: under the gateway's own client certificate.
    package init(baseURL: String, call: OutboundCall) {
        self.init(baseURL: baseURL) { await call.send($0) }
    }

    init(
        baseURL: String,
        call: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    ) {
        self.baseURL = baseURL
        self.call = call
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        let problem = ID<ServiceProblem>(parcel.entity.number)
        switch parcel.message {
        case .problemRaised:
            return await send(parcel, "addFaultReport", taken: .serviceProblem(id: problem, input: .ticketPending)) {
                .serviceProblem(id: problem, input: .ticketRejected(reason: $0))
            }
        case .resolutionAnswered(_, let reason, _):
            let warning = await sendWholeReason(reason, parcel)
            let taken = Telling.serviceProblem(id: problem, input: .answerDelivered)
            var delivered = await send(parcel, "resolveResponse", taken: taken) {
                .serviceProblem(id: problem, input: .answerFailed(reason: $0))
            }
            if let warning { delivered = delivered.warned(warning) }
            return delivered
        case .appointmentRequested(let first, _): return await askAgain(parcel, as: first)
        case .problemAmended(let change):
            let taken = Telling.serviceProblem(id: problem, input: .changeMade(change: change))
            return await send(parcel, "amendFaultReport", taken: taken) {
                .serviceProblem(id: problem, input: .changeRefused(change: change, reason: $0))
            }
        case .problemCancelled(let change):
            // The ticket's own notification says that it is cancelled; this only that the wish has arrived.
            let taken = Telling.serviceProblem(id: problem, input: .changeTaken(change: change))
            return await send(parcel, "amendFaultReport", taken: taken) {
                .serviceProblem(id: problem, input: .changeRefused(change: change, reason: $0))
            }
        case .kci, .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested,
            .reservationReleased,
            .supplyUpdate, .faultNotification, .deskNews,
            .jobCreated, .jobCancelled, .provisioningResult, .jobReport, .filesReported, .telling:
            return Delivered(.refused(reason: "\(parcel.message.operation) isn't spoken with this supplier"))
        }
    }

    private func send(
        _ parcel: Parcel,
        _ operation: String,
        taken: Telling,
        refused: (String) -> Telling?
    ) async -> Delivered {
        let request = request(parcel, operation, parcel.body)
        let result = await call(request)
        var copy = LoggedMessage.outbound(
            request,
            answer: result,
            from: "gateway",
            to: parcel.recipient.key,
            contract: "ticketing",
            operation: operation,
            at: parcel.now
        )
        copy.messageID = parcel.messageID.rawValue
        copy.conversation = parcel.conversation.rawValue
        let (outcome, warnings) = TicketReply.judge(
            result,
            expecting: TicketReply.Expectation(operation, to: parcel),
            reply: taken,
            refusal: refused
        )
        copy.warnings += warnings
        return Delivered(outcome, status: try? result.get().status, exchanged: copy)
    }

    /// A reason that `rejectedReason` cannot hold goes ahead whole, as a comment of an amendment.
    ///
    /// - Returns: a warning if the supplier didn't take it; the answer itself goes all the same.
    private func sendWholeReason(_ reason: String?, _ parcel: Parcel) async -> String? {
        guard let reason, reason.unicodeScalars.count > ResolveResponse.reasonCharactersMax,
            let document = try? XMLDocument(parsing: parcel.body),
            var amendment = AmendFaultReport(before: document.root)
        else { return nil }
        amendment.amendment.comment = TicketUpdate(text: reason, by: .buyer, at: parcel.row.content.created)
        let body = XMLWriter.document { amendment.write(to: &$0) }
        // The amendment has an id of its own.
        let expected = TicketReply.Expectation("amendFaultReport", to: nil)
        let result = await call(request(parcel, "amendFaultReport", body))
        switch TicketReply.judge(result, expecting: expected).0 {
        case .delivered: return nil
        case .retry(let words, _), .unreachable(let words), .postponed(_, let words), .refused(let words, _):
            return "the whole reason was not taken: \(words)"
        }
    }

    /// A reservation whose answer was lost: the same message once more gets the same key (G-143).
    private func askAgain(_ parcel: Parcel, as first: MessageID) async -> Delivered {
        guard !parcel.isTooLateToAsk else { return Delivered(.refused(reason: "the answer is no longer waited for")) }
        let request = OutboundRequest(
            url: HTTPURL.join(baseURL, "/reserveAppointment"),
            headers: [
                ("Content-Type", Ticketing.contentType), ("SOAPAction", "\"\""), ("X-Request-ID", first.rawValue),
                ("X-Conversation-ID", parcel.conversation.rawValue),
            ],
            body: parcel.body
        )
        let result = await call(request)
        var copy = LoggedMessage.outbound(
            request,
            answer: result,
            from: "gateway",
            to: parcel.recipient.key,
            contract: "ticketing",
            operation: "reserveAppointment",
            at: parcel.now
        )
        copy.messageID = first.rawValue
        copy.conversation = parcel.conversation.rawValue
        let outcome = Self.judge(reservation: result, of: ID(parcel.entity.number), asking: first.rawValue)
        return Delivered(outcome, status: try? result.get().status, exchanged: copy)
    }

    static func judge(
        reservation result: Result<OutboundResponse, OutboundFailure>,
        of id: ID<Reservation>,
        asking correlation: String? = nil
    ) -> Outcome {
        guard case .success(let response) = result else { return Outcome(judging: result) }
        do {
            let held = try ReserveVisit.reserved(in: response, asking: correlation)
            let input = Reservation.Input.supplierReserved(
                reference: held.reference,
                until: held.expires,
                slot: held.slot
            )
            return .delivered(reply: .reservation(id: id, input: input))
        } catch {
            switch error {
            case .refused(let reasons):
                let reason = reasons.joined(separator: "; ")
                return .refused(reason: reason, reply: .reservation(id: id, input: .supplierRefused(reason: reason)))
            case .failed(let reason): return .retry(reason: reason, after: response.retryAfter)
            case .turnedAway(let reason): return .refused(reason: reason)
            }
        }
    }

    private func request(_ parcel: Parcel, _ operation: String, _ body: [UInt8]) -> OutboundRequest {
        OutboundRequest(url: HTTPURL.join(baseURL, "/\(operation)"), headers: BuyerCourier.headers(parcel), body: body)
    }
}

extension AmendFaultReport {
    /// The amendment that goes ahead of an answer: its references, and an id of its own that is the same each time.
    fileprivate init?(before answer: XMLElement) {
        guard let identifier = answer.text(of: "buyerIdentifier"), let id = answer.text(of: "messageId"),
            let reference = answer.text(of: "buyerFaultReference"), id.utf8.count == 36
        else { return nil }
        var digits = Array(id.utf8)
        // A UUID's version: ours are 7, and 8 is for what is derived.
        digits[14] = UInt8(ascii: "8")
        header = TicketHeader(
            buyerIdentifier: identifier,
            sentAt: answer.text(of: "sentAt").flatMap { Timestamp.parse($0) },
            messageID: String(decoding: digits, as: UTF8.self)
        )
        buyerReference = reference
        maintainerReference = answer.text(of: "maintainerFaultReference")
    }
}

extension Delivered {
    fileprivate func warned(_ warning: String) -> Delivered {
        var copy = exchanged
        copy?.warnings.append(warning)
        return Delivered(outcome, status: status, exchanged: copy)
    }
}

extension TicketReply.Expectation {
    /// - Parameter parcel: the message that is answered; `nil` where its ids are not to be compared.
    fileprivate init(_ operation: String, to parcel: Parcel?) {
        let root = parcel.flatMap { try? XMLDocument(parsing: $0.body).root }
        self.init(
            roots: [TicketingOperation(rawValue: operation)?.answer ?? operation],
            messageID: parcel?.messageID.rawValue,
            buyerReference: root?.text(of: "buyerFaultReference")
        )
    }
}
