import FoundationEssentials

extension ObjectReader {
    /// RFC 3339 with its zone, which is mandatory: a time without one means something else in summer.
    package func requiredDateTime(_ key: String) -> Date? {
        guard let value = required(key) else { return nil }
        return dateTime(value, key)
    }

    package func optionalDateTime(_ key: String) -> Date? {
        guard let value = optional(key) else { return nil }
        return dateTime(value, key)
    }

    /// A day of the calendar, `YYYY-MM-DD`.
    package func requiredDate(_ key: String) -> DateDigits? {
        guard let value = required(key) else { return nil }
        return date(value, key)
    }

    package func optionalDate(_ key: String) -> DateDigits? {
        guard let value = optional(key) else { return nil }
        return date(value, key)
    }

    private func dateTime(_ value: JSONValue, _ key: String) -> Date? {
        parsed(value, key, "a date-time with a zone, such as 2026-03-01T09:30:00Z", Timestamp.parse)
    }

    private func date(_ value: JSONValue, _ key: String) -> DateDigits? {
        parsed(value, key, "a date, such as 2026-03-01", DateDigits.parse)
    }

    private func parsed<T>(
        _ value: JSONValue,
        _ key: String,
        _ wanted: String,
        _ parse: (UnsafeBufferPointer<UInt8>) -> T?
    ) -> T? {
        guard let parsed = value.withUTF8({ (isEmpty: $0.isEmpty, result: parse($0)) }) else {
            reportType(key, "a string", value)
            return nil
        }
        if let result = parsed.result { return result }
        if parsed.isEmpty {
            report(.empty, key, "must not be empty")
        } else {
            report(.pattern, key, "must be \(wanted)")
        }
        return nil
    }
}
