/// A `Content-Type` (RFC 9110 §8.3.1): `multipart/related; boundary="a b"; start="<root>"`.
package struct MediaType: Equatable, Sendable {
    /// In lower case, without parameters: `text/xml`.
    package let essence: String
    /// By name in lower case; the first of each.
    package let parameters: [String: String]

    /// More is no parameter list of a message.
    private static let parametersMax = 20

    /// Lenient: what is no parameter is passed over. Nil where there is no type at all.
    package init?(_ text: String) {
        var pieces = Self.pieces(of: text)[...]
        guard let first = pieces.popFirst() else { return nil }
        essence = first.trimmedXMLSpace.lowercased()
        guard essence.contains("/") else { return nil }
        var parameters: [String: String] = [:]
        for piece in pieces.prefix(Self.parametersMax) {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = String(piece[..<equals]).trimmedXMLSpace.lowercased()
            let value = Self.unquoted(String(piece[piece.index(after: equals)...]).trimmedXMLSpace)
            if parameters[name] == nil { parameters[name] = value }
        }
        self.parameters = parameters
    }

    package subscript(parameter: String) -> String? { parameters[parameter] }

    /// Between semicolons, but for those in quotes.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        var isEscaped = false
        for character in text.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                pieces.append(piece)
                piece = ""
                continue
            }
            piece.unicodeScalars.append(character)
        }
        return pieces + [piece]
    }

    private static func unquoted(_ value: String) -> String {
        guard value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        var plain = ""
        var isEscaped = false
        for character in value.dropFirst().dropLast().unicodeScalars {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.unicodeScalars.append(character)
                isEscaped = false
            }
        }
        return plain
    }
}
