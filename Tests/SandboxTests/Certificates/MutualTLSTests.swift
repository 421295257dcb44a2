import Engine
import FoundationEssentials
import HTTPTypes
import Logging
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
            try bench.tls.reload(bench.authority.issue("server", as: .server).files)
            let after = try await bench.call(files)

            #expect([before.status, after.status] == [200, 200])
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
