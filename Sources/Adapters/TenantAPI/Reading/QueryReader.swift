import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird

/// Reads a query's parameters, and reports everything that is wrong with them, as ``ObjectReader`` does for a body.
///
/// A parameter's pointer is its name behind a slash. An empty value is an absent one (§2). A list is repeated, or
/// separated by commas, under its name or its name and `[]`.
struct QueryReader {
    /// What fits into a request's first line, percent-encoded, beside the rest.
    static let characteristicsMax = 50

    let reading: TenantReading
    private var values: [String: [String]] = [:]

    init(_ request: Request, _ reading: TenantReading) {
        self.reading = reading
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FormText.decode(parts[0]), let value = FormText.decode(parts.count == 2 ? parts[1] : "")
            else {
                reading.malformed("", "The query is not URL-encoded.")
                continue
            }
            let key = name.hasSuffix("[]") ? String(name.dropLast(2)) : name
            if !value.isEmpty { values[key, default: []].append(value) }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func optional(_ name: String) -> String? {
        guard let all = values[name] else { return nil }
        if all.count > 1 { reading.problems.report(.duplicate, at: "/\(name)", "occurs more than once") }
        return all.first
    }

    func required(_ name: String) -> String? {
        if let value = optional(name) { return value }
        reading.problems.report(.missing, at: "/\(name)", "is missing")
        return nil
    }

    func list(_ name: String) -> [String] {
        (values[name] ?? []).flatMap { $0.split(separator: ",").map { String($0) } }
    }

    func requiredEnum<T: RawRepresentable<String> & CaseIterable>(_ name: String, as: T.Type = T.self) -> T? {
        guard let text = required(name) else { return nil }
        if let word = T(rawValue: text) { return word }
        let allowed = T.allCases.map(\.rawValue).joined(separator: ", ")
        reading.problems.report(.notAllowed, at: "/\(name)", "must be one of: \(allowed)")
        return nil
    }

    func choices(_ name: String, from allowed: [String]) -> [String] {
        list(name).filter { value in
            if allowed.contains(value) { return true }
            reading.problems.report(
                .notAllowed,
                at: "/\(name)",
                "must be among: \(allowed.joined(separator: ", "))"
            )
            return false
        }
    }

    func optionalEnum<T: RawRepresentable<String> & CaseIterable>(_ name: String, as type: T.Type = T.self) -> T? {
        values[name] == nil ? nil : requiredEnum(name, as: type)
    }

    /// Parameters that nobody asked for: refused for a strict tenant, else passed over with a warning.
    func close(knowing names: Set<String>) {
        for name in values.keys.sorted() where !names.contains(name) {
            if reading.isStrict {
                reading.problems.report(.unknownField, at: "/\(name)", "is unknown")
            } else {
                reading.warn("/\(name) is unknown and was ignored")
            }
        }
    }

    func bool(_ name: String) -> Bool? {
        guard let text = optional(name) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        case _:
            reading.problems.report(.wrongType, at: "/\(name)", "must be true or false")
            return nil
        }
    }

    func day(_ name: String) -> CivilDate? {
        guard let text = optional(name) else { return nil }
        if let day = CivilDate(text) { return day }
        reading.problems.report(.pattern, at: "/\(name)", "must be a date, such as 2026-03-01")
        return nil
    }

    func date(_ name: String) -> Date? {
        guard let text = optional(name) else { return nil }
        if let date = Timestamp.parse(text) { return date }
        reading.problems.report(
            .pattern,
            at: "/\(name)",
            "must be a date-time with a zone, such as 2026-03-01T09:30:00Z"
        )
        return nil
    }

    /// Lexically, in no more digits than an id has (decision 18), but where the range needs them.
    func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = optional(name) else { return nil }
        let digitsMax = max(String(ReadingLimits.idMax).utf8.count, String(range.upperBound).utf8.count)
        if text.utf8.count <= digitsMax, text.utf8.allSatisfy(\.isASCIIDigit), let number = Int64(text),
            range.contains(number)
        {
            return number
        }
        let wanted = "must be a number from \(range.lowerBound) to \(range.upperBound)"
        reading.problems.report(.outOfRange, at: "/\(name)", wanted)
        return nil
    }

    /// A value that is itself JSON (G-020, G-040).
    func json(_ name: String) -> JSONValue? {
        guard let text = optional(name) else { return nil }
        do {
            return try JSONDocument(parsing: text).root
        } catch {
            reading.malformed("/\(name)", "is not JSON: \(error.reason)")
            return nil
        }
    }

    func requiredObject(_ name: String) -> ObjectReader? {
        guard values[name] != nil else {
            reading.problems.report(.missing, at: "/\(name)", "is missing")
            return nil
        }
        return json(name).map { ObjectReader($0, at: "/\(name)", problems: reading.problems) }
    }

    func address() -> PremisesAddress? {
        requiredObject("address").flatMap { PremisesAddress($0, reading) }
    }

    /// An array of characteristics as JSON, or one of them a parameter.
    func characteristics() -> [Characteristic] {
        (values["serviceCharacteristics"] ?? []).flatMap { text -> [Characteristic] in
            guard let root = try? JSONDocument(parsing: text).root else {
                reading.malformed("/serviceCharacteristics", "is not JSON")
                return []
            }
            let elements = root.kind == .array ? Array(root.elements) : [root]
            if elements.count > Self.characteristicsMax {
                let most = "must have at most \(Self.characteristicsMax)"
                reading.problems.report(.outOfRange, at: "/serviceCharacteristics", most)
            }
            return elements.prefix(Self.characteristicsMax).compactMap { element in
                Characteristic(
                    ObjectReader(element, at: "/serviceCharacteristics", problems: reading.problems),
                    reading
                )
            }
        }
    }

    func supplier(of terms: TenantTerms, among suppliers: Suppliers) -> Suppliers.Supplier? {
        guard let name = required("supplier") else { return nil }
        if let supplier = suppliers.supplier(SupplierID(name), for: terms) { return supplier }
        reading.problems.report(.notAllowed, at: "/supplier", "is not a supplier of yours")
        return nil
    }
}
