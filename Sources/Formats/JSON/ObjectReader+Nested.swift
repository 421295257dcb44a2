extension ObjectReader {
    /// How many elements an array may have where a contract gives no limit.
    package static let anyCount = 0...1000

    package func requiredObject(_ key: String) -> ObjectReader? {
        guard let value = required(key) else { return nil }
        return object(value, key)
    }

    package func optionalObject(_ key: String) -> ObjectReader? {
        guard let value = optional(key) else { return nil }
        return object(value, key)
    }

    package func requiredArray(
        _ key: String,
        count: ClosedRange<Int> = anyCount
    ) -> [(value: JSONValue, pointer: String)]? {
        guard let value = required(key) else { return nil }
        return array(value, key, count)
    }

    package func optionalArray(
        _ key: String,
        count: ClosedRange<Int> = anyCount
    ) -> [(value: JSONValue, pointer: String)]? {
        guard let value = optional(key) else { return nil }
        return array(value, key, count)
    }

    /// An array of objects. An element that is none is reported and left out.
    package func requiredObjects(_ key: String, count: ClosedRange<Int> = anyCount) -> [ObjectReader]? {
        requiredArray(key, count: count)?.compactMap(reader)
    }

    package func optionalObjects(_ key: String, count: ClosedRange<Int> = anyCount) -> [ObjectReader]? {
        optionalArray(key, count: count)?.compactMap(reader)
    }

    private func object(_ value: JSONValue, _ key: String) -> ObjectReader? {
        reader(value, pointer(to: key))
    }

    private func reader(_ value: JSONValue, _ pointer: String) -> ObjectReader? {
        let reader = ObjectReader(value, at: pointer, problems: problems)
        return value.kind == .object ? reader : nil
    }

    private func array(
        _ value: JSONValue,
        _ key: String,
        _ count: ClosedRange<Int>
    ) -> [(value: JSONValue, pointer: String)]? {
        guard value.kind == .array else {
            reportType(key, "an array", value)
            return nil
        }
        if value.count == 0, count.lowerBound > 0 {
            report(.empty, key, "must not be empty")
            return nil
        }
        if value.count < count.lowerBound {
            report(.tooShort, key, "must have at least \(count.lowerBound) elements, not \(value.count)")
            return nil
        }
        if value.count > count.upperBound {
            report(.tooLong, key, "must have at most \(count.upperBound) elements, not \(value.count)")
            return nil
        }
        let base = pointer(to: key)
        return value.elements.enumerated().map { ($0.element, JSONPointer.appending($0.offset, to: base)) }
    }
}
