import Domain
import Engine
import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Adapters
@testable import Sandbox

/// Why a handshake failed, in words: each cause by a real one on loopback.
@Suite struct TLSCauseTests {
    /// What a call says of a server that shows this certificate.
    private static func words(
        _ shown: @Sendable (CertificateAuthority, CertificateAuthority) throws -> TLSFiles,
        as host: String = "localhost",
        change: @Sendable (inout TLSConfiguration) -> Void = { _ in },
        showing identity: (@Sendable (CertificateAuthority, CertificateAuthority) throws -> TLSFiles)? = nil
    ) async throws -> OutboundFailure {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "patchbay-test-\(IDSource.system.messageID(at: .real).rawValue)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: root) }
        let ours = try CertificateAuthority(in: "\(root)/ours", now: .real)
        let stranger = try CertificateAuthority(in: "\(root)/stranger", now: .real)
        let files = try shown(ours, stranger)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try files.chain(),
            privateKey: try files.privateKey()
        )
        configuration.trustRoots = .file(ours.path)
        change(&configuration)
        let context = try NIOSSLContext(configuration: configuration)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let call = try OutboundCall(
            identity: try identity?(ours, stranger),
            authorities: ours.path,
            policy: AddressPolicy(.loopbackOnly, names: NameResolution(now: { .now }) { _ in ["127.0.0.1"] }),
            limits: .init(deadline: .seconds(10)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let answer = await call.send(OutboundRequest(url: "https://\(host):\(server.localAddress?.port ?? 0)/"))
        await call.shutdown()
        try await server.close()
        guard case .failure(let failure) = answer else { return OutboundFailure(.other, "it was answered") }
        return failure
    }

    private static func day(_ date: Date) -> String { String(date.formatted(.iso8601).prefix(10)) }

    @Test func `one that has expired, with the day`() async throws {
        let end = Date.real - 3 * 86_400

        let failure = try await Self.words { ours, _ in
            try ours.issue("server", as: .server, notValidAfter: end).files
        }

        #expect(failure == OutboundFailure(.tls, "the server's certificate expired on \(Self.day(end))"))
    }

    @Test func `one for another name, with the names`() async throws {
        let failure = try await Self.words({ ours, _ in try ours.server().files }, as: "tenant.invalid")

        #expect(
            failure
                == OutboundFailure(
                    .tls,
                    "the server's certificate is for another name: for localhost, not for tenant.invalid"
                )
        )
    }

    @Test func `one of an unknown authority, with its name`() async throws {
        let failure = try await Self.words { _, stranger in try stranger.server().files }

        #expect(failure.kind == .tls)
        #expect(failure.text.hasPrefix("the server's certificate is of an unknown authority: "))
        #expect(failure.text.contains("Patchbay sandbox authority"))
    }

    @Test func `one that is not for servers`() async throws {
        let failure = try await Self.words({ ours, _ in try ours.client("localhost").files }, as: "localhost")

        #expect(failure == OutboundFailure(.tls, "the server's certificate is not for servers"))
    }

    @Test func `a server that requires a client certificate, and gets none`() async throws {
        let failure = try await Self.words(
            { ours, _ in try ours.server().files },
            change: { $0.certificateVerification = .noHostnameVerification }
        )

        #expect(failure == OutboundFailure(.tls, "the server requires a client certificate, and none was sent"))
    }

    @Test func `a server that does not know the authority of ours`() async throws {
        let failure = try await Self.words(
            { ours, _ in try ours.server().files },
            change: { configuration in
                configuration.certificateVerification = .noHostnameVerification
                configuration.trustRoots = .certificates([])
            },
            showing: { ours, _ in try ours.client("buyer").files }
        )

        #expect(failure == OutboundFailure(.tls, "the server does not know the authority of our certificate"))
    }

    @Test func `a server whose authority of that name did not sign ours`() async throws {
        let failure = try await Self.words(
            { ours, _ in try ours.server().files },
            change: { $0.certificateVerification = .noHostnameVerification },
            showing: { _, stranger in try stranger.client("buyer").files }
        )

        #expect(failure == OutboundFailure(.tls, "the server could not verify the signature of our certificate"))
    }

    @Test func `a server for which ours has expired`() async throws {
        let failure = try await Self.words(
            { ours, _ in try ours.server().files },
            change: { $0.certificateVerification = .noHostnameVerification },
            showing: { ours, _ in try ours.issue("buyer", as: .client, notValidAfter: .real - 60).files }
        )

        #expect(failure == OutboundFailure(.tls, "the server says that our certificate has expired"))
    }

    @Test func `a server that speaks an old version alone`() async throws {
        let failure = try await Self.words(
            { ours, _ in try ours.server().files },
            change: { configuration in
                configuration.minimumTLSVersion = .tlsv1
                configuration.maximumTLSVersion = .tlsv11
            }
        )

        #expect(failure.kind == .tls)
        #expect(failure.text == "the server speaks no version of TLS that we do (1.2 and 1.3)")
    }
}
