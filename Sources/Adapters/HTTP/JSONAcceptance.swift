import HTTPTypes

/// Whether a caller can read what the REST interfaces answer (decision 38).
enum JSONAcceptance {
    /// Refuses with 406 a caller who says that it reads no JSON. Who says nothing reads all (RFC 9110 §12.5.1).
    ///
    /// - Parameter others: types that some of the interface's answers have as well, such as `text/csv`.
    static func check(_ fields: HTTPFields, or others: Set<String> = []) throws(APIError) {
        guard let accept = fields.value(of: .accept), !accept.isEmpty else { return }
        // What nearly every client sends.
        guard accept != "application/json", accept != "*/*" else { return }
        let ranges = AcceptedRanges(accept)
        let types = ["application/json", "application/problem+json"] + others
        guard types.contains(where: { ranges.weight(of: $0) > 0 }) else {
            throw APIError(.notAcceptable, "The answer is application/json; the Accept header must allow it.")
        }
    }

    /// Whether errors are written as RFC 9457 has it: for a caller that names the type and doesn't want JSON more.
    static func prefersProblem(_ fields: HTTPFields) -> Bool {
        guard let accept = fields.value(of: .accept), accept != "application/json", accept != "*/*" else {
            return false
        }
        let ranges = AcceptedRanges(accept)
        guard let weight = ranges.weight(named: "application/problem+json") else { return false }
        return weight > 0 && weight >= ranges.weight(of: "application/json")
    }
}

/// An `Accept` header as RFC 9110 §12.5.1 has it: ranges of media types, in any case, each with a weight.
struct AcceptedRanges {
    /// More than that is no client's choice but a mistake.
    private static let rangesMax = 100

    /// In thousandths. Of two that are the same the first counts.
    private var weights: [String: Int] = [:]

    init(_ accept: String) {
        for range in accept.split(separator: ",").prefix(Self.rangesMax) {
            let parts = range.split(separator: ";", omittingEmptySubsequences: false).map {
                $0.filter { !$0.isWhitespace }.lowercased()
            }
            guard let type = parts.first, !type.isEmpty, weights[type] == nil else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            weights[type] = weight.map { Self.thousandths($0.dropFirst(2)) } ?? 1_000
        }
    }

    /// What a type is worth by the range that names it most closely: `application/json;q=0, */*` refuses JSON.
    func weight(of type: String) -> Int {
        let group = type.prefix { $0 != "/" } + "/*"
        return weights[type] ?? weights[String(group)] ?? weights["*/*"] ?? 0
    }

    func weight(named type: String) -> Int? { weights[type] }

    /// `0`, `0.5`, `1.000`; what is no weight counts as 1, as if it weren't there.
    private static func thousandths(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, whole == "0" || whole == "1" else { return 1_000 }
        let digits = parts.count == 2 ? parts[1] : ""
        guard whole == "0", digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return 1_000
        }
        return Int(digits + String(repeating: "0", count: 3 - digits.utf8.count)) ?? 1_000
    }
}
