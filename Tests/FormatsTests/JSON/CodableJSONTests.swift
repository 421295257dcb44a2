import Formats
import Foundation
import Testing

@Suite struct CodableJSONTests {
    private enum State: Codable, Equatable {
        case submitted
        case accepted(reference: String)
        case committed(reference: String, due: Date, note: String?)
        indirect case wrapped(inner: State)
    }

    private enum Kind: String, Codable, CodingKeyRepresentable { case alpha, beta }

    private struct Key: Codable, Hashable {
        var a: Int
        var b: String
    }

    private struct Everything: Codable, Equatable {
        var state = State.committed(reference: "R\"1", due: Timestamp.date(milliseconds: 1_772_357_400_123), note: nil)
        var states: [State] = [.submitted, .accepted(reference: "é"), .wrapped(inner: .wrapped(inner: .submitted))]
        var nested = [[1, 2], [], [3]]
        var holes: [Int?] = [1, nil, 3]
        var absent: String?
        var present: String? = "here"
        var counts: [String: Int] = ["z": 1, "a": 2, "m": 3]
        var byKind: [Kind: [Int]] = [.beta: [2], .alpha: [1]]
        var byNumber: [Int: String] = [10: "ten", 9: "nine"]
        var byStruct: [Key: Bool] = [Key(a: 2, b: "y"): true, Key(a: 1, b: "x"): false]
        var tags: Set<String> = ["q", "p"]
        var bytes = Data([0, 1, 254, 255])
        var numbers = Numbers()
        var dates: [Date] = [Timestamp.date(milliseconds: -1), Timestamp.date(milliseconds: 0)]
        var id = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
    }

    private struct Numbers: Codable, Equatable {
        var a = Int8.min, b = Int16.max, c = Int32.min, d = Int64.max, e = UInt8.max, f = UInt16.max
        var g = UInt32.max, h = UInt64.max, i = UInt.max, j = 0.1, k = Float(0.1), l = true, m = -0.0
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CodableJSONEncoder().encode(value), as: UTF8.self)
    }

    @Test func `everything that Swift encodes by itself comes back`() throws {
        let bytes = try CodableJSONEncoder().encode(Everything())

        #expect(try CodableJSONDecoder().decode(Everything.self, from: bytes) == Everything())
    }

    @Test func `the bytes are these, and always the same`() throws {
        let golden = """
            {"state":{"committed":{"reference":"R\\"1","due":1772357400123}},\
            "states":[{"submitted":{}},{"accepted":{"reference":"é"}},{"wrapped":{"inner":{"wrapped":{"inner":{"submitted":{}}}}}}],\
            "nested":[[1,2],[],[3]],"holes":[1,null,3],"present":"here","counts":{"a":2,"m":3,"z":1},\
            "byKind":{"alpha":[1],"beta":[2]},"byNumber":{"10":"ten","9":"nine"},\
            "byStruct":[{"a":1,"b":"x"},false,{"a":2,"b":"y"},true],"tags":["p","q"],"bytes":"AAH+/w==",\
            "numbers":{"a":-128,"b":32767,"c":-2147483648,"d":9223372036854775807,"e":255,"f":65535,"g":4294967295,\
            "h":18446744073709551615,"i":18446744073709551615,"j":0.1,"k":0.1,"l":true,"m":-0.0},\
            "dates":[-1,0],"id":"01020304-0506-0708-090A-0B0C0D0E0F10"}
            """
        for _ in 0..<20 { #expect(try text(Everything()) == golden) }
    }

    @Test func `Foundation reads what we write, and we read what Foundation writes`() throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .millisecondsSince1970
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970

        let ours = try CodableJSONEncoder().encode(Everything())
        let theirs = Array(try encoder.encode(Everything()))

        #expect(try decoder.decode(Everything.self, from: Data(ours)) == Everything())
        #expect(try CodableJSONDecoder().decode(Everything.self, from: theirs) == Everything())
    }

    @Test func `values that are no object can be the root`() throws {
        #expect(try text(7) == "7")
        #expect(try text("x") == #""x""#)
        #expect(try text([Int]()) == "[]")
        #expect(try text(["b": 1, "a": 2]) == #"{"a":2,"b":1}"#)
        #expect(try text(Int?.none) == "null")
        #expect(try CodableJSONDecoder().decode(Int?.self, from: Array("null".utf8)) == nil)
        #expect(try CodableJSONDecoder().decode([Double].self, from: Array("[1,2.5]".utf8)) == [1, 2.5])
    }

    @Test func `unknown keys are ignored`() throws {
        let bytes = Array(#"{"new":{"x":[1]},"a":1,"b":"x"}"#.utf8)

        #expect(try CodableJSONDecoder().decode(Key.self, from: bytes) == Key(a: 1, b: "x"))
    }

    private class Animal: Codable {
        var name = "rex"
    }

    private final class Dog: Animal {
        var legs = 4
        private enum CodingKeys: CodingKey { case legs }

        override init() { super.init() }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try super.init(from: container.superDecoder())
            legs = try container.decode(Int.self, forKey: .legs)
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try super.encode(to: container.superEncoder())
            try container.encode(legs, forKey: .legs)
        }
    }

    @Test func `a subclass encodes and decodes its superclass`() throws {
        let dog = Dog()
        dog.name = "fido"
        dog.legs = 3

        let bytes = try CodableJSONEncoder().encode(dog)
        let again = try CodableJSONDecoder().decode(Dog.self, from: bytes)

        #expect(String(decoding: bytes, as: UTF8.self) == #"{"super":{"name":"fido"},"legs":3}"#)
        #expect(again.name == "fido")
        #expect(again.legs == 3)
    }

    /// The idiom of a tag beside the members of the thing tagged: one object from two containers.
    private struct Tagged: Encodable {
        struct Payload: Encodable { var x = 1 }
        enum CodingKeys: CodingKey { case kind, manual, list, after }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("payload", forKey: .kind)
            try Payload().encode(to: encoder)
            var manual = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .manual)
            try manual.encode(1, forKey: .kind)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encodeNil()
            _ = list.nestedContainer(keyedBy: CodingKeys.self)
            try list.encode(contentsOf: [1, 2])
            _ = container.superEncoder()
            try container.encode(true, forKey: .after)
        }
    }

    @Test func `nested containers and containers asked for twice make one well-formed object`() throws {
        #expect(
            try text(Tagged())
                == #"{"kind":"payload","x":1,"manual":{"kind":1},"list":[null,{},1,2],"super":{},"after":true}"#
        )
    }

    private struct Interleaving: Encodable {
        enum CodingKeys: CodingKey { case a, b }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            var nested = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .a)
            try container.encode(1, forKey: .b)
            try nested.encode(2, forKey: .a)
        }
    }

    private struct Twice: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(1)
            try container.encode(2)
        }
    }

    @Test func `what cannot be written to one buffer in order is an error, not broken bytes`() {
        #expect(throws: EncodingError.self) { try text(Interleaving()) }
        #expect(throws: EncodingError.self) { try text(Twice()) }
        #expect(throws: EncodingError.self) { try text([1.0, .nan]) }
    }

    @Test(arguments: [
        (#"{"a":"1","b":"x"}"#, ["a"]), (#"{"a":1}"#, []), (#"{"a":1,"b":null}"#, ["b"]),
        (#"{"a":1.5,"b":"x"}"#, ["a"]),
        (#"{"a":9223372036854775808,"b":"x"}"#, ["a"]), ("[]", []),
    ])
    func `a value that does not fit is an error with its path`(json: String, path: [String]) throws {
        let error = #expect(throws: DecodingError.self) {
            try CodableJSONDecoder().decode(Key.self, from: Array(json.utf8))
        }

        #expect(error?.path == path)
    }

    @Test func `broken bytes are malformed JSON`() {
        #expect(throws: MalformedJSON.self) { try CodableJSONDecoder().decode(Key.self, from: Array("{".utf8)) }
    }
}

extension DecodingError {
    fileprivate var path: [String] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath.map(\.stringValue)
        @unknown default: ["?"]
        }
    }
}
