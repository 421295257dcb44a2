import Foundation
import Testing

/// What becomes of a JSON message if one value of it is wrong.
enum SpoiltJSON {
    struct Source: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }
    }

    /// Each value taken away, and with each of the others in its place; each object with a member too many.
    static func all(of source: Source) throws -> [(name: String, text: String)] {
        let whole = try JSONTree(parsing: source.text)
        let places = pointers(in: whole)
        var spoilt: [(name: String, text: String)] = []
        func spoil(_ name: String, _ pointer: String, with value: JSONTree?) throws {
            var tree = whole
            tree.put(value, at: pointer)
            spoilt.append((name, try tree.text))
        }
        for pointer in places {
            try spoil("\(pointer) absent", pointer, with: nil)
            for value in values { try spoil("\(pointer) as \(try value.text.prefix(40))", pointer, with: value) }
        }
        for pointer in [""] + places where whole.at(pointer)?.isObject == true {
            try spoil("\(pointer) with a colour", pointer + "/colour", with: .string("red"))
        }
        return spoilt
    }

    /// Of every value but the root.
    private static func pointers(in tree: JSONTree, at pointer: String = "") -> [String] {
        steps(in: tree).flatMap { step in
            let below = "\(pointer)/\(step)"
            return [below] + (tree.at(step).map { pointers(in: $0, at: below) } ?? [])
        }
    }

    private static func steps(in tree: JSONTree) -> [String] {
        switch tree {
        case .object(let members): members.keys.sorted()
        case .array(let elements): elements.indices.map(String.init)
        case .null, .bool, .integer, .decimal, .string: []
        }
    }

    private static let values: [JSONTree] = [
        .null, .bool(true), .integer(0), .integer(-1), .decimal(1.5), .integer(.max), .string(""), .string(" "),
        .string("x"), .string(String(repeating: "é", count: 2_000)), .string("2026-02-30"),
        .string("2026-03-09T08:00:00Z"), .string("12026-03-09T08:00:00Z"), .string("1"), .array([]), .object([:]),
        .array([.integer(1)]),
    ]
}

extension JSONTree {
    fileprivate var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
