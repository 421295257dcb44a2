import Domain
import Formats
import FoundationEssentials
import Storage
import Synchronization
import Testing

/// A part that is encoded once is spelt as it always was, and spelt anew once it changes.
@Suite struct EncodedOnceTests {
    struct Part: Codable, Equatable, Sendable {
        var name: String
        var number: Int
    }

    /// Knows how often it was encoded.
    struct Counted: Codable, Equatable, Sendable {
        static let encodings = Mutex(0)

        init() {}
        init(from decoder: any Decoder) throws {}

        func encode(to encoder: any Encoder) throws {
            Self.encodings.withLock { $0 += 1 }
            _ = encoder.unkeyedContainer()
        }
    }

    struct Whole: Codable, Equatable, Sendable {
        var before = 1
        @EncodedOnce var part: Part
        var after: [EncodedOnce<Part>] = []
        var last: String? = "z"
    }

    struct Plain: Codable, Equatable, Sendable {
        var before = 1
        var part: Part
        var after: [Part] = []
        var last: String? = "z"
    }

    @Test func `it is spelt as without, the first time and the next`() throws {
        let part = Part(name: "a \"b\"", number: 7)
        let plain = try StoredJSON.encode(Plain(part: part, after: [part, part]))
        let whole = Whole(part: part, after: [EncodedOnce(wrappedValue: part), EncodedOnce(wrappedValue: part)])

        #expect(try StoredJSON.encode(whole) == plain)
        #expect(try StoredJSON.encode(whole) == plain)
        #expect(try StoredJSON.decode(Whole.self, from: plain, name: "whole") == whole)
    }

    @Test func `a change of it is spelt, in the copy that was changed`() throws {
        let first = Whole(part: Part(name: "a", number: 1))
        let spelt = try StoredJSON.encode(first)
        var second = first
        second.part.number = 2

        let expected = Plain(part: Part(name: "a", number: 2))
        #expect(try StoredJSON.encode(second) == StoredJSON.encode(expected))
        #expect(try StoredJSON.encode(first) == spelt)
        #expect(first != second)
    }

    @Test func `another encoder writes it too`() throws {
        let whole = Whole(part: Part(name: "a", number: 1))
        _ = try StoredJSON.encode(whole)

        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(whole), as: UTF8.self)
        #expect(text == #"{"after":[],"before":1,"last":"z","part":{"name":"a","number":1}}"#)
    }

    @Test func `copies share what was encoded ahead`() throws {
        let part = EncodedOnce(wrappedValue: Counted())
        try StoredJSON.encodeAhead(part)

        #expect(try StoredJSON.encode([part, part]) == Array("[[],[]]".utf8))
        #expect(Counted.encodings.withLock { $0 } == 1)
    }
}
