import Domain
import Engine
import FoundationEssentials
import Storage

/// What a message to the scripted supplier says: only what the script needs, so that nothing of a subscriber's is in it.
enum DummySpelling {
    /// What an amendment or a cancellation is.
    struct Change: Codable { let request: ScriptedOrder.Request }
    struct Test: Codable { let script: TestScript }
    struct Quoted: Codable { let items: [Int] }
    struct Slot: Codable {
        let until: Date
        let slot: TimeSlot
    }

    static func spell(_ message: Message, _ sender: any Aggregate, isBrisk: Bool) throws -> Spelling? {
        switch (message, sender) {
        case (.orderPlaced, let order as ServiceOrder), (.ethernetOrderPlaced, let order as ServiceOrder):
            try json(OrderScriptCue(order, isBrisk: isBrisk))
        case (.amendmentRequested, let request as ChangeRequest),
            (.cancellationRequested, let request as ChangeRequest):
            try json(Change(request: ScriptedOrder.Request(request.content)))
        case (.testRequested, let test as ServiceTest): try json(Test(script: TestScript(test.request)))
        case (.quoteRequested(let supplier), let quote as Quote):
            try json(Quoted(items: quote.items(of: supplier).map(\.number)))
        case (.appointmentRequested, let reservation as Reservation):
            try json(Slot(until: reservation.created + DummyDesk.heldFor, slot: reservation.request.slot))
        case (.reservationReleased, _ as Reservation): Spelling(contentType: "", body: [])
        case _: nil
        }
    }

    static func read<Value: Decodable>(_ parcel: Parcel) throws -> Value {
        try StoredJSON.decode(from: parcel.body, name: "the message \(parcel.messageID)")
    }

    private static func json(_ value: some Encodable) throws -> Spelling { .json(try StoredJSON.encode(value)) }
}

extension ScriptedOrder.Request {
    fileprivate init(_ content: ChangeRequest.Content) {
        switch content {
        case .amendment(_, let visit): self = visit == nil ? .amendment : .reappointment
        case .cancellation: self = .cancellation
        }
    }
}
