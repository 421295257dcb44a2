import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// What the journeys share: one conversation, whose messages are shown as they come.
struct Journey {
    let world: DemoWorld
    let timeline: Timeline
    let conversation = "demo-" + IDSource.system.messageID(at: TimeSource.real.now()).rawValue
    private var seen: Int64 = 0

    init(world: DemoWorld, timeline: Timeline) {
        self.world = world
        self.timeline = timeline
    }

    /// Starts at what is logged now: earlier messages are other journeys'.
    mutating func begin() async throws {
        while true {
            let answer = try await world.control(.get, "/messages?after=\(seen)")
            guard let next = answer.root["next"]?.integer, next > seen else { return }
            seen = next
        }
    }

    /// Shows what has been exchanged in this conversation since the last look.
    mutating func show() async throws {
        while true {
            let answer = try await world.control(.get, "/messages?after=\(seen)")
            for message in answer.root["messages"]?.elements.map({ $0 }) ?? []
            where message["conversation"]?.string == conversation {
                timeline.message(message)
            }
            guard let next = answer.root["next"]?.integer, next > seen else { return }
            seen = next
        }
    }

    /// Turns the clock step by step, showing what happens, until `isDone`; gives up after `steps`.
    mutating func advance(by step: String, atMost steps: Int, until isDone: () async throws -> Bool) async throws {
        for _ in 0..<steps {
            try await world.settle()
            try await show()
            if try await isDone() { return }
            try await world.advance(step)
        }
        try await show()
        guard try await isDone() else { throw DemoFailure("Nothing more happened after \(steps) steps of \(step).") }
    }

    /// The first slot that a supplier offers, and books it.
    func book(
        purpose: AppointmentPurpose,
        address: String,
        supplier: String,
        product: String,
        service: String? = nil
    ) async throws -> (id: Int64, start: String) {
        var query = "supplier=\(supplier)&address=\(PercentText.encode(address))"
        query += "&serviceSpecification=" + PercentText.encode(#"{"id":"\#(product)"}"#)
        query += "&appointmentPurpose=\(purpose.rawValue)"
        if let service {
            query +=
                "&serviceCharacteristics="
                + PercentText.encode(#"[{"name":"SERVICE_ID","value":"\#(service)"}]"#)
        }
        let offered = try await world.tenant(.get, "/available-appointments?\(query)", conversation: conversation)
        guard let slot = offered.root["timeslots"]?.elements.first(where: { _ in true }),
            let start = slot["timeslotStartDateTime"]?.string, let end = slot["timeslotEndDateTime"]?.string
        else { throw DemoFailure("The supplier offers no slot.") }
        let body = JSONWriter.bytes { json in
            json.object { json in
                json.field("supplier", supplier)
                json.raw("address", Array(address.utf8))
                json.object("serviceSpecification") { $0.field("id", product) }
                json.array("serviceCharacteristics") { _ in }
                json.field("serviceId", service)
                json.field("purpose", purpose.rawValue)
                json.object("timeslot") { json in
                    json.field("timeslotStartDateTime", start)
                    json.field("timeslotEndDateTime", end)
                }
            }
        }
        let booked = try await world.tenant(.post, "/appointments", conversation: conversation, body: body)
        guard let id = booked.root["id"]?.integer else { throw DemoFailure("The booking has no id.") }
        return (id, start)
    }
}
