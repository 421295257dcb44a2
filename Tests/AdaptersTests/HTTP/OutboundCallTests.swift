import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Adapters

/// Against a listener on a socket, as a stranger's.
@Suite struct OutboundCallTests {
    @Test func `an answer comes whole, with its status and headers`() async throws {
        let answer = try await Self.calling("/echo") { call, url in
            await call.send(
                OutboundRequest(url: url, headers: [("X-Request-ID", "request-1")], body: Array("hello".utf8))
            )
        }

        let response = try answer.get()
        #expect(response.status == 201)
        #expect(response.body == Array("hello".utf8))
        #expect(response[header: "X-REQUEST-ID"] == "request-1")
    }

    @Test func `an answer larger than is read is a failure, announced or not`() async throws {
        let announced = try await Self.calling("/large") { call, url in await call.send(OutboundRequest(url: url)) }
        let streamed = try await Self.calling("/endless") { call, url in await call.send(OutboundRequest(url: url)) }

        #expect(throws: OutboundFailure.self) { try announced.get() }
        #expect(Self.kind(announced) == .tooLarge)
        #expect(Self.kind(streamed) == .tooLarge)
    }

    @Test(arguments: ["/silent", "/dripping"])
    func `the deadline is kept, before the head and in the body`(path: String) async throws {
        let answer = try await Self.calling(path) { call, url in
            await call.send(OutboundRequest(url: url, deadline: .milliseconds(200)))
        }

        #expect(Self.kind(answer) == .timeout)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["/silent", "/dripping"])
    func `a call ends when its task is cancelled`(path: String) async throws {
        let answer = try await Self.calling(path) { call, url in
            let task = Task { await call.send(OutboundRequest(url: url, deadline: .seconds(3_600))) }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            return await task.value
        }

        #expect(Self.kind(answer) == .other)
    }

    @Test func `a redirect is not followed`() async throws {
        let answer = try await Self.calling("/moved") { call, url in await call.send(OutboundRequest(url: url)) }

        #expect(try answer.get().status == 307)
    }

    @Test func `nobody there is told at once`() async throws {
        let answer = try await Self.calling("/") { call, _ in
            await call.send(OutboundRequest(url: "http://127.0.0.1:1/"))
        }

        #expect(Self.kind(answer) == .refused)
    }

    @Test func `a name without an address is told as such`() async throws {
        let answer = try await Self.calling("/") { call, _ in
            await call.send(OutboundRequest(url: "http://nobody.invalid/"))
        }

        #expect(Self.kind(answer) == .dns)
    }

    @Test(arguments: ["http://198.51.100.7/", "http://[2001:db8::1]/", "ftp://127.0.0.1/", "file:///etc/passwd", "x"])
    func `an address that the rule forbids is never called`(url: String) async throws {
        let answer = try await Self.calling("/") { call, _ in await call.send(OutboundRequest(url: url)) }

        #expect(Self.kind(answer) == .forbidden)
    }

    @Test func `a call goes to the address that was looked at, under the name in the URL`() async throws {
        let names = NameResolution(now: { .now }) { _ in ["127.0.0.1"] }

        let answer = try await Self.calling("/host", AddressPolicy(.loopbackOnly, names: names)) { call, url in
            await call.send(OutboundRequest(url: url.replacing("127.0.0.1", with: "tenant.invalid")))
        }

        let host = String(decoding: try answer.get().body, as: UTF8.self)
        #expect(host.hasPrefix("tenant.invalid:"), "a name that nobody else could have resolved")
    }

    @Test func `a name that turns to a forbidden address is not followed there`() async throws {
        let clock = SteppedClock()
        let turned = Mutex(false)
        let names = NameResolution(now: { clock.now }) { _ in turned.withLock { $0 } ? ["10.0.0.1"] : ["127.0.0.1"] }

        let kinds = try await Self.calling("/echo", AddressPolicy(.loopbackOnly, names: names)) { call, url in
            let url = url.replacing("127.0.0.1", with: "tenant.invalid")
            let first = await call.send(OutboundRequest(url: url))
            turned.withLock { $0 = true }
            let meanwhile = await call.send(OutboundRequest(url: url))
            clock.advance(by: NameResolution.keptFor)
            let later = await call.send(OutboundRequest(url: url))
            return [first, meanwhile, later].map(Self.kind)
        }

        #expect(kinds == [nil, nil, .forbidden])
    }

    @Test func `of a name's addresses only those that are allowed are tried`() async throws {
        let names = NameResolution(now: { .now }) { _ in ["10.0.0.1", "169.254.169.254", "127.0.0.1"] }

        let answer = try await Self.calling("/echo", AddressPolicy(.loopbackOnly, names: names)) { call, url in
            await call.send(OutboundRequest(url: url.replacing("127.0.0.1", with: "tenant.invalid")))
        }

        #expect(try answer.get().status == 201)
    }

    @Test func `where nobody listens at one address the next is tried, and then first`() async throws {
        let names = NameResolution(now: { .now }) { _ in ["127.0.0.2", "127.0.0.1"] }

        let (answers, order) = try await Self.calling("/echo", AddressPolicy(.loopbackOnly, names: names)) {
            call,
            url in
            let url = url.replacing("127.0.0.1", with: "tenant.invalid")
            let answers = [await call.send(OutboundRequest(url: url)), await call.send(OutboundRequest(url: url))]
            return (answers, try await names.addresses(of: "tenant.invalid"))
        }

        #expect(try answers.map { try $0.get().status } == [201, 201])
        #expect(order == ["127.0.0.1", "127.0.0.2"])
    }

    @Test func `a spelling of an address that only a resolver understands is looked at like any other`() async throws {
        let names = NameResolution()
        let policy = AddressPolicy(.publicAnd(allowed: []), names: names)

        let kinds = try await Self.calling("/echo", policy) { call, _ in
            var kinds: [OutboundFailure.Kind?] = []
            for host in ["127.1", "0x7f000001", "2130706433", "localhost", "[::ffff:127.0.0.1]", "[::127.0.0.1]"] {
                kinds.append(Self.kind(await call.send(OutboundRequest(url: "http://\(host):1/"))))
            }
            return kinds
        }

        #expect(kinds.allSatisfy { $0 == .forbidden })
    }

    /// A debug build would end the process: AsyncHTTPClient insists on being shut down.
    @Test func `a call that nobody shut down closes its connections when it is let go`() async throws {
        let answer = try await Self.calling("/echo") { _, url in
            let forgotten = try OutboundCall(
                policy: AddressPolicy(.loopbackOnly),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            return await forgotten.send(OutboundRequest(url: url))
        }

        #expect(try answer.get().status == 201)
    }

    static func calling<Value: Sendable>(
        _ path: String,
        _ policy: AddressPolicy = AddressPolicy(.loopbackOnly),
        _ body: @escaping @Sendable (OutboundCall, _ url: String) async throws -> Value
    ) async throws -> Value {
        let bench = try await HTTPBench { router in
            router.post("echo") { request, _ in
                ByteResponse(status: .created, bytes: try await RequestBody.collect(request))
            }
            router.post("host") { request, _ in ByteResponse(bytes: Array((request.head.authority ?? "").utf8)) }
            router.post("large") { _, _ in ByteResponse(bytes: [UInt8](repeating: 0x20, count: (1 << 20) + 1)) }
            router.post("endless") { _, _ in Self.stream(chunk: 1 << 18, pause: .zero) }
            router.post("dripping") { _, _ in Self.stream(chunk: 1, pause: .milliseconds(20)) }
            router.post("silent") { _, _ in
                try await Task.sleep(for: .seconds(2))
                return ByteResponse(bytes: [])
            }
            router.post("moved") { _, _ in
                ByteResponse(status: .temporaryRedirect, bytes: [], headers: [.location: "http://127.0.0.1:1/"])
            }
        }
        let call = try OutboundCall(
            policy: policy,
            // Ends a hang; what a deadline does has a test with one of its own.
            limits: .init(deadline: .seconds(30)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            let value = try await bench.listener.application().test(.live) { client in
                try await body(call, "http://127.0.0.1:\(client.port ?? 0)\(path)")
            }
            await call.shutdown()
            return value
        } catch {
            await call.shutdown()
            throw error
        }
    }

    private static func stream(chunk: Int, pause: Duration) -> Response {
        Response(
            status: .ok,
            body: ResponseBody { writer in
                for _ in 0..<100 {
                    try await writer.write(ByteBuffer(repeating: 0x20, count: chunk))
                    try await Task.sleep(for: pause)
                }
                try await writer.finish(nil)
            }
        )
    }

    private static func kind(_ answer: Result<OutboundResponse, OutboundFailure>) -> OutboundFailure.Kind? {
        guard case .failure(let failure) = answer else { return nil }
        return failure.kind
    }
}
