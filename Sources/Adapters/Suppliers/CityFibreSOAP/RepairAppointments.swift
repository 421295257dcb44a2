import Domain
import Engine
import FoundationEssentials
import Formats

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
        let answer = try await ask("queryAppointmentAvailability", question.asker, body)
        return try read { () throws(AppointmentAnswerFault) in try QueryVisits.slots(in: answer) }
    }

    package func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        let body = try Self.spell(question, in: exchange.directory, at: exchange.time.now())
        let answer = try await ask("reserveAppointment", question.asker, body)
        return try read { () throws(AppointmentAnswerFault) in try ReserveVisit.reserved(in: answer) }
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

    private func ask(_ operation: String, _ asker: Asker, _ body: [UInt8]) async throws -> [UInt8] {
        let request = OutboundRequest(
            url: HTTPURL.join(baseURL, "/\(operation)"),
            headers: [
                ("Content-Type", Ticketing.contentType), ("SOAPAction", "\"\""),
                ("X-Request-ID", asker.requestID.rawValue), ("X-Conversation-ID", asker.conversation.rawValue),
            ],
            body: body
        )
        let result = await call.send(request)
        try await exchange.log(
            .outbound(
                request,
                answer: result,
                from: "gateway",
                to: "supplier",
                contract: "ticketing",
                operation: operation,
                at: exchange.time.now()
            )
        )
        switch result {
        case .failure(let failure) where failure.kind == .timeout: throw Unanswered.timedOut
        case .failure(let failure): throw Unanswered.failed(reason: failure.text)
        case .success(let response):
            guard (200..<300).contains(response.status) || response.status == 400 || response.status == 403 else {
                throw Unanswered.failed(reason: "status \(response.status)")
            }
            return response.body
        }
    }

    private func read<Value>(_ body: () throws(AppointmentAnswerFault) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            switch error {
            case .refused(let reasons): throw Unanswered.refused(reasons: reasons)
            case .unreadable(let reason): throw Unanswered.failed(reason: reason)
            }
        }
    }
}
