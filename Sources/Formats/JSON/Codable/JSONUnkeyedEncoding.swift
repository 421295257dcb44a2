/// An array's elements.
struct JSONUnkeyedEncoding: UnkeyedEncodingContainer {
    let sink: JSONSink
    let slot: JSONSink.Slot
    private(set) var count = 0

    init(sink: JSONSink, slot: JSONSink.Slot) {
        self.sink = sink
        self.slot = slot
    }

    var codingPath: [any CodingKey] { [] }

    mutating func nestedContainer<NestedKey: CodingKey>(keyedBy keys: NestedKey.Type) -> KeyedEncodingContainer<
        NestedKey
    > {
        count += 1
        return sink.encoding(in: slot).container(keyedBy: keys)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        count += 1
        return sink.encoding(in: slot).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        count += 1
        return sink.encoding(in: slot)
    }

    private mutating func announce() throws {
        try sink.announce(in: slot)
        count += 1
    }

    mutating func encodeNil() throws {
        try announce()
        sink.token { $0.append("null") }
    }

    mutating func encode(_ value: Bool) throws {
        try announce()
        sink.token { $0.append(value ? "true" : "false") }
    }

    mutating func encode(_ value: String) throws {
        try announce()
        sink.token { $0.appendString(value) }
    }

    mutating func encode(_ value: Double) throws {
        try announce()
        try value.checkFinite()
        sink.token { $0.appendDecimal(value) }
    }

    mutating func encode(_ value: Float) throws {
        try announce()
        try Double(value).checkFinite()
        sink.token { $0.append(contentsOf: value.description.utf8) }
    }

    mutating func encode(_ value: Int8) throws {
        try announce()
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int16) throws {
        try announce()
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int32) throws {
        try announce()
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int64) throws {
        try announce()
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int) throws {
        try announce()
        sink.token { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: UInt8) throws {
        try announce()
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt16) throws {
        try announce()
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt32) throws {
        try announce()
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt64) throws {
        try announce()
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt) throws {
        try announce()
        sink.token { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try announce()
        try sink.write(value)
    }
}
