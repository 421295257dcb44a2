import Domain
import Formats

extension ClosureCatalogue {
    /// `closure-codes.json`: `primary` has a text for each code, `secondary` under each primary its codes (I-020, I-022).
    init(_ table: DataTable) {
        let primaries = Self.codes(table.reader.requiredObject("primary"), table.reader.value("primary"))
        let parents = table.reader.requiredObject("secondary")
        var secondaries: [String: [String: String]] = [:]
        for (parent, codes) in Self.members(of: table.reader.value("secondary")) {
            secondaries[parent] = Self.codes(parents?.requiredObject(parent), codes)
        }
        self.init(primaries: primaries, secondaries: secondaries)
        if let parents { report(to: parents) }
        if let primary = table.reader.requiredObject("primary") { reportAliases(to: primary) }
    }

    private static func codes(_ reader: ObjectReader?, _ value: JSONValue?) -> [String: String] {
        guard let reader else { return [:] }
        var texts: [String: String] = [:]
        for (code, _) in members(of: value) {
            if !(1...20).contains(code.utf8.count) || !code.utf8.allSatisfy({ $0.isASCIIUppercase || $0.isASCIIDigit })
            {
                reader.report(.pattern, code, "must be a code: 1 to 20 letters A to Z and digits")
            }
            texts[code] = reader.requiredString(code, length: 1...500)
        }
        return texts
    }

    private static func members(of value: JSONValue?) -> [(key: String, value: JSONValue)] {
        value.map { Array($0.members) } ?? []
    }

    /// Children without parents, children of two, and parents that need children and have none.
    private func report(to parents: ObjectReader) {
        var owners: [String: [String]] = [:]
        for (parent, codes) in secondaries {
            if primaries[parent] == nil { parents.report(.rule, parent, "is no primary closure code") }
            for code in codes.keys { owners[code, default: []].append(parent) }
        }
        for (code, owners) in owners where owners.count > 1 {
            let names = owners.sorted()
            parents.report(.duplicate, names[1], "has \(code), which is under \(names[0]) too")
        }
        for meaning in Self.mustExplain where secondaries[meaning.rawValue, default: [:]].isEmpty {
            guard primaries[meaning.rawValue] != nil else { continue }
            parents.report(.missing, meaning.rawValue, "is missing, but \(meaning.rawValue) needs a secondary code")
        }
    }

    /// Two spellings of one code must not both be in the list.
    private func reportAliases(to primary: ObjectReader) {
        for code in primaries.keys where ClosureCode(code).canonical != code {
            primary.report(.duplicate, code, "is another spelling of \(ClosureCode(code).canonical)")
        }
    }
}
