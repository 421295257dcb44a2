/// The kinds of file that a ticket takes: what an engineer needs to see, and nothing that a desk's computer would run.
///
/// Told by the name's ending; the bytes must then be of that kind.
package enum AttachmentKind: String, CaseIterable, Sendable {
    case jpeg, png, pdf, text, csv

    /// Of a file's name, without directories (T-066).
    static let nameCharactersMax = 255

    package var endings: [String] {
        switch self {
        case .jpeg: [".jpg", ".jpeg"]
        case .png: [".png"]
        case .pdf: [".pdf"]
        case .text: [".txt", ".log"]
        case .csv: [".csv"]
        }
    }

    package var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .pdf: "application/pdf"
        case .text: "text/plain"
        case .csv: "text/csv"
        }
    }

    /// The kind that a name promises; `nil` for a name that isn't taken.
    package static func of(_ name: String) -> AttachmentKind? {
        guard problem(with: name) == nil else { return nil }
        let name = name.lowercased()
        return allCases.first { $0.endings.contains { name.hasSuffix($0) } }
    }

    /// What is wrong with a name, in words; `nil` if nothing is.
    package static func problem(with name: String) -> String? {
        let scalars = name.unicodeScalars
        guard (1...nameCharactersMax).contains(scalars.count) else {
            return "a file's name has 1 to \(nameCharactersMax) characters"
        }
        let isPlain = scalars.allSatisfy { scalar in
            !scalar.properties.isDefaultIgnorableCodePoint && scalar.value >= 0x20 && scalar.value != 0x7F
                && !["/", "\\", ":"].contains(scalar)
        }
        guard isPlain, scalars.first != "." else {
            return "a file's name has no directory, no control character and no dot at its beginning"
        }
        let lowered = name.lowercased()
        let endings = allCases.flatMap(\.endings)
        guard endings.contains(where: { lowered.hasSuffix($0) && lowered.count > $0.count }) else {
            return "a file's name ends in \(endings.joined(separator: ", "))"
        }
        return nil
    }

    /// Whether a file can be of this kind, from its first bytes.
    ///
    /// - Parameter head: the first ``headBytes``, or all if there are fewer.
    package func matches(_ head: [UInt8]) -> Bool {
        switch self {
        case .jpeg: head.starts(with: [0xFF, 0xD8, 0xFF])
        case .png: head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case .pdf: head.starts(with: Array("%PDF-".utf8))
        // No text has these; every program and archive has them early.
        case .text, .csv: !head.contains { $0 < 0x09 || (0x0E..<0x20).contains($0) && $0 != 0x1B }
        }
    }

    /// Enough to tell every kind.
    package static let headBytes = 512
}
