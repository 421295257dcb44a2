extension ObjectReader {
    /// What a string may measure where a contract gives no limit, in Unicode scalars.
    package static let anyLength = 1...10_000

    package func requiredString(
        _ key: String,
        length: ClosedRange<Int> = anyLength,
        pattern: Pattern? = nil
    ) -> String? {
        guard let value = required(key) else { return nil }
        return string(value, at: pointer(to: key), length: length, pattern: pattern)
    }

    package func optionalString(
        _ key: String,
        length: ClosedRange<Int> = anyLength,
        pattern: Pattern? = nil
    ) -> String? {
        guard let value = optional(key) else { return nil }
        return string(value, at: pointer(to: key), length: length, pattern: pattern)
    }

    /// What names a thing: text, or a whole number, which is taken for its digits.
    package func requiredName(_ key: String, length: ClosedRange<Int>) -> String? {
        guard let value = required(key) else { return nil }
        return name(value, at: pointer(to: key), length: length)
    }

    package func optionalName(_ key: String, length: ClosedRange<Int>) -> String? {
        guard let value = optional(key) else { return nil }
        return name(value, at: pointer(to: key), length: length)
    }

    private func name(
        _ value: JSONValue,
        at pointer: @autoclosure () -> String,
        length: ClosedRange<Int>
    ) -> String? {
        guard value.kind == .integer, let digits = value.name, length.contains(digits.utf8.count) else {
            return string(value, at: pointer(), length: length, pattern: nil)
        }
        return digits
    }

    /// A word of a closed list that Swift knows.
    package func requiredEnum<T: RawRepresentable<String> & CaseIterable>(_ key: String, as: T.Type = T.self) -> T? {
        guard let text = requiredString(key) else { return nil }
        return word(text, key)
    }

    package func optionalEnum<T: RawRepresentable<String> & CaseIterable>(_ key: String, as: T.Type = T.self) -> T? {
        guard let text = optionalString(key) else { return nil }
        return word(text, key)
    }

    /// A word of a closed list that is known only at run time.
    package func requiredChoice(_ key: String, from allowed: [String]) -> String? {
        guard let text = requiredString(key) else { return nil }
        return choice(text, key, allowed)
    }

    package func optionalChoice(_ key: String, from allowed: [String]) -> String? {
        guard let text = optionalString(key) else { return nil }
        return choice(text, key, allowed)
    }

    /// An array of strings. An element that is wrong is reported and left out.
    package func requiredStrings(
        _ key: String,
        count: ClosedRange<Int> = anyCount,
        length: ClosedRange<Int> = anyLength,
        pattern: Pattern? = nil
    ) -> [String]? {
        requiredArray(key, count: count)?.compactMap { value, pointer in
            string(value, at: pointer, length: length, pattern: pattern)
        }
    }

    package func optionalStrings(
        _ key: String,
        count: ClosedRange<Int> = anyCount,
        length: ClosedRange<Int> = anyLength,
        pattern: Pattern? = nil
    ) -> [String]? {
        optionalArray(key, count: count)?.compactMap { value, pointer in
            string(value, at: pointer, length: length, pattern: pattern)
        }
    }

    private func word<T: RawRepresentable<String> & CaseIterable>(_ text: String, _ key: String) -> T? {
        // An enumeration compares as strings do: `K` would be what the Kelvin sign is.
        if let word = T(rawValue: text), word.rawValue.utf8.elementsEqual(text.utf8) { return word }
        reportChoice(key, text, T.allCases.map(\.rawValue))
        return nil
    }

    private func choice(_ text: String, _ key: String, _ allowed: [String]) -> String? {
        if allowed.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return text }
        reportChoice(key, text, allowed)
        return nil
    }

    private func reportChoice(_ key: String, _ text: String, _ allowed: [String]) {
        report(.notAllowed, key, SpellingHint.refusal(of: text, among: allowed))
    }

    /// Reports at most one problem: the length, if it is right the pattern.
    ///
    /// - Parameter pointer: made only for a report: nearly every string is right.
    func string(
        _ value: JSONValue,
        at pointer: @autoclosure () -> String,
        length: ClosedRange<Int>,
        pattern: Pattern?
    ) -> String? {
        let verdict = value.withUTF8 { utf8 -> (Problem.Code, String)? in
            let scalars = utf8.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
            if scalars == 0, length.lowerBound > 0 { return (.empty, "must not be empty") }
            if scalars < length.lowerBound {
                return (.tooShort, "must have at least \(length.lowerBound) characters, not \(scalars)")
            }
            if scalars > length.upperBound {
                return (.tooLong, "must have at most \(length.upperBound) characters, not \(scalars)")
            }
            if let pattern, !pattern.matches(utf8) { return (.pattern, "must be \(pattern.description)") }
            return nil
        }
        switch verdict {
        case nil:
            problems.report(.wrongType, at: pointer(), "must be a string, not \(value.kind.article)")
            return nil
        case (let code, let message)??:
            problems.report(code, at: pointer(), message)
            return nil
        case .some(nil):
            return value.string
        }
    }
}
