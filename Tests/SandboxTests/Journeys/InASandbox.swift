import Domain
import Formats
import Testing

@testable import patchbay

/// One sandbox for a whole suite: a process of its own, started before the first test and killed after the last.
struct InASandbox: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let process = try SandboxProcess()
        defer { process.remove() }
        let world = try await process.start()
        let life = try SandboxLife(world: world, directory: process.directory)
        try await SandboxLife.$shared.withValue(life) { try await function() }
        await world.close()
    }
}

extension Trait where Self == InASandbox {
    static var inASandbox: Self { InASandbox() }
}

/// The sandbox that a suite's tests share. They run one by one, each with entities of its own.
struct SandboxLife: Sendable {
    @TaskLocal static var shared: SandboxLife?

    let world: DemoWorld
    let directory: String
    let stranger: Stranger

    init(world: DemoWorld, directory: String) throws {
        self.world = world
        self.directory = directory
        stranger = try Stranger(readingFrom: directory)
    }

    static func current() throws -> SandboxLife { try #require(shared) }

    /// Books the first visit for an address and orders it; the order's number.
    func order(at uprn: Int64) async throws -> Int64 {
        let address = #"{"id":"\#(uprn)","type":"UPRN"}"#
        let visit = try await book(at: uprn)
        let placed = try await stranger.tenant(.post, "/service-orders", Self.orderBody(address, visit))
        return try #require(placed.json["id"]?.integer, "\(placed.text)")
    }

    func book(at uprn: Int64) async throws -> Int64 {
        try await Journey(world: world, timeline: Timeline(isSilent: true)).book(
            purpose: .provide,
            address: #"{"id":"\#(uprn)","type":"UPRN"}"#,
            supplier: "DUMMY_SUPPLIER",
            product: "ftthl2r"
        ).id
    }

    static func orderBody(_ address: String, _ visit: Int64) -> String {
        let body = OrderJourney.order(supplier: "DUMMY_SUPPLIER", product: "ftthl2r", address: address, visit: visit)
        return String(decoding: body, as: UTF8.self)
    }

    func status(_ path: String) async throws -> String {
        try await stranger.tenant(.get, path).json["status"]?.string ?? ""
    }

    /// What a counterpart was sent, oldest first, of which `isMine`.
    func inbox(_ party: String, where isMine: (Letter) -> Bool = { _ in true }) async throws -> [Letter] {
        var after: Int64 = 0
        var all: [Letter] = []
        while true {
            let page = try await stranger.control(.get, "/inbox?party=\(party)&after=\(after)").json
            all += (page["messages"]?.elements.map(Letter.init) ?? []).filter(isMine)
            let next = page["next"]?.integer ?? after
            if next == after { return all }
            after = next
        }
    }

    /// The updates on one entity, repeats left out.
    func updates(on id: Int64, of type: String) async throws -> [Letter] {
        var seen: Set<String> = []
        return try await inbox("tenant") { letter in
            letter.json["entity"]?["id"]?.integer == id && letter.json["entityType"]?.string == type
                && seen.insert(letter.json["id"]?.string ?? "").inserted
        }
    }

    /// The reference of the job that the installer was sent last.
    func lastJob() async throws -> String {
        let jobs = try await inbox("installer") { $0.json["method"]?.string == "createJob" }
        return try #require(jobs.last?.json["ref"]?.string)
    }
}

/// An entry of an inbox.
struct Letter {
    let at: String
    let path: String
    let body: String
    let json: JSONValue
    let problems: [String]

    init(_ entry: JSONValue) {
        at = entry["at"]?.string ?? ""
        path = entry["path"]?.string ?? ""
        body = entry["body"]?.string ?? ""
        problems = entry["verdict"]?["problems"]?.elements.compactMap(\.string) ?? []
        json = (try? JSONDocument(parsing: Array(body.utf8)).root) ?? entry
    }

    /// What an update says: the type of its information or action.
    var says: String { json["information"]?["type"]?.string ?? json["action"]?["type"]?.string ?? "ERROR" }
}
