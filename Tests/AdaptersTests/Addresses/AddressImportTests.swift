import Domain
import Engine
import Foundation
import Storage
import Synchronization
import Testing

@testable import Adapters

@Suite struct AddressImportTests {
    private static let file = """
        ROBT,UPRN,NAD,DISTRICT_CODE
        R1,10091000001,A00000000001,PB
        ,10091000002,A00000000002,PB
        R3,10091000003,,

        """

    @Test func `a file fills the crosswalk, and the same file again changes nothing`() async throws {
        try await withImport { bench in
            let first = try await bench.fill(Self.file)
            let again = try await bench.fill(Self.file)

            #expect((first.new, first.known, first.rejected) == (3, 0, 0))
            #expect((again.new, again.changed, again.known) == (0, 0, 3))
            let address = PremisesAddress(identifier: .init(id: "R3", type: "ROBT"))
            #expect(try await bench.exchange.completed(address).uprn == 10_091_000_003)
        }
    }

    @Test func `any name leads to all the others`() async throws {
        try await withImport { bench in
            _ = try await bench.fill(Self.file)
            let byUPRN = PremisesAddress(identifier: .init(id: "10091000001", type: "UPRN"))
            let byNAD = PremisesAddress(
                identifier: .init(id: "A00000000001", type: "NAD"),
                additionalIdentifiers: [.init(id: "PB", type: "DistrictCode")]
            )
            let elsewhere = PremisesAddress(
                identifier: .init(id: "A00000000001", type: "NAD"),
                additionalIdentifiers: [.init(id: "XX", type: "DistrictCode")]
            )

            #expect(
                try await bench.exchange.completed(byUPRN).additionalIdentifiers.map(\.id) == [
                    "A00000000001", "PB", "R1",
                ]
            )
            #expect(try await bench.exchange.completed(byNAD).id(of: "ROBT") == "R1")
            #expect(try await bench.exchange.completed(elsewhere) == elsewhere, "a NAD means something in its district")
        }
    }

    @Test func `an address with as many names as a contract carries gets no more`() async throws {
        try await withImport { bench in
            _ = try await bench.fill(Self.file)
            let others = (1...499).map { PremisesAddress.Identifier(id: "\($0)", type: "OTHER") }
            let address = PremisesAddress(
                identifier: .init(id: "10091000001", type: "UPRN"),
                additionalIdentifiers: others
            )
            let full = PremisesAddress(identifier: address.identifier, additionalIdentifiers: others + others.prefix(1))

            #expect(try await bench.exchange.completed(address).additionalIdentifiers.count == 500)
            #expect(try await bench.exchange.completed(full) == full)
        }
    }

    @Test func `each line that is left out is named with everything that is wrong`() async throws {
        try await withImport { bench in
            let report = try await bench.fill(
                """
                UPRN,NAD,DISTRICT_CODE,ROBT
                ,A1,PB,R1
                +7,A1,,R1
                1234567890123,A1,PB,R-1
                5,,,
                6,A6,PB
                7,A7,PB,R7
                8,A8,PB,R7
                "9"x,A9,PB,R9
                10,A10,PB,R10
                """
            )

            #expect((report.new, report.rejected) == (2, 7))
            #expect(
                bench.rejected.withLock { $0 }.map { "\($0.line): \($0.reason)" } == [
                    "2: UPRN must be a number of 1 to 12 digits",
                    "3: UPRN must be a number of 1 to 12 digits; NAD and DISTRICT_CODE mean something only together",
                    "4: UPRN must be a number of 1 to 12 digits; ROBT must have 1 to 20 letters and digits",
                    "5: there is nothing beside the UPRN",
                    "6: has 3 cells, the first line 4",
                    "9: something stands behind a closing quote",
                    "8: ROBT belongs to another UPRN",
                ]
            )
        }
    }

    @Test func `a newer line corrects an older one`() async throws {
        try await withImport { bench in
            _ = try await bench.fill(Self.file)

            let report = try await bench.fill("UPRN,ROBT\n10091000001,R9\n")

            #expect(report.changed == 1)
            let old = PremisesAddress(identifier: .init(id: "R1", type: "ROBT"))
            let new = PremisesAddress(identifier: .init(id: "R9", type: "ROBT"))
            #expect(try await bench.exchange.completed(old) == old)
            #expect(try await bench.exchange.completed(new).id(of: "NAD") == "A00000000001")
        }
    }

    @Test func `a file of many batches is taken whole`() async throws {
        try await withImport { bench in
            let lines = (1...1_234).map { "\($0),R\($0)" }.joined(separator: "\n")

            let report = try await bench.fill("UPRN,ROBT\n" + lines)

            #expect(report.new == 1_234)
            #expect(try await bench.exchange.read { try $0.census(of: .addressIdentity) } == ["known": 1_234])
        }
    }

    @Test(arguments: ["", "STREET,TOWN\n", "UPRN,STREET\n", "UPRN,NAD\n", "\"UPRN\n"])
    func `what is no such file is refused before anything is written`(text: String) async throws {
        try await withImport { bench in
            await #expect(throws: AddressImport.NoHeader.self) { try await bench.fill(text) }
        }
    }
}

private struct ImportBench: Sendable {
    let exchange: Exchange
    let rejected: RejectedLines

    func fill(_ text: String) async throws -> AddressImport.Report {
        var filling = AddressImport(into: exchange) { [rejected] line in rejected.withLock { $0.append(line) } }
        try await filling.take(text.utf8)
        return try await filling.finish()
    }
}

private final class RejectedLines: Sendable {
    private let lines = Mutex<[AddressImport.Rejected]>([])
    func withLock<Value: Sendable>(_ body: (inout sending [AddressImport.Rejected]) -> sending Value) -> Value {
        lines.withLock(body)
    }
}

private func withImport(_ body: (ImportBench) async throws -> Void) async throws {
    let store = try SQLiteStore(.temporary)
    let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in .json([]) }
    try await body(ImportBench(exchange: exchange, rejected: RejectedLines()))
    try await store.close()
}
