import Domain
import Engine
import Formats
import Foundation
import Testing

@testable import Adapters

/// The partner's side reads what the operator's side writes.
@Suite struct InstallerCodecTests {
    @Test func `a createJob is read back with what a partner plans by`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            let bytes = Array(try #require(try await bench.dispatched(id).first).utf8)

            let received = try InstallerCodec.read(bytes, pathMethod: "createJob")

            guard case .createJob(let job) = received.dispatch else { throw TestFailure() }
            #expect(received.reference == "J701")
            #expect(job.serviceID == "S2000001")
            #expect(job.slot.start == InstallationBench.noon)
        }
    }

    @Test func `every problem of a dispatch is named`() {
        let broken =
            #"{"id":1,"sent":"2022-03-18T17:39:21+0000","method":"createJob","ref":"J1","content":{},"response":{}}"#

        let refusal = #expect(throws: RPCRefusal.self) { try InstallerCodec.read(Array(broken.utf8)) }

        #expect(refusal?.error.code == -32602)
        #expect(
            refusal?.error.data.map { String(decoding: $0, as: UTF8.self) }?.contains("/content/appointment") == true
        )
    }

    @Test func `an unknown method is refused by its own code`() {
        let unknown = #"{"id":1,"sent":"2022-03-18T17:39:21+0000","method":"moveJob","ref":"J1","content":{}}"#

        let refusal = #expect(throws: RPCRefusal.self) { try InstallerCodec.read(Array(unknown.utf8)) }

        #expect(refusal?.error.code == -32601)
    }

    private struct TestFailure: Error {}
}
