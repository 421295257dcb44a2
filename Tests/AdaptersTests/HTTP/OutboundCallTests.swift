import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
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

    static func calling<Value: Sendable>(
        _ path: String,
        _ body: @escaping @Sendable (OutboundCall, _ url: String) async throws -> Value
    ) async throws -> Value {
        let bench = try await HTTPBench { router in
            router.post("echo") { request, _ in
                ByteResponse(status: .created, bytes: try await RequestBody.collect(request))
            }
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
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(5)),
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
