/// Reads one object's fields and reports *everything* that is wrong with them, instead of stopping at the first.
///
/// A `required…` method reports and returns nil, so a caller asks for every field first, then says
/// `guard problems.isEmpty`. Lenient on absence: in an optional field JSON null and `""` mean absent.
package struct ObjectReader {
    package let pointer: String
    package let problems: Problems
    private let object: JSONValue?
    private let asked: Asked

    /// Which members were asked for; a class, because asking is not a change of the reader.
    private final class Asked {
        var positions: Set<Int> = []
        var first64: UInt64 = 0

        func insert(_ position: Int) {
            if position < 64 { first64 |= 1 << UInt64(position) } else { positions.insert(position) }
        }

        func contains(_ position: Int) -> Bool {
            position < 64 ? first64 & (1 << UInt64(position)) != 0 : positions.contains(position)
        }
    }

    /// A value that is no object is reported once; then every field is absent and nothing more is reported.
    package init(_ value: JSONValue, at pointer: String = "", problems: Problems) {
        self.pointer = pointer
        self.problems = problems
        asked = Asked()
        object = value.kind == .object ? value : nil
        if object == nil { problems.report(.wrongType, at: pointer, "must be an object, not \(value.kind.article)") }
    }

    package func pointer(to key: String) -> String {
        JSONPointer.appending(key, to: pointer)
    }

    /// The field as it stands; nil if absent or null.
    package func value(_ key: String) -> JSONValue? {
        guard let member = object?.member(key) else { return nil }
        asked.insert(member.position)
        return member.value.isNull ? nil : member.value
    }

    /// The field is there and is null: where that says something of its own.
    package func isNull(_ key: String) -> Bool {
        guard let member = object?.member(key) else { return false }
        asked.insert(member.position)
        return member.value.isNull
    }

    /// The field is there and says something: neither null nor `""`.
    package func has(_ key: String) -> Bool {
        guard let value = value(key) else { return false }
        return value.withUTF8 { !$0.isEmpty } ?? true
    }

    /// The fields that nobody asked for, in document order. Call it last.
    package func unknownFields() -> [String] {
        guard let object else { return [] }
        return object.members.enumerated().filter { !asked.contains($0.offset) }.map(\.element.key)
    }

    /// Reports unknown fields where the caller's contract is strict about them.
    package func finish(rejectUnknown: Bool) {
        guard rejectUnknown else { return }
        for key in unknownFields() { report(.unknownField, key, "is not a field of this object") }
    }

    package func report(_ code: Problem.Code, _ key: String, _ message: String) {
        problems.report(code, at: pointer(to: key), message)
    }

    /// The field, or a report that it is missing. Silent if the object itself was none: that is reported already.
    func required(_ key: String) -> JSONValue? {
        if let value = value(key) { return value }
        if let object {
            report(.missing, key, object[key] == nil ? "is missing\(misspelt(key, in: object))" : "must not be null")
        }
        return nil
    }

    /// `": phonenumber is written phoneNumber"`, if a member has nearly this name.
    private func misspelt(_ key: String, in object: JSONValue) -> String {
        let folded = SpellingHint.fold(key)
        // The name is a stranger's: it is repeated only where it is short and plain.
        let near = object.members.map(\.key).first { name in
            name.utf8.count <= 2 * key.utf8.count && Pattern.printableASCII.matches(name)
                && SpellingHint.fold(name) == folded
        }
        return near.map { ": \($0) is written \(key)" } ?? ""
    }

    func optional(_ key: String) -> JSONValue? {
        has(key) ? value(key) : nil
    }

    func reportType(_ key: String, _ wanted: String, _ value: JSONValue) {
        report(.wrongType, key, "must be \(wanted), not \(value.kind.article)")
    }
}

extension JSONValue.Kind {
    /// As it reads in "must be a string, not …".
    var article: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer: "an integer"
        case .decimal: "a decimal number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
