import Formats
import Testing

/// When two JSON texts say the same.
@Suite struct CanonicalJSONTests {
    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{ "b" : 2, "a" : 1 }"#),
        (#"{"o":{"x":[{"p":1,"q":2}],"y":null}}"#, "{\"o\":\n{\"y\":null,\"x\":[{\"q\":2,\"p\":1}]}}"),
        (#"{"a":"\u0041\/é"}"#, #"{"a":"A/\u00e9"}"#),
        (#"{"unknown":true,"a":[]}"#, #"{"a":[],"unknown":true}"#),
        (#"{"a":[1.50,-2,{"b":"7.5","c":1e3}]}"#, #"{"a":[1.50,-2,{"c":1e3,"b":"7.5"}]}"#),
        (#"{"\"1":1.5,"b":2.5}"#, #"{"b":2.5,"\u00221":1.5}"#),
    ])
    func `members in any order, other space and other escapes are the same`(left: String, right: String) throws {
        #expect(try canonical(left) == canonical(right))
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1.0}"#), (#"{"a":1.0}"#, #"{"a":1.00}"#), (#"{"a":1e0}"#, #"{"a":1E0}"#),
        (#"{"a":0.1}"#, #"{"a":0.10000000000000001}"#), (#"{"a":1}"#, #"{"a":"1"}"#), (#"{"a":null}"#, "{}"),
        (#"{"a":[1,2]}"#, #"{"a":[2,1]}"#), (#"{"a":[12]}"#, #"{"a":[1,2]}"#), (#"{"a":{"b":1}}"#, #"{"a":{},"b":1}"#),
        (#"["ab","c"]"#, #"["a","bc"]"#), (#"{"é":1}"#, "{\"e\u{301}\":1}"), (#""K""#, "\"\u{212A}\""),
        (#"{"a":true}"#, #"{"a":false}"#), (#"[[],[]]"#, #"[[[]]]"#), (#"{"a":18446744073709551615}"#, #"{"a":-1}"#),
    ])
    func `another value, another text of a number, another order of elements is another`(
        left: String,
        right: String
    ) throws {
        #expect(try canonical(left) != canonical(right))
    }

    @Test func `members of the attempt are left out, of the outermost object alone`() throws {
        let first = #"{"id":1,"sent":"10:00","content":{"id":5,"sent":"x"}}"#
        let repeated = #"{"id":2,"content":{"sent":"x","id":5},"sent":"10:05"}"#
        let other = #"{"id":2,"content":{"sent":"y","id":5},"sent":"10:05"}"#

        #expect(try canonical(first, without: ["id", "sent"]) == canonical(repeated, without: ["id", "sent"]))
        #expect(try canonical(first, without: ["id", "sent"]) != canonical(other, without: ["id", "sent"]))
        #expect(try canonical(first, without: ["sent"]) != canonical(repeated, without: ["sent"]))
    }

    @Test(arguments: [13, 24, 25, 60, 400])
    func `an object of many members has one spelling, however they are shuffled`(count: Int) throws {
        var generator = SeededGenerator(state: UInt64(count))
        let members = (0..<count).map { "\"k\($0)\":\($0).5" }

        let spellings = try (0..<20).map { _ in
            try canonical("{\(members.shuffled(using: &generator).joined(separator: ","))}")
        }

        #expect(Set(spellings).count == 1)
    }

    private func canonical(_ text: String, without omitted: [String] = []) throws -> [UInt8] {
        let bytes = Array(text.utf8)
        return CanonicalJSON.bytes(of: try JSONDocument(parsing: bytes), source: bytes, without: omitted)
    }
}

private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
