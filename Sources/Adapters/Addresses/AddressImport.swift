import Domain
import Engine
import Formats
import FoundationEssentials

/// Fills the address crosswalk from CSV (G-014): `UPRN`, `NAD`, `DISTRICT_CODE` and `ROBT`, in any order, named by the
/// first row.
///
/// Some hundred lines are one commit, so that a file may have any length and an import may end anywhere: the same file
/// again passes over what is there.
package struct AddressImport: Sendable {
    package struct Rejected: Equatable, Sendable {
        package let line: Int
        package let reason: String
    }

    package struct Report: Equatable, Sendable {
        package fileprivate(set) var new = 0
        package fileprivate(set) var changed = 0
        package fileprivate(set) var known = 0
        package fileprivate(set) var rejected = 0

        package var lines: Int { taken + rejected }
        /// Lines that the crosswalk knows now.
        package var taken: Int { new + changed + known }
    }

    /// The first row doesn't say what the others have.
    package struct NoHeader: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Lines in one commit: enough to share a flush, few enough to hold the writer for milliseconds only.
    static let batch = 500

    private let exchange: Exchange
    private let reject: @Sendable (Rejected) -> Void
    private var reader = CSVReader()
    private var columns: AddressColumns?
    private var waiting: [(line: Int, names: AddressNames)] = []
    package private(set) var report = Report()

    /// - Parameter reject: hears of each line that is left out, as it comes.
    package init(into exchange: Exchange, reject: @escaping @Sendable (Rejected) -> Void) {
        self.exchange = exchange
        self.reject = reject
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``NoHeader`` once the first row shows that this is no such file.
    package mutating func take(_ bytes: some Sequence<UInt8>) async throws {
        for row in reader.read(bytes) { try await take(row) }
    }

    /// The file is at its end.
    package mutating func finish() async throws -> Report {
        if let row = reader.finish() { try await take(row) }
        guard columns != nil else { throw NoHeader(description: "the file is empty") }
        try await commit()
        return report
    }

    private mutating func take(_ row: CSVReader.Row) async throws {
        guard let columns else {
            self.columns = try AddressColumns(row)
            return
        }
        switch columns.read(row) {
        case .success(let names): waiting.append((row.line, names))
        case .failure(let fault): leaveOut(row.line, fault.reason)
        }
        if waiting.count >= Self.batch { try await commit() }
    }

    private mutating func commit() async throws {
        guard !waiting.isEmpty else { return }
        let batch = waiting
        waiting.removeAll(keepingCapacity: true)
        let lessons = try await exchange.change(Cause("ImportAddresses", by: "import")) { change in
            try batch.map { entry -> Result<AddressCrosswalk.Lesson, Rejection> in
                do {
                    return .success(try AddressCrosswalk.learn(entry.names, from: "import", in: &change))
                } catch let rejection as Rejection {
                    return .failure(rejection)
                }
            }
        }
        for (entry, lesson) in zip(batch, lessons) {
            switch lesson {
            case .success(.new): report.new += 1
            case .success(.changed): report.changed += 1
            case .success(.known): report.known += 1
            case .failure(let rejection): leaveOut(entry.line, rejection.message)
            }
        }
    }

    private mutating func leaveOut(_ line: Int, _ reason: String) {
        report.rejected += 1
        reject(Rejected(line: line, reason: reason))
    }
}

/// Which column has what.
struct AddressColumns {
    struct Fault: Error { let reason: String }

    private let places: [String: Int]
    private let count: Int

    init(_ header: CSVReader.Row) throws(AddressImport.NoHeader) {
        let names = header.cells.map { $0.uppercased().filter { $0 != " " } }
        guard !header.cells.contains(where: { $0.utf8.contains(0) }) else {
            throw AddressImport.NoHeader(
                description: "the file has zero bytes: save it as UTF-8, or as UTF-16 with a byte order mark"
            )
        }
        places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        count = names.count
        guard header.fault == nil, places["UPRN"] != nil, places["ROBT"] != nil || places["NAD"] != nil else {
            throw AddressImport.NoHeader(
                description: "the first line must name the columns: UPRN, and NAD with DISTRICT_CODE, or ROBT, or both"
            )
        }
        guard (places["NAD"] == nil) == (places["DISTRICT_CODE"] == nil) else {
            throw AddressImport.NoHeader(description: "NAD and DISTRICT_CODE mean something only together")
        }
    }

    /// One address, or everything that is wrong with its line.
    func read(_ row: CSVReader.Row) -> Result<AddressNames, Fault> {
        if let fault = row.fault { return .failure(Fault(reason: fault)) }
        guard row.cells.count == count else {
            return .failure(Fault(reason: "has \(row.cells.count) cells, the first line \(count)"))
        }
        let digits = cell("UPRN", row).utf8
        let uprn =
            digits.count <= 12 && digits.allSatisfy { (0x30...0x39).contains($0) } ? Int64(cell("UPRN", row)) : nil
        let (nad, district, robt) = (cell("NAD", row), cell("DISTRICT_CODE", row), cell("ROBT", row))
        var faults: [String] = []
        if uprn ?? 0 < 1 { faults.append(Self.fault(ofUPRN: cell("UPRN", row))) }
        for (name, value) in [("NAD", nad), ("DISTRICT_CODE", district), ("ROBT", robt)]
        where value.utf8.count > 20 || !value.utf8.allSatisfy(Self.isPlain) {
            faults.append("\(name) must have 1 to 20 letters and digits")
        }
        if nad.isEmpty != district.isEmpty { faults.append("NAD and DISTRICT_CODE mean something only together") }
        if nad.isEmpty, robt.isEmpty { faults.append("there is nothing beside the UPRN") }
        guard let uprn, faults.isEmpty else { return .failure(Fault(reason: faults.joined(separator: "; "))) }
        return .success(
            AddressNames(
                uprn: uprn,
                nad: nad.isEmpty ? nil : nad,
                districtCode: district.isEmpty ? nil : district,
                robt: robt.isEmpty ? nil : robt
            )
        )
    }

    /// What is wrong with a UPRN. `1.00901E+10` is how a spreadsheet shows a long number; its last digits are lost.
    private static func fault(ofUPRN text: String) -> String {
        let others = text.utf8.filter { !(0x30...0x39).contains($0) }
        let isShortened =
            others.count < text.utf8.count && others.contains { $0 | 0x20 == UInt8(ascii: "e") }
            && others.allSatisfy { "eE+.,".utf8.contains($0) }
        guard isShortened else { return "UPRN must be a number of 1 to 12 digits" }
        return """
            UPRN \(text.prefix(20)) was shortened by a spreadsheet, and its last digits are lost: give the column the format \
            "number, no decimals" there, and export the file again
            """
    }

    private func cell(_ name: String, _ row: CSVReader.Row) -> String {
        guard let place = places[name] else { return "" }
        return String(row.cells[place].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
