/// A value that is one token, or another value.
struct JSONSingleDecoding: SingleValueDecodingContainer {
    let value: JSONValue

    var codingPath: [any CodingKey] { value.codingPath }

    func decodeNil() -> Bool { value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try value.decode(type)
    }

    func decode(_: Bool.Type) throws -> Bool {
        try value.decodeBool()
    }

    func decode(_: String.Type) throws -> String {
        try value.decodeString()
    }

    func decode(_: Double.Type) throws -> Double {
        try value.decodeDouble()
    }

    func decode(_: Float.Type) throws -> Float {
        try value.decodeFloat()
    }

    func decode(_: Int8.Type) throws -> Int8 {
        try value.decodeInteger()
    }

    func decode(_: Int16.Type) throws -> Int16 {
        try value.decodeInteger()
    }

    func decode(_: Int32.Type) throws -> Int32 {
        try value.decodeInteger()
    }

    func decode(_: Int64.Type) throws -> Int64 {
        try value.decodeInteger()
    }

    func decode(_: Int.Type) throws -> Int {
        try value.decodeInteger()
    }

    func decode(_: UInt8.Type) throws -> UInt8 {
        try value.decodeInteger()
    }

    func decode(_: UInt16.Type) throws -> UInt16 {
        try value.decodeInteger()
    }

    func decode(_: UInt32.Type) throws -> UInt32 {
        try value.decodeInteger()
    }

    func decode(_: UInt64.Type) throws -> UInt64 {
        try value.decodeInteger()
    }

    func decode(_: UInt.Type) throws -> UInt {
        try value.decodeInteger()
    }
}
