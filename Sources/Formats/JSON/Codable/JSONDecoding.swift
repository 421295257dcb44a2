import FoundationEssentials

/// A `Decoder` for one value: a place in the block. Its coding path is worked out only when an error asks for it.
struct JSONDecoding: Decoder {
    let value: JSONValue

    var codingPath: [any CodingKey] { value.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard value.kind == .object else { throw value.mismatch([String: Any].self, "an object") }
        return KeyedDecodingContainer(JSONKeyedDecoding<Key>(object: value))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard value.kind == .array else { throw value.mismatch([Any].self, "an array") }
        return JSONUnkeyedDecoding(array: value)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        JSONSingleDecoding(value: value)
    }
}

/// A key of a coding path.
struct JSONPathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}

extension JSONValue {
    var codingPath: [any CodingKey] {
        document.path(to: index).map { step in
            switch step {
            case .member(let key): JSONPathKey(stringValue: key)
            case .element(let index): JSONPathKey(intValue: index)
            }
        }
    }

    func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath,
            debugDescription: "\(pointer): \(wanted) was expected, not \(kind.article)."
        )
        return isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    func corrupted(_ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: "\(pointer): \(reason)"))
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == String.self, let string = try decodeString() as? T { return string }
        if type == Date.self, let date = try decodeDate() as? T { return date }
        if type == Data.self, let data = try decodeData() as? T { return data }
        return try T(from: JSONDecoding(value: self))
    }

    func decodeBool() throws -> Bool {
        guard let bool else { throw mismatch(Bool.self, "true or false") }
        return bool
    }

    func decodeString() throws -> String {
        guard let string else { throw mismatch(String.self, "a string") }
        return string
    }

    func decodeDouble() throws -> Double {
        guard let double else { throw mismatch(Double.self, "a number") }
        return double
    }

    func decodeFloat() throws -> Float {
        let float = Float(try decodeDouble())
        guard float.isFinite else { throw corrupted("the number is too large") }
        return float
    }

    /// Also what is spelt with a fraction or exponent, if it is a whole number.
    func decodeInteger<I: FixedWidthInteger>() throws -> I {
        guard let double else { throw mismatch(I.self, "an integer") }
        let exact = integer.flatMap(I.init(exactly:)) ?? unsignedInteger.flatMap(I.init(exactly:))
        if let exact { return exact }
        guard kind == .decimal, let whole = I(exactly: double) else {
            throw corrupted("the number does not fit \(I.self)")
        }
        return whole
    }

    /// Milliseconds, rounded if another writer left a fraction.
    private func decodeDate() throws -> Date {
        if kind == .decimal, let double, let whole = Int64(exactly: double.rounded()) {
            return Timestamp.date(milliseconds: whole)
        }
        return Timestamp.date(milliseconds: try decodeInteger())
    }

    private func decodeData() throws -> Data {
        guard let data = Data(base64Encoded: try decodeString()) else { throw corrupted("this is not Base64") }
        return data
    }
}
