/// An object's members. Every width of integer is spelt out, because the protocol asks for each.
struct JSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: JSONSink
    let slot: JSONSink.Slot

    var codingPath: [any CodingKey] { [] }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keys: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        sink.encoding(key.stringValue, in: slot).container(keyedBy: keys)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        sink.encoding(key.stringValue, in: slot).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        sink.encoding("super", in: slot)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        sink.encoding(key.stringValue, in: slot)
    }

    mutating func encodeNil(forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.append("null") }
    }

    mutating func encode(_ value: Bool, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.append(value ? "true" : "false") }
    }

    mutating func encode(_ value: String, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendString(value) }
    }

    mutating func encode(_ value: Double, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        try value.checkFinite()
        sink.token { $0.appendDecimal(value) }
    }

    mutating func encode(_ value: Float, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        try Double(value).checkFinite()
        sink.token { $0.append(contentsOf: value.description.utf8) }
    }

    mutating func encode(_ value: Int8, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int16, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int32, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int64, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: UInt8, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt16, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt32, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt64, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try sink.announce(key.stringValue, in: slot)
        try sink.write(value)
    }
}
