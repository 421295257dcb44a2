/// A value that is one token, or another value.
struct JSONSingleEncoding: SingleValueEncodingContainer {
    let sink: JSONSink
    let slot: JSONSink.Slot

    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws {
        try sink.token(in: slot) { $0.append("null") }
    }

    mutating func encode(_ value: Bool) throws {
        try sink.token(in: slot) { $0.append(value ? "true" : "false") }
    }

    mutating func encode(_ value: String) throws {
        try sink.token(in: slot) { $0.appendString(value) }
    }

    mutating func encode(_ value: Double) throws {
        try value.checkFinite()
        try sink.token(in: slot) { $0.appendDecimal(value) }
    }

    mutating func encode(_ value: Float) throws {
        try Double(value).checkFinite()
        try sink.token(in: slot) { $0.append(contentsOf: value.description.utf8) }
    }

    mutating func encode(_ value: Int8) throws {
        try sink.token(in: slot) { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int16) throws {
        try sink.token(in: slot) { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int32) throws {
        try sink.token(in: slot) { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int64) throws {
        try sink.token(in: slot) { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: Int) throws {
        try sink.token(in: slot) { $0.appendInteger(Int64(value)) }
    }

    mutating func encode(_ value: UInt8) throws {
        try sink.token(in: slot) { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt16) throws {
        try sink.token(in: slot) { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt32) throws {
        try sink.token(in: slot) { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt64) throws {
        try sink.token(in: slot) { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode(_ value: UInt) throws {
        try sink.token(in: slot) { $0.appendInteger(UInt64(value)) }
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try sink.check(slot)
        try sink.write(value)
    }
}
