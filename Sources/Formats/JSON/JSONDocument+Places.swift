extension JSONDocument {
    /// What a pointer names, and where it begins; of what isn't there, its nearest parent's place and no value.
    ///
    /// - Parameter bytes: those that the document was parsed from.
    package func find(
        _ pointer: String,
        in bytes: [UInt8]
    ) -> (value: JSONValue?, line: Int, column: Int) {
        var reached = root
        var isWhole = true
        for step in JSONPointer.steps(of: pointer) {
            guard let next = reached[step] ?? element(of: reached, step) else {
                isWhole = false
                break
            }
            reached = next
        }
        let place = bytes.withUnsafeBytes { bytes -> (line: Int, column: Int) in
            var scanner = JSONScanner(bytes)
            guard case .node(let offset) = scanner.run(toNode: reached.index) else { return (1, 1) }
            return JSONScanner.place(of: offset, in: bytes)
        }
        return (isWhole ? reached : nil, place.line, place.column)
    }

    private func element(of value: JSONValue, _ step: String) -> JSONValue? {
        guard value.kind == .array, let index = Int(step), index >= 0, index < value.count else { return nil }
        return value.elements.dropFirst(index).first { _ in true }
    }
}

extension JSONPointer {
    /// The keys and indices that a pointer names, from the root on.
    package static func steps(of pointer: String) -> [String] {
        guard pointer.utf8.first == UInt8(ascii: "/") else { return [] }
        return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { step in
            step.split(separator: "~1", omittingEmptySubsequences: false)
                .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
                .joined(separator: "/")
        }
    }
}
