import Adapters
import Engine
import Formats
import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing

@testable import patchbay

extension JourneyTests {
    /// The controls, by which a stranger's program plays the people (architecture §8).
    @Suite struct ControlTests {
        @Test func `a manual installer does nothing until it is told what, step by step`() async throws {
            let life = try SandboxLife.current()
            try await life.behave(#"{"installer":"manual"}"#)
            let id = try await life.order(at: 10_090_000_201)
            try await life.world.advance("PT4H")
            let job = try await life.lastJob()
            let said = try await life.messages { message in
                message["entity"]?.string?.hasSuffix("/\(job.drop { !$0.isNumber })") == true
                    && message["from"]?.string == "partner/PARTNER1"
            }
            let before = try await life.status("/service-orders/\(id)")

            var answers: [UInt] = []
            for event in ["accept", "assign", "en-route", "on-site", "scan"] {
                answers.append(try await life.stranger.control(.post, "/jobs/\(job)/\(event)").status)
            }
            try await life.world.advance("PT30M")
            let done = try await life.stranger.control(.post, "/jobs/\(job)/close", #"{"closureCode":"SP"}"#)
            try await life.world.settle()

            try await life.behave(#"{"installer":"automatic"}"#)
            #expect(said.isEmpty)
            #expect(before != "COMPLETED")
            #expect(answers == [200, 200, 200, 200, 200])
            #expect(done.status == 200, "\(done.text)")
            #expect(try await life.status("/service-orders/\(id)") == "COMPLETED")
        }

        @Test func `what the job's state does not allow is 409, with the operator's reason`() async throws {
            let life = try SandboxLife.current()
            try await life.behave(#"{"installer":"manual"}"#)
            _ = try await life.order(at: 10_090_000_202)
            try await life.world.advance("PT5M")
            let job = try await life.lastJob()

            let early = try await life.stranger.control(.post, "/jobs/\(job)/close", #"{"closureCode":"SP"}"#)
            let absent = try await life.stranger.control(.post, "/jobs/NOJOB/accept")
            let unknown = try await life.stranger.control(.post, "/jobs/\(job)/dance")

            try await life.behave(#"{"installer":"automatic"}"#)
            #expect(early.status == 409)
            #expect(early.text.contains("-32002"), "\(early.text)")
            #expect(absent.status == 404)
            #expect(unknown.status == 400)
        }

        @Test func `a manual desk works a ticket when it is told to, and a stand-alone buyer hears of it`() async throws
        {
            let life = try SandboxLife.current()
            try await life.behave(#"{"networkDesk":"manual"}"#)
            let added = try await life.stranger.secure("ticketing", "/addFaultReport", TicketSample.add("DESK-1"))
            try await life.world.advance("PT8H")
            let ticket = try #require(try await life.notifications("DESK-1").first?.ticket)

            let early = try await life.stranger.control(.post, "/fault-reports/\(ticket)/resolve")
            var answers: [UInt] = []
            for event in ["triage", "start", "resolve"] {
                answers.append(try await life.stranger.control(.post, "/fault-reports/\(ticket)/\(event)").status)
            }
            try await life.world.settle()

            try await life.behave(#"{"networkDesk":"automatic"}"#)
            #expect(added.status == 201, "\(added.text)")
            #expect(early.status == 409, "\(early.text)")
            #expect(answers == [200, 200, 200])
            let told = try await life.notifications("DESK-1").map(\.status)
            #expect(told == ["accepted", "open", "in-progress", "resolved"])
        }

        @Test func `updates go to a receiver of one's own, until null brings them back`() async throws {
            let life = try SandboxLife.current()
            let heard = try await Receiver.listen { url, receiver in
                _ = try await life.stranger.control(.put, "/endpoints", #"{"tenantUpdates":"\#(url)"}"#)
                let id = try await life.order(at: 10_090_000_203)
                try await life.world.settle()
                _ = try await life.stranger.control(.put, "/endpoints", #"{"tenantUpdates":null}"#)
                #expect(try await life.updates(on: id, of: "PROVIDE_ORDER").isEmpty)
                try await life.world.advance("P14D")
                #expect(try await life.updates(on: id, of: "PROVIDE_ORDER").last?.says == "COMPLETED")
                return receiver.paths
            }

            #expect(heard.count >= 2)
            #expect(heard.allSatisfy { $0 == "/my/kcis" })
        }

        @Test func `an unknown scenario is told which there are`() async throws {
            let life = try SandboxLife.current()

            let answer = try await life.stranger.control(.put, "/behaviour", #"{"scenario":"sunny"}"#)

            #expect(answer.status == 400)
            for name in ["happy", "declined", "no-access", "no-fault-found", "never-answered"] {
                #expect(answer.text.contains(name), "\(answer.text)")
            }
        }

        @Test func `settling says whether it is, and the clock where it stands`() async throws {
            let life = try SandboxLife.current()
            try await life.world.settle()

            let settled = try await life.stranger.control(.post, "/settle", #"{"timeout":"PT10S"}"#).json
            let clock = try await life.stranger.control(.get, "/clock").json
            let turned = try await life.stranger.control(.post, "/clock", #"{"advance":"PT1M"}"#).json
            let wrong = try await life.stranger.control(.post, "/clock", #"{"advance":"a while"}"#)

            #expect(settled["settled"]?.bool == true)
            #expect(settled["waitingFor"]?.kind == .array)
            #expect(clock["mode"]?.string == "virtual")
            let before = try #require(Timestamp.parse(clock["now"]?.string ?? ""))
            let after = try #require(Timestamp.parse(turned["now"]?.string ?? ""))
            #expect(after.timeIntervalSince(before) == 60)
            #expect(wrong.status == 400)
        }

        @Test func `without the control token nothing is turned`() async throws {
            let life = try SandboxLife.current()
            let url = life.stranger.text("control", "baseURL") + "/clock"

            let answer = try await life.stranger.open(.get, url)

            #expect(answer.status == 401)
        }

        @Test func `a reset forgets what happened, and keeps who is who`() async throws {
            let life = try SandboxLife.current()
            let id = try await life.order(at: 10_090_000_204)
            try await life.world.settle()

            let reset = try await life.stranger.control(.post, "/reset")

            #expect(reset.status == 200)
            #expect(try await life.messages().isEmpty)
            #expect(try await life.stranger.tenant(.get, "/service-orders/\(id)").status == 404)
            #expect(try await life.inbox("tenant").isEmpty)
            #expect(try await life.inbox("installer").isEmpty)
            let again = try await life.order(at: 10_090_000_204)
            try await life.world.advance("P14D")
            #expect(try await life.status("/service-orders/\(again)") == "COMPLETED")
        }

        @Test func `sandbox.json tells a program all that it needs`() throws {
            let file = try SandboxLife.current().stranger.file.root
            let client = ["baseURL", "tokenURL", "clientId", "clientSecret"]
            let keys = [
                "tenant": client + ["id"], "secondTenant": client + ["id"], "supplier": client, "wholesale": client,
                "operator": client, "ticketing": ["baseURL", "buyerIdentifier", "ca", "certificate", "key"],
                "rivalTicketing": ["baseURL", "buyerIdentifier", "ca", "certificate", "key"],
                "installer": ["baseURL", "ca", "certificate", "key"], "control": ["baseURL", "token"],
                "console": ["url", "user", "password"], "samples": ["supplier", "product"],
            ]

            #expect(file["ready"]?.bool == true)
            #expect((file["pid"]?.integer ?? 0) > 1)
            for (section, names) in keys {
                for name in names { #expect(file[section]?[name]?.string?.isEmpty == false, "\(section).\(name)") }
            }
            for (group, names) in [
                "addresses": ["first", "count"], "services": ["first", "count", "addressFirst"],
            ] {
                for name in names { #expect((file["samples"]?[group]?[name]?.integer ?? 0) > 0, "\(group).\(name)") }
            }
            #expect(file["samples"]?["addresses"]?["type"]?.string == "UPRN")
            #expect(file["samples"]?["services"]?["prefix"]?.string == "S")
        }

        @Test func `a sandbox whose ports are taken says which, and what to do`() async throws {
            let life = try SandboxLife.current()
            let port = try #require(URL(string: life.stranger.text("tenant", "baseURL"))?.port)
            let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
            defer { try? FileManager.default.removeItem(atPath: directory) }

            let run = try ProgramRun(["sandbox", "--data", directory, "--ports", "\(port)", "--quiet"])

            #expect(run.code == 1)
            #expect(run.complained.contains("port \(port) or \(port + 1)") && run.complained.contains("--ports"))
        }

        @Test func `a second sandbox on the same directory is refused, and the first goes on`() async throws {
            let life = try SandboxLife.current()

            let second = try await SandboxProcess.second(on: life.directory)

            #expect(second.code != 0)
            #expect(second.said.contains(life.directory), "\(second.said)")
            #expect(FileManager.default.fileExists(atPath: life.directory + "/sandbox.json"))
            #expect(try await life.stranger.tenant(.get, "/suppliers").status == 200)
        }
    }
}

/// A tenant's own receiver: takes everything, and remembers where it came.
final class Receiver: Sendable {
    private let heard = Mutex<[String]>([])

    var paths: [String] { heard.withLock { $0 } }

    /// - Parameter onPost: sees each body before it is answered.
    static func listen<Value: Sendable>(
        onPost: @escaping @Sendable ([UInt8]) -> Void = { _ in },
        _ body: @escaping @Sendable (_ url: String, Receiver) async throws -> Value
    ) async throws -> Value {
        let receiver = Receiver()
        let listener = PlainListener(
            ListenerConfiguration(name: "receiver", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        listener.router.post("**") { request, _ in
            onPost(try await RequestBody.collect(request))
            receiver.heard.withLock { $0.append(request.uri.path) }
            return Response(status: .noContent)
        }
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            return try await body("http://127.0.0.1:\(port)/my", receiver)
        }
    }
}
