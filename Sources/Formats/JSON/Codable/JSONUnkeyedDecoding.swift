/// An array's elements, one after another.
struct JSONUnkeyedDecoding: UnkeyedDecodingContainer {
    private let array: JSONValue
    private var elements: JSONElements.Iterator
    private var next: JSONValue?
    private(set) var currentIndex = 0

    init(array: JSONValue) {
        self.array = array
        elements = array.elements.makeIterator()
        next = elements.next()
    }

    var codingPath: [any CodingKey] { array.codingPath }
    var count: Int? { array.count }
    var isAtEnd: Bool { next == nil }

    mutating func decodeNil() throws -> Bool {
        guard try current().isNull else { return false }
        advance()
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try take { try $0.decode(type) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keys: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try take { try JSONDecoding(value: $0).container(keyedBy: keys) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try take { try JSONDecoding(value: $0).unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try take { JSONDecoding(value: $0) }
    }

    private func current() throws -> JSONValue {
        if let next { return next }
        throw DecodingError.valueNotFound(
            Any.self,
            .init(
                codingPath: codingPath,
                debugDescription: "\(array.pointer): there are only \(currentIndex) elements."
            )
        )
    }

    private mutating func take<T>(_ decode: (JSONValue) throws -> T) throws -> T {
        let result = try decode(current())
        advance()
        return result
    }

    private mutating func advance() {
        next = elements.next()
        currentIndex += 1
    }

    mutating func decode(_: Bool.Type) throws -> Bool {
        try take { try $0.decodeBool() }
    }

    mutating func decode(_: String.Type) throws -> String {
        try take { try $0.decodeString() }
    }

    mutating func decode(_: Double.Type) throws -> Double {
        try take { try $0.decodeDouble() }
    }

    mutating func decode(_: Float.Type) throws -> Float {
        try take { try $0.decodeFloat() }
    }

    mutating func decode(_: Int8.Type) throws -> Int8 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: Int16.Type) throws -> Int16 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: Int32.Type) throws -> Int32 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: Int64.Type) throws -> Int64 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: Int.Type) throws -> Int {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: UInt8.Type) throws -> UInt8 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: UInt16.Type) throws -> UInt16 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: UInt32.Type) throws -> UInt32 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: UInt64.Type) throws -> UInt64 {
        try take { try $0.decodeInteger() }
    }

    mutating func decode(_: UInt.Type) throws -> UInt {
        try take { try $0.decodeInteger() }
    }
}
