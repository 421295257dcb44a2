import Formats

/// A file of ``InstallationData`` under reading: its fields, and every problem with them.
struct DataTable {
    let reader: ObjectReader
    /// The day as of which it is.
    let date: String
    var problems: Problems { reader.problems }

    init(_ root: JSONValue) {
        reader = ObjectReader(root, problems: Problems())
        date = reader.requiredDate("asOf")?.description ?? ""
        _ = reader.optionalString("source")
    }

    /// An object of texts, which must be about exactly these keys.
    func texts(_ key: String, of expected: [String]) -> [String: String] {
        guard let texts = reader.requiredObject(key), let members = reader.value(key)?.members else { return [:] }
        var found: [String: String] = [:]
        for name in expected { found[name] = texts.requiredString(name, length: 1...500) }
        for (name, _) in members where !expected.contains(name) {
            texts.report(.unknownField, name, "is none that the contract has")
        }
        return found
    }
}
