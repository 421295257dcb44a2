extension ObjectReader {
    /// What an integer may be where a contract gives no limit: 16 digits, which every reader of JSON keeps exactly
    /// or nearly so.
    package static let anyInteger = -9_999_999_999_999_999...9_999_999_999_999_999

    package func requiredInteger(_ key: String, range: ClosedRange<Int> = anyInteger) -> Int? {
        guard let value = required(key) else { return nil }
        return integer(value, key, range)
    }

    package func optionalInteger(_ key: String, range: ClosedRange<Int> = anyInteger) -> Int? {
        guard let value = optional(key) else { return nil }
        return integer(value, key, range)
    }

    /// Any number, with or without a fraction.
    package func requiredDecimal(_ key: String, range: ClosedRange<Double>? = nil) -> Double? {
        guard let value = required(key) else { return nil }
        return decimal(value, key, range)
    }

    package func optionalDecimal(_ key: String, range: ClosedRange<Double>? = nil) -> Double? {
        guard let value = optional(key) else { return nil }
        return decimal(value, key, range)
    }

    package func requiredBool(_ key: String) -> Bool? {
        guard let value = required(key) else { return nil }
        return bool(value, key)
    }

    package func optionalBool(_ key: String) -> Bool? {
        guard let value = optional(key) else { return nil }
        return bool(value, key)
    }

    private func integer(_ value: JSONValue, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard value.kind == .integer else {
            reportType(key, "an integer", value)
            return nil
        }
        guard let integer = value.integer, range.contains(Int(integer)) else {
            report(.outOfRange, key, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Int(integer)
    }

    private func decimal(_ value: JSONValue, _ key: String, _ range: ClosedRange<Double>?) -> Double? {
        guard let number = value.double else {
            reportType(key, "a number", value)
            return nil
        }
        if let range, !range.contains(number) {
            report(.outOfRange, key, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    private func bool(_ value: JSONValue, _ key: String) -> Bool? {
        if let bool = value.bool { return bool }
        reportType(key, "true or false", value)
        return nil
    }
}
