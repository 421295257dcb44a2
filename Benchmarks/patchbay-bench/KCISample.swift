import Adapters
import Domain
import Engine
import Foundation
import Storage

/// Everything that one KCI has written, read back: the raw store writes the same under other numbers, in two commits as
/// the product does. Its order is new there, where the product changes one that it has.
struct KCISample: Sendable {
    let order: ServiceOrder
    let parcel: OutboxRow
    let message: LoggedMessage

    static func taken(_ accept: AcceptSample) async throws -> KCISample {
        try await KCIBench(updates: KCIBench.tenants).run(accept) { store in
            try await store.read { transaction in
                guard let message = try transaction.messages(after: 0, limit: 1).first, let entity = message.entity,
                    let order = try transaction.find(ID<ServiceOrder>(entity.number)),
                    let parcel = try transaction.parcels(of: entity, limit: 1).first
                else { throw LoadGenerator.Failure(text: "the sample update left no rows") }
                return KCISample(order: order, parcel: parcel, message: message)
            }
        }
    }

    /// What the update commits, and in a second commit what its acknowledgement does.
    func write(_ number: Int64, to store: any Store) async throws {
        let ref = EntityRef(kind: .serviceOrder, number: number)
        let conversation = ConversationID("bench-\(number)")
        let row = try await store.write { transaction -> OutboxRow? in
            try transaction.save(try renumbered(number, conversation))
            try transaction.journal(
                JournalEntry(
                    at: message.at,
                    entity: ref,
                    cause: "UPDATE",
                    by: "supplier/DUMMY_SUPPLIER",
                    before: order.stateName,
                    after: order.stateName,
                    conversation: conversation
                )
            )
            var content = parcel.content
            content.root = ref
            content.entity = ref
            content.messageID = MessageID(OrderSample.requestID(Int(number)))
            content.conversation = conversation
            return try transaction.enqueue(content, lease: "raw")
        }
        guard let row else { throw LoadGenerator.Failure(text: "a lane was not idle") }
        try await store.write { transaction in
            let attempt = Attempt(started: message.at, milliseconds: 1, status: 200, outcome: "delivered")
            let end = Conclusion.delivered(attempt: attempt)
            _ = try transaction.conclude(row, lease: "raw", with: end, at: message.at, onward: .lane)
            var message = message
            message.entity = ref
            message.conversation = conversation.rawValue
            message.requestID = row.content.messageID.rawValue
            message.messageID = row.content.messageID.rawValue
            try transaction.log(message)
        }
    }

    private func renumbered(_ number: Int64, _ conversation: ConversationID) throws -> ServiceOrder {
        var (copy, _) = try ServiceOrder.place(
            ID(number),
            order.request,
            visit: nil,
            for: order.tenant,
            in: conversation,
            at: order.created
        )
        for input in KCIBench.story(of: number, at: order.created) { _ = try copy.hear(input, at: order.created) }
        return copy
    }
}
