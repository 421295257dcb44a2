import Formats

/// What an answer says to a person. A status alone is no reason: the other side's words come with it, where it has any.
extension OutboundResponse {
    /// What a log line, a journal and a person bear.
    static let wordsMax = 500

    /// `answered 400: no capacity`
    package var reason: String { "answered \(status)" + (words.map { ": \($0)" } ?? " without a reason") }

    /// Its own words, on one line: from an error of JSON in any of the usual forms, from a page's title, from plain text.
    package var words: String? {
        guard unreadable == nil, body.contains(where: { $0 > 0x20 }) else { return nil }
        let said: String? =
            if let document = try? JSONDocument(parsingAnswer: body) {
                Self.words(of: document.root)
            } else if isHTML {
                Self.title(of: body)
            } else if body.first == UInt8(ascii: "<") {
                Self.elements(of: body)
            } else {
                String(validating: body.prefix(Self.wordsMax * 4), as: UTF8.self)
            }
        return said.map { $0.plainWords(Self.wordsMax) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What it is where an answer of a contract should be, for a person: `an HTML page`.
    package var nature: String {
        if let unreadable { return unreadable }
        guard body.contains(where: { $0 > 0x20 }) else { return "the answer is empty" }
        if isHTML {
            return "the answer is an HTML page" + (Self.title(of: body).map { ": \($0.plainWords(80))" } ?? "")
        }
        return "the answer cannot be read"
    }

    package var isHTML: Bool {
        let start = String(decoding: body.prefix(512), as: UTF8.self).lowercased()
        let isDeclared = self[header: "content-type"].flatMap { MediaType($0) }?.essence == "text/html"
        return Self.pageStarts.contains { start.hasPrefix($0) } || start.contains("<html")
            || isDeclared && start.hasPrefix("<") && !start.hasPrefix("<?xml")
    }

    private static let pageStarts = ["<!doctype html", "<html", "<head", "<body", "<title", "<h1", "<script"]

    // MARK: -

    private static func words(of value: JSONValue) -> String? {
        switch value.kind {
        case .string: return value.string
        case .array:
            let said = value.elements.prefix(10).compactMap { words(of: $0) }
            return said.isEmpty ? nil : said.joined(separator: " ")
        case .object: break
        case .null, .bool, .integer, .decimal: return nil
        }
        if let error = value["error"]?.string {
            let more = value["error_description"]?.string ?? value["message"]?.string
            return more.map { "\(error): \($0)" } ?? error
        }
        let members = [
            "messages", "message", "detail", "title", "errorMessage", "error", "errors", "fault", "faultstring",
            "reason", "description", "text",
        ]
        return members.lazy.compactMap { value[$0] }.compactMap { words(of: $0) }.first { !$0.isEmpty }
    }

    /// Of a page, without a parser: it is only for a person to see what came.
    private static func title(of body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(8_192), as: UTF8.self)
        for (start, end) in [("<title>", "</title>"), ("<h1>", "</h1>")] {
            guard let from = text.firstRange(of: start)?.upperBound,
                let to = text[from...].firstRange(of: end)?.lowerBound
            else { continue }
            return String(text[from..<to])
        }
        return nil
    }

    /// Of XML: a fault's words, or a receipt's.
    private static func elements(of body: [UInt8]) -> String? {
        guard let document = try? XMLDocument(parsing: body) else { return nil }
        let element = (try? SOAPEnvelope.open(document).body) ?? document.root
        return SOAPFault(element)?.text ?? element.text(of: "errorMessage") ?? element.text(of: "message")
    }
}
