/// What a peer answered to a SOAP message of ours, read from its bytes alone (G-144, T-075, T-076).
package struct SOAPReply: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// The element that answers, by its name.
        case receipt(name: String)
        case fault(SOAPFault)
    }

    package var content: Content
    /// In whatever spelling: `400`, `0400`, `400.0`, `400 Bad Request`.
    package var responseCode: Int?
    /// There is a code that cannot be read.
    package var oddCode: String?
    package var errorMessage: String?
    package var messageID: String?
    package var buyerReference: String?

    /// What a log line, a journal and a person bear of an error message.
    package static let wordsMax = 500

    /// - Throws: for bytes that are no XML.
    package init(_ bytes: [UInt8]) throws(MalformedXML) {
        let document = try XMLDocument(parsing: bytes)
        let element = (try? SOAPEnvelope.open(document).body) ?? document.root
        guard let fault = SOAPFault(element) else {
            content = .receipt(name: element.name)
            read(element)
            return
        }
        content = .fault(fault)
        // A fault of ours and of some stacks has the receipt in its detail.
        if let receipt = element.first("detail")?.children.first(where: { $0.first("responseCode") != nil }) {
            read(receipt)
        }
        let problems = fault.validationErrors.map(\.message)
        errorMessage = errorMessage ?? Self.words(([fault.text] + problems).joined(separator: " "))
    }

    private mutating func read(_ element: XMLElement) {
        let code = element.text(of: "responseCode")
        responseCode = code.flatMap(Self.number)
        oddCode = responseCode == nil ? code.flatMap { $0.isEmpty ? nil : $0.plainWords(40) } : nil
        errorMessage = element.text(of: "errorMessage").flatMap(Self.words)
        messageID = element.text(of: "messageId").flatMap { $0.isEmpty ? nil : $0 }
        buyerReference = element.text(of: "buyerFaultReference").flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func words(_ text: String) -> String? {
        let words = text.plainWords(wordsMax)
        return words.isEmpty ? nil : words
    }

    /// The number at the beginning, if it is the whole or followed by something that is no digit.
    private static func number(_ text: String) -> Int? {
        let digits = text.drop { $0 == "+" || $0 == " " }.prefix { ("0"..."9").contains($0) }
        return digits.utf8.count <= 6 ? Int(digits) : nil
    }

    /// Whether it says that our XML is broken: then the same bytes are no better the next time.
    package var saysBrokenXML: Bool { errorMessage?.lowercased().contains("broken xml") == true }

    // MARK: What is no XML

    /// Whether the first tag is of that name, in an envelope or without, whatever its prefix.
    package static func begins(_ body: [UInt8], with name: String) -> Bool {
        let text = String(decoding: body.prefix(4_096), as: UTF8.self)
        var names: [Substring] = []
        for tag in text.split(separator: "<", maxSplits: 8).prefix(8) where !tag.hasPrefix("?") && !tag.hasPrefix("!") {
            let tagName = tag.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
            names.append(tagName.split(separator: ":").last ?? tagName)
        }
        let content = names.drop { ["Envelope", "Header", "Body", ""].contains($0) }
        return content.first.map { $0 == name } ?? false
    }

    /// A response code in bytes that are no XML.
    package static func looseCode(in body: [UInt8]) -> Int? {
        let text = String(decoding: body.prefix(65_536), as: UTF8.self)
        guard let tag = text.firstRange(of: "responseCode") else { return nil }
        guard let start = text[tag.upperBound...].firstIndex(of: ">") else { return nil }
        return number(String(text[text.index(after: start)...].drop { $0.isWhitespace }.prefix(8)))
    }
}
