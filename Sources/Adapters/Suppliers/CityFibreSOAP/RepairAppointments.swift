import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// The supplier's appointments for repairs, asked over the Ticketing contract while a tenant waits (G-046).
package struct RepairAppointments: SupplierQuestions {
    private let baseURL: String
    private let call: OutboundCall
    private let exchange: Exchange

    /// - Parameter call: under the gateway's own client certificate.
    package init(baseURL: String, call: OutboundCall, exchange: Exchange) {
        self.baseURL = baseURL
        self.call = call
        self.exchange = exchange
    }

    package func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] {
        throw Unanswered.notOffered
    }

    package func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        throw Unanswered.notOffered
    }

    package func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] {
        let now = exchange.time.now()
        let message = try Self.message(
            question.asker,
            question.address,
            question.specification,
            question.purpose,
            in: exchange.directory,
            at: now
        )
        let query = QueryVisits(message: message, from: question.from ?? LondonTime.day(at: now))
        let body = SOAPEnvelope.wrap { query.write(to: &$0) }
        let answer = await ask("queryAppointmentAvailability", question.asker, body)
        return try await read(answer) { answer throws(AppointmentAnswerFault) in
            try QueryVisits.slots(in: answer, asking: question.asker.requestID.rawValue)
        }
    }

    package func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        let body = try Self.spell(question, in: exchange.directory, at: exchange.time.now())
        let answer = await ask("reserveAppointment", question.asker, body)
        return try await read(answer) { answer throws(AppointmentAnswerFault) in
            try ReserveVisit.reserved(in: answer, asking: question.asker.requestID.rawValue)
        }
    }

    // MARK: -

    /// A reservation as it is asked for, the first time and again; only the moment differs, which does not count (G-143).
    package static func spell(
        _ question: ReserveQuestion,
        in directory: Directory,
        at now: Date
    ) throws -> [UInt8] {
        let message = try message(
            question.asker,
            question.address,
            question.specification,
            question.purpose,
            in: directory,
            at: now
        )
        let reservation = ReserveVisit(message: message, slot: question.slot)
        return SOAPEnvelope.wrap { reservation.write(to: &$0) }
    }

    private static func message(
        _ asker: Asker,
        _ address: PremisesAddress,
        _ specification: ServiceSpecification,
        _ purpose: AppointmentPurpose,
        in directory: Directory,
        at now: Date
    ) throws -> AppointmentMessage {
        guard let terms = directory.tenant(asker.tenant) else {
            throw Unanswered.failed(reason: "the tenant is not registered")
        }
        return AppointmentMessage(
            messageID: asker.requestID.rawValue,
            correlationID: asker.requestID.rawValue,
            sentAt: now,
            buyerIdentifier: terms.buyerIdentifier,
            sellerIdentifier: "CITYFIBRE",
            addressKey: address.uprn.map(String.init) ?? address.identifier.id,
            product: specification.id,
            purpose: purpose
        )
    }

    private func ask(_ operation: String, _ asker: Asker, _ body: [UInt8]) async -> Asked {
        let request = OutboundRequest(
            url: HTTPURL.join(baseURL, "/\(operation)"),
            headers: [
                ("Content-Type", Ticketing.contentType), ("SOAPAction", "\"\""),
                ("X-Request-ID", asker.requestID.rawValue), ("X-Conversation-ID", asker.conversation.rawValue),
            ],
            body: body
        )
        let result = await call.send(request)
        let copy = LoggedMessage.outbound(
            request,
            answer: result,
            from: "gateway",
            to: "supplier",
            contract: "ticketing",
            operation: operation,
            at: exchange.time.now()
        )
        return Asked(result: result, copy: copy)
    }

    private struct Asked {
        let result: Result<OutboundResponse, OutboundFailure>
        let copy: LoggedMessage
    }

    /// Judges an answer, and logs it with the verdict.
    private func read<Value>(
        _ asked: Asked,
        _ body: (OutboundResponse) throws(AppointmentAnswerFault) -> Value
    ) async throws -> Value {
        let judged = judge(asked.result, body)
        if case .failure(let why) = judged {
            try await exchange.logUnanswered(asked.copy, why)
        } else {
            try await exchange.log(asked.copy)
        }
        return try judged.get()
    }

    private func judge<Value>(
        _ result: Result<OutboundResponse, OutboundFailure>,
        _ body: (OutboundResponse) throws(AppointmentAnswerFault) -> Value
    ) -> Result<Value, Unanswered> {
        switch result {
        case .failure(let failure) where failure.kind == .timeout: return .failure(.timedOut)
        case .failure(let failure): return .failure(.failed(reason: failure.text))
        case .success(let response):
            do {
                return .success(try body(response))
            } catch {
                switch error {
                case .refused(let reasons): return .failure(.refused(reasons: reasons))
                case .failed(let reason), .turnedAway(let reason): return .failure(.failed(reason: reason))
                }
            }
        }
    }
}
