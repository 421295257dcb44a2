import Domain
import FoundationEssentials
import Formats

/// The tables of the contract (I-020 … I-024, I-040, I-041): dated data, not code.
///
/// Read once, at the start, and wholly: whatever doesn't fit together is named there, not by the first message that
/// meets it.
package struct InstallationData: Sendable {
    package let closureCodes: ClosureCatalogue
    package let questions: QuestionMatrix
    /// What each property flag says (I-040).
    let propertyFlags: [String: String]
    /// What each provisioning result says, by its number (I-041).
    let provisioning: [String: String]
    /// As of when each file is, for a person who asks which tables are in force.
    package let dates: [File: String]

    /// A table, by the name of its file.
    package enum File: String, CaseIterable, Sendable {
        case closureCodes = "closure-codes.json"
        case questionMatrix = "question-matrix.json"
        case texts = "installation-texts.json"

        /// The one in the program.
        package var embedded: [UInt8] {
            switch self {
            case .closureCodes: PackageResources.closure_codes_json
            case .questionMatrix: PackageResources.question_matrix_json
            case .texts: PackageResources.installation_texts_json
            }
        }
    }

    /// - Parameter replacing: the bytes of tables that stand in for those in the program.
    /// - Throws: ``BrokenInstallationData`` with everything that is wrong in any of them.
    package init(replacing: [File: [UInt8]] = [:]) throws(BrokenInstallationData) {
        var findings = BrokenInstallationData()
        var tables: [File: DataTable] = [:]
        for file in File.allCases {
            do {
                tables[file] = DataTable(try JSONDocument(parsing: replacing[file] ?? file.embedded).root)
            } catch {
                findings.add([Problem(pointer: error.pointer ?? "", code: .rule, message: "\(error)")], in: file)
            }
        }
        dates = tables.mapValues(\.date)
        closureCodes =
            tables[.closureCodes].map { ClosureCatalogue($0) } ?? ClosureCatalogue(primaries: [:], secondaries: [:])
        // Rules name closure codes: where these are broken, nothing can be said of the rules' own.
        let known = tables[.closureCodes]?.problems.isEmpty == true ? closureCodes : nil
        questions = tables[.questionMatrix].map { QuestionMatrix($0, of: known) } ?? QuestionMatrix()
        propertyFlags = tables[.texts]?.texts("propertyFlags", of: PropertyFlag.allCases.map(\.rawValue)) ?? [:]
        provisioning =
            tables[.texts]?
            .texts("provisioning", of: ProvisioningResult.Outcome.allCases.map { String($0.rawValue) }) ?? [:]
        for (file, table) in tables { findings.add(table.problems.all, in: file) }
        guard findings.all.isEmpty else { throw findings }
    }

    /// - Parameter folder: the tables that it has stand in for those in the program.
    package init(folder: String) throws(BrokenInstallationData) {
        var replacing: [File: [UInt8]] = [:]
        for file in File.allCases {
            let data = FileManager.default.contents(atPath: "\(folder)/\(file.rawValue)")
            if let data { replacing[file] = Array(data) }
        }
        // A misspelt name would else pass for the table in the program.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let strangers = names.filter { $0.hasSuffix(".json") && File(rawValue: $0) == nil }.sorted()
        guard !replacing.isEmpty, strangers.isEmpty else {
            throw BrokenInstallationData(folder: folder, strangers: strangers)
        }
        try self.init(replacing: replacing)
    }
}

/// Everything that is wrong with the tables: a fault of whoever wrote them, found at the start.
package struct BrokenInstallationData: Error, Equatable, CustomStringConvertible {
    package private(set) var all: [String] = []

    init() {}

    init(folder: String, strangers: [String]) {
        let known = InstallationData.File.allCases.map(\.rawValue).joined(separator: ", ")
        all =
            strangers.isEmpty
            ? ["\(folder): has none of \(known)"] : strangers.map { "\(folder)/\($0): is none of \(known)" }
    }

    mutating func add(_ problems: [Problem], in file: InstallationData.File) {
        all = (all + problems.map { "\(file.rawValue) \($0.pointer): \($0.message)" }).sorted()
    }

    package var description: String { all.joined(separator: "\n") }
}
