import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// Journey B: a test that says RED, a repair visit, an outage; a resolution that the tenant accepts.
struct FaultJourney {
    private let world: DemoWorld
    private let timeline: Timeline

    init(world: DemoWorld, timeline: Timeline) {
        self.world = world
        self.timeline = timeline
    }

    func walk() async throws {
        var fault = try await ReportedFault.report(world: world, timeline: timeline)

        timeline.step("The tenant accepts the resolution.")
        let resolution = fault.resolution
        _ = try await world.tenant(
            .patch,
            "/service-problem-resolutions/\(resolution)",
            conversation: fault.journey.conversation,
            body: Array(#"{"status":"ACCEPTED","tenantNotes":"The line works again."}"#.utf8)
        )
        let last = try await fault.status(after: "PT5M", atMost: 10, in: ["COMPLETED"])
        guard last == "COMPLETED" else { throw DemoFailure("Problem \(fault.id) ended as \(last), not COMPLETED.") }
        timeline.success("Problem \(fault.id) is COMPLETED: accepted by the tenant.")
    }
}

/// Journey B without an answer: 48 hours of silence close the fault (T-016).
struct UnansweredFaultJourney {
    private let world: DemoWorld
    private let timeline: Timeline

    init(world: DemoWorld, timeline: Timeline) {
        self.world = world
        self.timeline = timeline
    }

    func walk() async throws {
        guard world.isVirtual else {
            return timeline.step(
                "Skipped: 48 hours take 48 hours on a real clock. Start the sandbox with --clock virtual."
            )
        }
        var fault = try await ReportedFault.report(world: world, timeline: timeline)

        timeline.step("Nobody answers. 47 hours on, the fault is still resolved, not closed.")
        try await world.advance("PT47H")
        let before = try await fault.status(after: "PT0S", atMost: 0, in: ["RESOLVED"])
        guard before == "RESOLVED" else {
            throw DemoFailure("Problem \(fault.id) is \(before) after 47 h, not RESOLVED.")
        }

        timeline.step("One hour more.")
        try await world.advance("PT1H")
        let last = try await fault.status(after: "PT1M", atMost: 5, in: ["COMPLETED"])
        guard last == "COMPLETED" else {
            throw DemoFailure("Problem \(fault.id) is \(last) after 48 h, not COMPLETED.")
        }
        timeline.success("Problem \(fault.id) is COMPLETED: closed by 48 hours of silence, and the tenant was told.")
    }
}

/// A fault that was tested, booked, reported and resolved, and waits for the tenant's word.
struct ReportedFault {
    let id: Int64
    let resolution: Int64
    var journey: Journey

    static func report(world: DemoWorld, timeline: Timeline) async throws -> ReportedFault {
        var journey = Journey(world: world, timeline: timeline)
        try await journey.begin()
        let conversation = journey.conversation
        let supplier = world.sample("supplier")?.string ?? ""
        let product = world.sample("product")?.string ?? ""
        let offset = Int64(IDSource.system.bits() % 90_000)
        let service =
            "\(world.sample("services", "prefix")?.string ?? "S")"
            + "\((world.sample("services", "first")?.integer ?? 0) + offset)"
        let uprn = (world.sample("services", "addressFirst")?.integer ?? 0) + offset
        let address = #"{"id":"\#(uprn)","type":"UPRN"}"#

        let now = try await world.control(.get, "/clock").root["now"]?.string ?? ""
        let lastWorked = Timestamp.parse(now).map { Timestamp.format($0 + .seconds(-3_600)) } ?? now

        timeline.step("Test line \(service).")
        let tested = try await world.tenant(
            .post,
            "/service-tests",
            conversation: conversation,
            body: test(service: service, supplier: supplier, product: product, lastWorked: lastWorked)
        )
        guard let test = tested.root["id"]?.integer else { throw DemoFailure("The test has no id.") }
        var outcome = ""
        try await journey.advance(by: "PT1M", atMost: 20) {
            let look = try await world.tenant(.get, "/service-tests/\(test)", conversation: conversation + "-look")
            outcome = look.root["result"]?["outcome"]?.string ?? ""
            return !outcome.isEmpty
        }
        guard outcome == "RED" else { throw DemoFailure("The test said \(outcome), not RED.") }

        timeline.step("RED. Book a repair visit and report an outage.")
        let visit = try await journey.book(
            purpose: .repair,
            address: address,
            supplier: supplier,
            product: product,
            service: service
        )
        let raised = try await world.tenant(
            .post,
            "/service-problems",
            conversation: conversation,
            body: problem(
                service: service,
                supplier: supplier,
                product: product,
                test: test,
                visit: visit.id,
                lastWorked: lastWorked
            )
        )
        guard let id = raised.root["id"]?.integer else { throw DemoFailure("The problem has no id.") }

        timeline.step("Turn the clock until the operator calls it resolved.")
        var resolution: Int64?
        var last = ""
        try await journey.advance(by: "PT1H", atMost: 24 * 14) {
            let look = try await world.tenant(.get, "/service-problems/\(id)", conversation: conversation + "-look")
            last = look.root["status"]?.string ?? ""
            resolution = look.root["resolution"]?["id"]?.integer
            return ["RESOLVED", "REJECTED", "CANCELLED", "FAILED_TO_SEND", "COMPLETED"].contains(last)
        }
        guard last == "RESOLVED", let resolution else {
            throw DemoFailure("Problem \(id) is \(last), not RESOLVED with a resolution.")
        }
        return ReportedFault(id: id, resolution: resolution, journey: journey)
    }

    /// The problem's status once it is among `wanted`, or after as many steps.
    mutating func status(after step: String, atMost steps: Int, in wanted: [String]) async throws -> String {
        let world = journey.world
        let path = "/service-problems/\(id)"
        let look = journey.conversation + "-look"
        var last = ""
        for attempt in 0...steps {
            if attempt > 0 { try await world.advance(step) }
            try await world.settle()
            try await journey.show()
            last = try await world.tenant(.get, path, conversation: look).root["status"]?.string ?? ""
            if wanted.contains(last) { break }
        }
        return last
    }

    private static func test(service: String, supplier: String, product: String, lastWorked: String) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("serviceId", service)
                json.field("problemType", "OUTAGE")
                json.object("serviceSpecification") { $0.field("id", product) }
                json.field("supplier", supplier)
                json.array("characteristics") { $0.hasWorked(until: lastWorked) }
            }
        }
    }

    static func problem(
        service: String,
        supplier: String,
        product: String,
        test: Int64?,
        visit: Int64,
        lastWorked: String
    ) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("problemType", "OUTAGE")
                json.field("problemText", "No light on the ONT since this morning")
                json.field("serviceId", service)
                json.object("serviceSpecification") { $0.field("id", product) }
                json.field("supplier", supplier)
                json.field("serviceTestId", test)
                json.array("characteristics") { $0.hasWorked(until: lastWorked) }
                json.object("primaryContact") { json in
                    json.field("name", "Robin Sample")
                    json.field("phoneNumber", "01632 960123")
                }
                json.field("appointmentReservationId", visit)
            }
        }
    }
}

extension JSONWriter {
    /// What G-111 asks of a service that worked before.
    fileprivate mutating func hasWorked(until time: String) {
        characteristic("SERVICE_HAS_WORKED", "true")
        characteristic("SERVICE_LAST_WORKED", time)
    }

    private mutating func characteristic(_ name: String, _ value: String) {
        object { json in
            json.field("name", name)
            json.field("value", value)
        }
    }
}
