/// An amount of pounds, in whole pence: never a floating-point number, in which a penny has no exact place.
package struct Money: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    package let pence: Int64

    /// Nothing that is quoted costs more than a thousand million pounds.
    package static let penceMax: Int64 = 100_000_000_000

    package init(pence: Int64) { self.pence = pence }

    /// `149.99`, `-5.00`; as contracts write it.
    package var description: String {
        let (pounds, rest) = pence.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(pence < 0 ? "-" : "")\(pounds).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Reads digits with at most two decimals: `150`, `149.9`, `149.99`; nothing else.
    package init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...10).contains(whole.utf8.count), Self.isNumber(whole),
            let pounds = Int64(whole)
        else { return nil }
        var rest: Int64 = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].utf8.count), Self.isNumber(parts[1]), let read = Int64(parts[1]) else {
                return nil
            }
            rest = parts[1].utf8.count == 1 ? read * 10 : read
        }
        let sum = pounds * 100 + rest
        guard sum <= Self.penceMax else { return nil }
        pence = text.hasPrefix("-") ? -sum : sum
    }

    package static func < (left: Self, right: Self) -> Bool { left.pence < right.pence }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    package init(from decoder: any Decoder) throws { pence = try decoder.singleValueContainer().decode(Int64.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(pence)
    }
}
