import Adapters
import Domain
import Engine
import Foundation
import Formats
import Storage

/// Durable fault reports over mutual TLS: the listener, the Ticketing API, the exchange and the store as the program
/// assembles them, and nothing that delivers or fires timers.
struct SoapAcceptBench {
    func run(clients: Int, seconds: Double) async throws -> Figures {
        try await serving { port, identity, _ in
            let load = TLSLoadGenerator(port: port, clients: clients, identity: identity) {
                FaultSample.request($0, port: port)
            }
            return try await load.run(for: .seconds(seconds))
        }
    }

    /// A house on a new database, for as long as `body` runs.
    func serving<Value: Sendable>(
        _ body: @Sendable @escaping (_ port: Int, _ identity: TLSFiles, _ store: any Store) async throws -> Value
    ) async throws -> Value {
        try await MutualTLSHouse.serving(spell: Self.speller) { access in
            .buyer(
                id: FaultSample.buyer,
                terms: BuyerTerms(access: access, buyerIdentifiers: [BuyerIdentifier(FaultSample.buyerIdentifier)])
            )
        } routes: { house, listener in
            Ticketing(
                exchange: house.exchange,
                book: AppointmentBook(town: .samples),
                pace: .timetable,
                schemas: try TicketingSchemas(),
                files: try FileShelf(at: house.files),
                publicURL: "https://localhost",
                logger: house.logger
            ).add(to: listener.router)
        } _: { house, port in
            try await body(port, house.identity, house.store)
        }
    }

    static let speller: Speller = { message, recipient, sender, context in
        guard case .faultNotification(let notification) = message, let ticket = sender as? FaultReport else {
            return .json([])
        }
        return NotifyFaultReportUpdate.spelling(of: notification, about: ticket, to: nil, context)
    }
}

/// Everything that one report over mutual TLS has written, read back: the raw store writes the same under other numbers.
struct ReportSample: Sendable {
    let ticket: FaultReport
    let message: LoggedMessage

    static func taken() async throws -> ReportSample {
        try await SoapAcceptBench().serving { port, identity, store in
            let load = TLSLoadGenerator(port: port, clients: 1, identity: identity) {
                FaultSample.request($0, port: port)
            }
            _ = try await load.run(for: .zero)
            return try await store.read { transaction in
                guard let message = try transaction.messages(after: 0, limit: 1).first, let entity = message.entity,
                    let ticket = try transaction.find(ID<FaultReport>(entity.number))
                else { throw LoadGenerator.Failure(text: "the sample report left no rows") }
                return ReportSample(ticket: ticket, message: message)
            }
        }
    }

    func write(_ number: Int64, in transaction: any Transaction) throws {
        let id = OrderSample.requestID(Int(number))
        let now = ticket.created
        let key = IdempotencyKey(
            scope: "buyer/\(FaultSample.buyer) ticketing",
            key: "\(FaultSample.buyerIdentifier)/\(id)",
            bodyHash: String(repeating: "a", count: 64)
        )
        guard try transaction.answer(to: key, at: now) == nil else { return }
        let claim = FaultSample.claim(number, at: now)
        let (ticket, effects) = try FaultReport.add(
            ID(number),
            claim: claim,
            visit: nil,
            prior: nil,
            isServiceKnown: true,
            pace: .timetable,
            at: now
        )
        try transaction.save(ticket)
        try transaction.journal(
            JournalEntry(
                at: now,
                entity: ticket.ref,
                cause: "addFaultReport",
                by: "buyer/\(FaultSample.buyer)",
                before: nil,
                after: ticket.stateName,
                conversation: claim.conversation
            )
        )
        for case .arm(let timer, let due) in effects { try transaction.arm(timer, at: due) }
        var message = message
        message.entity = ticket.ref
        message.conversation = claim.conversation.rawValue
        message.messageID = id
        try transaction.log(message)
        let answer = StoredAnswer(
            status: 201,
            contentType: "text/xml; charset=utf-8",
            body: message.responseBody,
            bodyHash: key.bodyHash
        )
        try transaction.remember(answer, for: key, until: now + .seconds(7 * 24 * 60 * 60))
    }
}
