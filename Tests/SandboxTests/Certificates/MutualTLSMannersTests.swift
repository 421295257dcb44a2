import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Adapters
@testable import Sandbox

/// The mutual-TLS listener keeps HTTP's rules as the plain one does, whose every case `HTTPMannersTests` has.
@Suite(.timeLimit(.minutes(2))) struct MutualTLSMannersTests {
    @Test(arguments: [
        ("GET /whoami HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "), ("GARBAGE\r\n\r\n", "HTTP/1.1 400 "),
        ("POST /whoami HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n", "HTTP/1.1 501 "),
        ("POST /whoami HTTP/1.1\r\nhost: a\r\nexpect: more\r\n\r\n", "HTTP/1.1 417 "),
        ("GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nhost: a\r\n\r\n", "HTTP/1.1 414 "),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: \(String(repeating: "y", count: 40_000))\r\n\r\n", "HTTP/1.1 431 "),
        ("GET /whoami HTTP/1.0\r\n\r\n", "HTTP/1.1 200 "),
    ])
    func `what breaks a rule, and HTTP 1_0, get an answer, and the connection ends`(request: String, answer: String)
        async throws
    {
        let text = try await Self.ask(request)

        #expect(text.hasPrefix(answer), "\(text.prefix(200))")
        #expect(text.lowercased().contains("connection: close"))
    }

    @Test func `HEAD has no body, also where it fails`() async throws {
        let text = try await Self.ask(
            "HEAD /nowhere HTTP/1.1\r\nhost: a\r\n\r\nGET /whoami HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        )

        let answers = text.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)
        #expect(answers.count == 3)
        #expect(answers[0].hasPrefix("HTTP/1.1 404 "))
        #expect(answers[1].hasPrefix("HTTP/1.1 200 "))
        #expect(answers[2] == "BUYER1")
    }

    @Test func `many requests that come at once are answered in their order`() async throws {
        let text = try await Self.ask(
            String(repeating: "GET /whoami HTTP/1.1\r\nhost: a\r\n\r\n", count: 300)
                + "GET /whoami HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        )

        #expect(text.matches(of: /BUYER1/).count == 301)
    }

    @Test func `a connection that never finishes its handshake is closed at its deadline`() async throws {
        try await TLSBench.run(firstHeadTimeout: .milliseconds(200)) { bench in
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: bench.port).get()
            try await channel.closeFuture.get()
        }
    }

    private static func ask(_ text: String) async throws -> String {
        try await TLSBench.run { bench in
            let identity = try bench.authority.client("buyer").files
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .file(bench.authority.path)
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(identity.certificate)
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
            let context = try NIOSSLContext(configuration: configuration)
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connect(host: "127.0.0.1", port: bench.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: "localhost")
                        )
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                            wrappingChannelSynchronously: channel,
                            configuration: .init(isOutboundHalfClosureEnabled: true)
                        )
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                var answer = ""
                for try await bytes in inbound { answer += String(buffer: bytes) }
                return answer
            }
        }
    }
}
