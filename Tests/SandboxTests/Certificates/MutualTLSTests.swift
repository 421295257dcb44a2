import Engine
import FoundationEssentials
import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@testable import Adapters
@testable import Sandbox

/// T-003, I-001 and decision 39, on real sockets.
@Suite struct MutualTLSTests {
    @Test func `a registered certificate says who asks`() async throws {
        let answer = try await TLSBench.run { try await $0.call($0.authority.client("buyer").files) }

        #expect(answer == (200, "BUYER1"))
    }

    @Test func `without a certificate there is no answer`() async throws {
        try await TLSBench.run { bench in
            _ = await #expect(throws: (any Error).self) { try await bench.call(nil) }
        }
    }

    @Test func `a certificate of another authority gets no answer`() async throws {
        try await TLSBench.run { bench in
            let files = try bench.stranger.client("buyer").files
            _ = await #expect(throws: (any Error).self) { try await bench.call(files) }
        }
    }

    @Test func `a refused certificate is logged with its name, the cause and the address`() async throws {
        try await TLSBench.run { bench in
            let stranger = try bench.stranger.client("buyer")
            _ = await #expect(throws: (any Error).self) { try await bench.call(stranger.files) }

            let line = try await bench.log.line(with: "client certificate refused")
            #expect(line?.contains("pb-address=127.0.0.1") == true, "\(bench.log.lines)")
            #expect(line?.contains("pb-fingerprint=\(stranger.fingerprint)") == true)
            #expect(line?.contains("CN=buyer") == true)
            #expect(line?.contains("its authority is not one that is trusted here") == true)
        }
    }

    @Test func `a client without a certificate is logged in words`() async throws {
        try await TLSBench.run { bench in
            _ = await #expect(throws: (any Error).self) { try await bench.call(nil) }

            let line = try await bench.log.line(with: "handshake failed", "pb-address=127.0.0.1")
            #expect(line?.contains("the client showed no certificate") == true, "\(bench.log.lines)")
        }
    }

    @Test(arguments: [OldTLS.tls11, .cbc])
    func `a client below TLS 1.2, or with nothing but CBC, is refused`(
        old: OldTLS
    ) async throws {
        try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            _ = await #expect(throws: (any Error).self) { try await bench.call(files, old.apply) }
            let without = try await bench.call(files) { $0.maximumTLSVersion = .tlsv12 }
            #expect(without.status == 200, "TLS 1.2 itself is taken")
        }
    }

    @Test(arguments: [nil, OldTLS.tls11, .cbc])
    func `our own calls go to no server below TLS 1.2, nor to one with nothing but CBC`(
        old: OldTLS?
    ) async throws {
        let directory = temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try CertificateAuthority(in: directory, now: .real)
        let files = try authority.server().files
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try files.chain(),
            privateKey: try files.privateKey()
        )
        old?.apply(&tls)
        let context = try NIOSSLContext(configuration: tls)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(NIOSSLServerHandler(context: context), OneAnswer())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let call = try OutboundCall(
            authorities: authority.path,
            policy: AddressPolicy(.loopbackOnly),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )

        let url = "https://127.0.0.1:\(server.localAddress?.port ?? 0)/"
        let answer = await call.send(OutboundRequest(method: .get, url: url))
        await call.shutdown()
        try await server.close().get()

        #expect((try? answer.get().status) == (old == nil ? 204 : nil), "\(answer)")
    }

    @Test func `a server's certificate that isn't for clients gets no answer, but ours may be both`() async throws {
        let answer = try await TLSBench.run { try await $0.call($0.authority.server().files) }

        #expect(answer.status == 401)
    }

    @Test func `a certificate of ours that isn't registered is answered 401`() async throws {
        let answer = try await TLSBench.run { try await $0.call($0.authority.client("newcomer").files) }

        #expect(answer == (401, "The client certificate is not registered."))
    }

    @Test func `a registered certificate that has expired is answered 401`() async throws {
        let answer = try await TLSBench.run { try await $0.call($0.authority.client("expired").files) }

        #expect(answer == (401, "The client certificate has expired."))
    }

    @Test func `a partner's certificate is answered 403 where buyers belong`() async throws {
        let answer = try await TLSBench.run { try await $0.call($0.authority.client("partner").files) }

        #expect(answer == (403, "This certificate is registered for another interface."))
    }

    @Test func `an address that is another party's is answered 403`() async throws {
        let answer = try await TLSBench.run {
            try await $0.call($0.authority.client("buyer").files, from: "127.0.0.2")
        }

        #expect(answer == (403, "This party may not come from this address."))
    }

    @Test func `an address that is nobody's is closed before the handshake`() async throws {
        try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            _ = await #expect(throws: (any Error).self) { try await bench.call(files, from: "127.0.0.9") }
        }
    }

    @Test func `a reload changes what new connections see, without a restart`() async throws {
        try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            let server = try bench.stranger.server("other").files

            let before = try await bench.call(files)
            try bench.tls.reload(server)
            _ = await #expect(throws: (any Error).self) { try await bench.call(files) }
            let renewed = try bench.authority.issue("server", as: .server, notValidAfter: .real + 40 * 86_400)
            try bench.tls.reload(renewed.files)
            let after = try await bench.call(files)

            #expect([before.status, after.status] == [200, 200])
            // What the gauge of our own certificates shows.
            let shown = bench.tls.shown(by: "tls")
            #expect(
                shown
                    == HeldCertificate(name: "listener/tls", fingerprint: renewed.fingerprint, expires: renewed.expires)
            )
        }
    }

    @Test func `our own outbound call presents its certificate and checks the server's name`() async throws {
        let answer = try await TLSBench.run { bench in
            let call = try OutboundCall(
                identity: bench.authority.client("buyer").files,
                policy: AddressPolicy(.loopbackOnly),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let answer = await call.send(OutboundRequest(method: .get, url: bench.url))
            await call.shutdown()
            return answer
        }

        #expect(try answer.get().body == Array("BUYER1".utf8))
    }

    @Test func `under another name than the certificate's, the address being right, there is no answer`() async throws {
        let answer = try await TLSBench.run { bench in
            let call = try OutboundCall(
                identity: bench.authority.client("buyer").files,
                policy: AddressPolicy(.loopbackOnly, names: NameResolution(now: { .now }) { _ in ["127.0.0.1"] }),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let url = bench.url.replacing("localhost", with: "tenant.invalid")
            let answer = await call.send(OutboundRequest(method: .get, url: url))
            await call.shutdown()
            return answer
        }

        let failure = #expect(throws: OutboundFailure.self) { try answer.get() }
        #expect(failure?.kind == .tls)
    }

    @Test func `our own outbound call trusts no stranger's server`() async throws {
        let answer = try await TLSBench.run { bench in
            try bench.tls.reload(bench.stranger.server().files)
            let call = try OutboundCall(
                identity: bench.authority.client("buyer").files,
                policy: AddressPolicy(.loopbackOnly),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let answer = await call.send(OutboundRequest(method: .get, url: bench.url))
            await call.shutdown()
            return answer
        }

        #expect(throws: OutboundFailure.self) { try answer.get() }
    }
}

/// A peer of another time.
enum OldTLS: Sendable {
    case tls11, cbc

    func apply(_ configuration: inout TLSConfiguration) {
        switch self {
        case .tls11:
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = .tlsv11
        case .cbc:
            configuration.maximumTLSVersion = .tlsv12
            configuration.cipherSuites = "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA"
        }
    }
}

/// Answers whatever comes with 204, and closes.
private final class OneAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let answer = ByteBuffer(string: "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        context.close(promise: nil)
    }
}
