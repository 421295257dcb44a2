import HTTPTypes

/// Whether a caller can read what the REST interfaces answer (decision 38).
enum JSONAcceptance {
    private static let readable: Set<String> = ["*/*", "application/*", "application/json", "application/problem+json"]

    /// Refuses with 406 a caller who says that it reads no JSON. Who says nothing reads all (RFC 9110 §12.5.1).
    ///
    /// - Parameter others: types that some of the interface's answers have as well, such as `text/csv`.
    static func check(_ fields: HTTPFields, or others: Set<String> = []) throws(APIError) {
        guard let accept = fields.value(of: .accept), !accept.isEmpty else { return }
        // What nearly everybody sends.
        guard accept != "application/json", accept != "*/*" else { return }
        let ranges = accept.split(separator: ",").map { range in
            range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
        }
        let accepts = ranges.contains { parts in
            guard let type = parts.first, readable.contains(type) || others.contains(type) else { return false }
            return !parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
        }
        guard accepts else {
            throw APIError(.notAcceptable, "The answer is application/json; the Accept header must allow it.")
        }
    }
}
