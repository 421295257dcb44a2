/// An object's members.
struct JSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONValue

    var codingPath: [any CodingKey] { object.codingPath }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool {
        object[key.stringValue] != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        try value(key).isNull
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try value(key).decode(type)
    }

    // The defaults of the next four would look for the key three times.

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        try present(key)?.decode(type)
    }

    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
        try present(key)?.decodeString()
    }

    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? {
        try present(key)?.decodeInteger()
    }

    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? {
        try present(key)?.decodeBool()
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keys: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try JSONDecoding(value: value(key)).container(keyedBy: keys)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONDecoding(value: value(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        JSONDecoding(value: try value(named: "super"))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        JSONDecoding(value: try value(key))
    }

    private func value(_ key: Key) throws -> JSONValue {
        try value(named: key.stringValue)
    }

    private func value(named name: String) throws -> JSONValue {
        if let value = object[name] { return value }
        throw DecodingError.keyNotFound(
            JSONPathKey(stringValue: name),
            .init(codingPath: codingPath, debugDescription: "\(object.pointer): there is no \(name).")
        )
    }

    private func present(_ key: Key) -> JSONValue? {
        guard let value = object[key.stringValue], !value.isNull else { return nil }
        return value
    }

    func decode(_: Bool.Type, forKey key: Key) throws -> Bool {
        try value(key).decodeBool()
    }

    func decode(_: String.Type, forKey key: Key) throws -> String {
        try value(key).decodeString()
    }

    func decode(_: Double.Type, forKey key: Key) throws -> Double {
        try value(key).decodeDouble()
    }

    func decode(_: Float.Type, forKey key: Key) throws -> Float {
        try value(key).decodeFloat()
    }

    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 {
        try value(key).decodeInteger()
    }

    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 {
        try value(key).decodeInteger()
    }

    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 {
        try value(key).decodeInteger()
    }

    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 {
        try value(key).decodeInteger()
    }

    func decode(_: Int.Type, forKey key: Key) throws -> Int {
        try value(key).decodeInteger()
    }

    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try value(key).decodeInteger()
    }

    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try value(key).decodeInteger()
    }

    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try value(key).decodeInteger()
    }

    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try value(key).decodeInteger()
    }

    func decode(_: UInt.Type, forKey key: Key) throws -> UInt {
        try value(key).decodeInteger()
    }
}
