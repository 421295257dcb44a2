import Foundation
import Formats
import Testing

@testable import Adapters

/// More than 500 messages of both directions with their verdicts (G-120 … G-134, X-25 … X-37).
@Suite(.timeLimit(.minutes(5))) struct WireCorpusTests {
    @Test(arguments: WireFamily.all)
    func `what must be refused is, in the contract's form, with every pointer, logged, and changes nothing`(
        family: WireFamily
    ) async throws {
        try await WireBench.run { bench in
            for wire in family.cases where wire.receiver == .operator && !wire.isTaken {
                let complaints = try await bench.complaints(aboutRefused: wire)
                #expect(complaints == [])
            }
        }
    }

    @Test(arguments: WireFamily.all.flatMap(\.cases).filter { $0.receiver == .operator && $0.isTaken })
    func `what must be taken is, and what was forgiven is in the log`(wire: WireCase) async throws {
        try await WireBench.run { bench in
            let complaints = try await bench.complaints(aboutTaken: wire)
            #expect(complaints == [])
        }
    }

    @Test(arguments: WireFamily.all.flatMap(\.cases).filter { $0.receiver == .partner })
    func `a dispatch is read, or refused with every pointer`(wire: WireCase) throws {
        let bytes = try wire.bytes
        let answered = Self.read(bytes, pathMethod: wire.method)

        #expect(answered.code == wire.code, "\(answered)")
        #expect(answered.clauses == wire.warnings ?? [], "\(answered)")
        #expect(wire.pointers == nil || answered.pointers.sorted() == wire.pointers?.sorted(), "\(answered)")
    }

    /// What a partner's codec makes of a message.
    private struct Read {
        var code: Int?
        var pointers: [String] = []
        var clauses: [String] = []
    }

    private static func read(_ bytes: [UInt8], pathMethod: String?) -> Read {
        do {
            let received = try InstallerCodec.read(bytes, pathMethod: pathMethod)
            let clauses = received.warnings.compactMap { $0.firstMatch(of: /\(([A-Z]-[0-9]+)\)$/).map { String($0.1) } }
            return Read(clauses: clauses)
        } catch {
            let body = String(decoding: RPCReply.failure(error), as: UTF8.self)
            let seen = InstallationBench.Answer(status: 200, body: body).error
            return Read(code: seen?.code, pointers: seen?.pointers ?? [])
        }
    }

    @Test(arguments: WireFamily.all)
    func `the schema agrees: what is taken is valid, and what isn't valid is refused`(family: WireFamily) throws {
        let schema = try JSONSchemaCheck(InstallationSchema.document)
        for wire in family.cases where wire.receiver == .operator {
            let complaints = ["notifyJobRequest", "closeJobRequest"].map {
                schema.complaints(about: (try? wire.bytes) ?? [], as: $0)
            }
            #expect(!wire.isTaken || complaints.contains([]), "\(wire.name): \(complaints)")
        }
        for wire in family.cases where wire.receiver == .partner {
            let definitions = InstallationSchema.messageNames.filter { $0.hasSuffix("Message") }
            let complaints = definitions.map { schema.complaints(about: (try? wire.bytes) ?? [], as: $0) }
            #expect(!(wire.isTaken && wire.warnings == []) || complaints.contains([]), "\(wire.name): \(complaints)")
        }
    }

    @Test func `there are at least 200, and each has a name of its own in its file`() {
        #expect(WireFamily.all.map(\.cases.count).reduce(0, +) >= 500)
        for family in WireFamily.all { #expect(Set(family.cases.map(\.name)).count == family.cases.count) }
    }
}
