/// How an installation partner speaks the contract, where the contract leaves room (G-120, G-124, G-132, X-34).
package struct InstallationProfile: Codable, Equatable, Sendable {
    package enum Acknowledgement: String, Codable, CaseIterable, Sendable {
        /// `{}`, as published (I-009).
        case empty
        /// `{"jsonrpc": "2.0", "id": …, "result": {}}`.
        case jsonrpc
    }

    /// What we answer when we have taken a message.
    package var acknowledgement: Acknowledgement
    /// Refuse what is else forgiven with a warning: offsets without a colon, `Closure`, files without a
    /// type, fields that nobody knows, answers that don't fit the question matrix (G-134).
    package var isStrict: Bool
    /// Every primary closure code that has secondary codes needs one, not CON and POP alone.
    package var requiresSecondary: Bool
    /// What this partner's devices have as FSAN; `nil`: as G-124 has it.
    package var fsan: FSANPattern?
    /// Its messages go to the endpoint as it is, the method being in the body; `nil`: no, to `/{method}` below it (G-120).
    package var takesMethodInBody: Bool?
    /// It numbers its messages anew on each connection: a message is known by method, reference and content, not by its
    /// `id`. `nil`: no.
    package var numbersPerConnection: Bool?

    package init(
        acknowledgement: Acknowledgement = .empty,
        isStrict: Bool = false,
        requiresSecondary: Bool = false,
        fsan: FSANPattern? = nil,
        takesMethodInBody: Bool? = nil,
        numbersPerConnection: Bool? = nil
    ) {
        self.acknowledgement = acknowledgement
        self.isStrict = isStrict
        self.requiresSecondary = requiresSecondary
        self.fsan = fsan
        self.takesMethodInBody = takesMethodInBody
        self.numbersPerConnection = numbersPerConnection
    }

    /// As the contract is written.
    package static let published = InstallationProfile()
}

/// What an FSAN must look like: classes of ASCII characters, each so many times, such as `^[A-Z]{4}[0-9A-F]{8}$`.
///
/// No regular expression: there is nothing to go back over, so no pattern and no FSAN takes long.
package struct FSANPattern: Codable, Equatable, Sendable, CustomStringConvertible {
    private struct Part: Equatable {
        let members: Set<UInt8>
        let count: Int
    }

    package let description: String
    private let parts: [Part]

    /// G-124.
    package static let published = FSANPattern(
        description: "^[A-Z]{4}[0-9A-F]{8}$",
        parts: [
            Part(members: Set(0x41...0x5A), count: 4),
            Part(members: Set(0x30...0x39).union(0x41...0x46), count: 8),
        ]
    )

    private init(description: String, parts: [Part]) {
        self.description = description
        self.parts = parts
    }

    /// Reads classes `[A-Z0-9-]` and single characters, each with or without `{n}`; with or without `^` and `$`.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "^") { rest.removeFirst() }
        if rest.last == UInt8(ascii: "$") { rest.removeLast() }
        var parts: [Part] = []
        while let first = rest.popFirst() {
            let members: Set<UInt8>
            if first == UInt8(ascii: "[") {
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")), let read = Self.members(rest[..<end]) else {
                    return nil
                }
                members = read
                rest = rest[(end + 1)...]
            } else {
                guard Self.isLetterOrDigit(first) || first == UInt8(ascii: "-") else { return nil }
                members = [first]
            }
            guard let count = Self.count(&rest) else { return nil }
            parts.append(Part(members: members, count: count))
        }
        // An FSAN has 64 characters at most, so what asks for more never matches.
        guard !parts.isEmpty, parts.reduce(0, { $0 + $1.count }) <= 64 else { return nil }
        self.init(description: text, parts: parts)
    }

    package func matches(_ fsan: String) -> Bool {
        var rest = Array(fsan.utf8)[...]
        for part in parts {
            guard rest.count >= part.count, rest.prefix(part.count).allSatisfy(part.members.contains) else {
                return false
            }
            rest = rest.dropFirst(part.count)
        }
        return rest.isEmpty
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let pattern = FSANPattern(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no pattern of an FSAN: \(text)")
        }
        self = pattern
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func members(_ text: ArraySlice<UInt8>) -> Set<UInt8>? {
        var members: Set<UInt8> = []
        var rest = text
        while let first = rest.popFirst() {
            guard isLetterOrDigit(first) || first == UInt8(ascii: "-") else { return nil }
            if rest.count >= 2, rest.first == UInt8(ascii: "-") {
                rest.removeFirst()
                guard let last = rest.popFirst(), isLetterOrDigit(last), first <= last else { return nil }
                members.formUnion(first...last)
            } else {
                members.insert(first)
            }
        }
        return members.isEmpty ? nil : members
    }

    /// `{n}`, or once.
    private static func count(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: "{") else { return 1 }
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let digits = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        rest = rest[(end + 1)...]
        guard let count = Int(digits), (1...64).contains(count) else { return nil }
        return count
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
