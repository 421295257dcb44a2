/// The number of one entity of one kind: an order's number cannot be passed where a job's is wanted.
///
/// Numbers are drawn outside `Domain` (a block of a counter at a time), unique per kind, and never reused.
package struct ID<Entity>: Hashable, Comparable, Sendable {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension ID: CustomStringConvertible {
    package var description: String { String(number) }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension ID {
    /// A number as a path or a body spells it: `[1-9][0-9]{0,15}` and nothing else.
    package init?(text: some StringProtocol) {
        let digits = text.utf8
        guard let first = digits.first, first >= 0x31, digits.count <= 16 else { return nil }
        var number: Int64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - 0x30)
        }
        self.init(number)
    }
}
