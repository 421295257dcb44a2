import Formats
import Foundation
import HTTPTypes

/// Whole order journeys over real sockets: each asks for a visit, books it and orders; then the clock is turned and
/// every order is carried through supplier, installer and back until the tenant has read COMPLETED.
struct JourneyBench {
    struct Walk {
        let journeys: Int
        let completed: Int
        let messages: Int
        /// Seconds.
        let placing: Double
        let carrying: Double

        var perSecond: Double { Double(completed) / (placing + carrying) }
        var messagesPerSecond: Double { Double(messages) / (placing + carrying) }
    }

    let program: String

    func run(_ journeys: Int, clients: Int) async throws -> Walk {
        let sandbox = SandboxProcess(program: program)
        defer { sandbox.remove() }
        _ = try await sandbox.start()
        guard let world = sandbox.world else { throw SandboxProcess.Failure(text: "there is no world") }
        let start = ContinuousClock.now
        let orders = try await Self.place(journeys, clients: clients, in: world)
        let placed = ContinuousClock.now
        // A day at a time, until the last order is done.
        var open = orders
        for _ in 0..<400 {
            while let order = open.last, try await Self.status(of: order, in: world) == "COMPLETED" {
                open.removeLast()
            }
            guard !open.isEmpty else { break }
            _ = try await world.control(.post, "/clock", body: #"{"advance":"PT24H"}"#)
        }
        let done = ContinuousClock.now
        var completed = 0
        for order in orders where try await Self.status(of: order, in: world) == "COMPLETED" { completed += 1 }
        let messages = try await Self.messages(in: world) - completed
        await sandbox.kill()
        return Walk(
            journeys: journeys,
            completed: completed,
            messages: messages,
            placing: (placed - start).inSeconds,
            carrying: (done - placed).inSeconds
        )
    }

    private static func place(_ journeys: Int, clients: Int, in world: SandboxClient) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var orders: [Int64] = []
                    for number in stride(from: client, to: journeys, by: clients) {
                        orders.append(try await order(number, in: world))
                    }
                    return orders
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
    }

    private static func order(_ number: Int, in world: SandboxClient) async throws -> Int64 {
        let conversation = "bench-\(number)"
        let address = #"{"id":"\#(10_090_000_001 + number)","type":"UPRN"}"#
        let product = #"{"id":"ftthl2r"}"#
        var query = "/available-appointments?supplier=DUMMY_SUPPLIER&appointmentPurpose=PROVIDE"
        query += "&address=\(escaped(address))&serviceSpecification=\(escaped(product))"
        let offered = try await world.tenant(.get, query, conversation: conversation)
        // A busy day: half of the visits are in the morning, half in the afternoon. Spread over weeks, few would be under
        // way at once, and the measure would be how long one message takes.
        let slots = offered.root["timeslots"]?.elements.prefix(2).map { $0 } ?? []
        guard !slots.isEmpty, let start = slots[number % slots.count]["timeslotStartDateTime"]?.string,
            let end = slots[number % slots.count]["timeslotEndDateTime"]?.string
        else { throw SandboxProcess.Failure(text: "no slot is offered") }
        let booking = """
            {"supplier":"DUMMY_SUPPLIER","address":\(address),"serviceSpecification":\(product),\
            "serviceCharacteristics":[],"purpose":"PROVIDE",\
            "timeslot":{"timeslotStartDateTime":"\(start)","timeslotEndDateTime":"\(end)"}}
            """
        let booked = try await world.tenant(
            .post,
            "/appointments",
            conversation: conversation,
            body: Array(booking.utf8)
        )
        let placed = try await world.tenant(
            .post,
            "/service-orders",
            conversation: conversation,
            body: OrderSample.body(number, reservation: booked.root["id"]?.integer)
        )
        return placed.root["id"]?.integer ?? 0
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func status(of order: Int64, in world: SandboxClient) async throws -> String? {
        try await world.tenant(.get, "/service-orders/\(order)", conversation: "look").root["status"]?.string
    }

    /// Every message that anybody received or sent, as the log has them.
    private static func messages(in world: SandboxClient) async throws -> Int {
        var count = 0
        var after: Int64 = 0
        while true {
            let page = try await world.control(.get, "/messages?after=\(after)").root
            guard let next = page["next"]?.integer, next > after else { return count }
            count += page["messages"]?.elements.map { $0 }.count ?? 0
            after = next
        }
    }
}
