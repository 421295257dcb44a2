import Engine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import Adapters

@Suite struct OnItsEventLoopTests {
    @Test func `a request is handled on its connection's event loop, also after it has waited`() async throws {
        let listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        listener.router.get("where") { _, context in
            let loop = context.channel.eventLoop
            let before = loop.inEventLoop
            try await Task.sleep(for: .milliseconds(1))
            return ByteResponse(bytes: Array("\(before) \(loop.inEventLoop)".utf8))
        }
        let body = try await listener.application().test(.live) { client in
            try await client.execute(uri: "/where", method: .get) { String(buffer: $0.body) }
        }
        #expect(body == "true true")
    }
}
