import Domain
import Engine
import Formats

/// What a peer answered to a ticket message, read from its bytes alone (G-144, T-075, T-076).
struct TicketReply: Equatable {
    enum Content: Equatable {
        /// The element that answers, by its name, and what it is about.
        case receipt(name: String)
        case fault(SOAPFault)
    }

    var content: Content
    /// In whatever spelling: `400`, `0400`, `400.0`, `400 Bad Request`.
    var responseCode: Int?
    /// There is a code that cannot be read.
    var oddCode: String?
    var errorMessage: String?
    var messageID: String?
    var buyerReference: String?

    /// - Throws: for bytes that are no XML.
    init(_ bytes: [UInt8]) throws(MalformedXML) {
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
        let words = text.plainWords(OutboundResponse.wordsMax)
        return words.isEmpty ? nil : words
    }

    /// The number at the beginning, if it is the whole or followed by something that is no digit.
    static func number(_ text: String) -> Int? {
        let digits = text.drop { $0 == "+" || $0 == " " }.prefix { ("0"..."9").contains($0) }
        return digits.utf8.count <= 6 ? Int(digits) : nil
    }

    /// Whether it says that our XML is broken: then the same bytes are no better the next time (X-12).
    var saysBrokenXML: Bool { errorMessage?.lowercased().contains("broken xml") == true }
}

extension TicketReply {
    /// What our own message expects of its answer.
    struct Expectation {
        /// The answer's root: of the operation.
        let roots: Set<String>
        let messageID: String?
        let buyerReference: String?

        /// Of a buyer's acknowledgement. The published samples close it by the name of another operation's (X-04), so some write
        /// that one.
        static func notification(messageID: String?, buyerReference: String? = nil) -> Expectation {
            Expectation(
                roots: [acknowledgement, "receivedRequestFaultReportUpdate"],
                messageID: messageID,
                buyerReference: buyerReference
            )
        }

        static let acknowledgement = "receivedNotifyFaultReportUpdate"
    }

    /// Judges an answer, here and nowhere else, by its status (G-078) and by what it says (G-144).
    ///
    /// - A receipt of the operation decides by its code, at 2xx and at 500: 2xx is taken, 4xx refused, any other tried again, but
    ///   for broken XML (X-12).
    /// - A fault decides by its code: the server's is tried again, any other refused.
    /// - An empty body is judged by its status. HTML, another root, what is no XML: at 2xx tried again, for it says nothing.
    /// - An acknowledgement whose first tag is right and whose XML is broken counts as delivered (X-04), unless its code refuses.
    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        expecting expected: Expectation,
        reply: Telling? = nil,
        refusal: (String) -> Telling? = { _ in nil }
    ) -> (Outcome, warnings: [String]) {
        let byStatus = Outcome(judging: result, reply: reply)
        func refused(_ reason: String) -> Outcome { .refused(reason: reason, reply: refusal(reason)) }
        guard case .success(let response) = result else { return (byStatus, []) }
        let isSuccess = (200..<300).contains(response.status)
        let decides = isSuccess || response.status == 500
        guard response.unreadable == nil, response.body.contains(where: { $0 > 0x20 }) else {
            if isSuccess, response.unreadable != nil { return (.retry(reason: response.nature), []) }
            return (byStatus, isSuccess && response.status == 200 ? ["the answer is empty"] : [])
        }
        guard let said = try? TicketReply(response.body) else {
            guard isSuccess else { return (turnedAway(byStatus, refused), []) }
            guard begins(response.body, with: Expectation.acknowledgement),
                expected.roots.contains(Expectation.acknowledgement)
            else { return (.retry(reason: "\(response.nature), and no acknowledgement"), []) }
            if let code = looseCode(in: response.body), !(200..<300).contains(code) {
                return (refused("response code \(code), in an acknowledgement that is no XML (X-04)"), [])
            }
            return (byStatus, ["the acknowledgement is no XML: it counts as delivered (X-04)"])
        }
        let warnings = said.strangeness(expected)
        switch said.content {
        case .fault(let fault) where decides:
            let reason = said.errorMessage ?? "a SOAP fault without words"
            let isTheirs = fault.code == .server && !(said.responseCode.map { (400..<500).contains($0) } ?? false)
            return (isTheirs && !said.saysBrokenXML ? .retry(reason: reason) : refused(reason), warnings)
        case .receipt(let name) where decides && expected.roots.contains(name):
            return (said.outcome(isSuccess, byStatus, refused), warnings)
        case .receipt(let name) where isSuccess:
            let what = response.isHTML ? response.nature : "the answer is <\(name.plainWords(60))>, no acknowledgement"
            return (.retry(reason: what), warnings)
        case .receipt, .fault:
            if case .refused = byStatus {
                return (
                    refused(said.errorMessage.map { "answered \(response.status): \($0)" } ?? response.reason), warnings
                )
            }
            return (byStatus, warnings)
        }
    }

    /// By the code of a receipt of the operation; without one by the status.
    private func outcome(_ isSuccess: Bool, _ byStatus: Outcome, _ refused: (String) -> Outcome) -> Outcome {
        guard let responseCode else {
            if let oddCode { return .retry(reason: "response code \(oddCode), which says nothing") }
            if isSuccess, let errorMessage { return refused(errorMessage) }
            return saysBrokenXML ? refused(errorMessage ?? "broken XML") : byStatus
        }
        let reason = errorMessage ?? "response code \(responseCode) without a reason"
        switch responseCode {
        case 200..<300: return byStatus
        case 408, 425, 429: return .retry(reason: reason)
        case 400..<500: return refused(reason)
        case _: return saysBrokenXML ? refused(reason) : .retry(reason: reason)
        }
    }

    private static func turnedAway(_ byStatus: Outcome, _ refused: (String) -> Outcome) -> Outcome {
        guard case .refused(let reason, _) = byStatus else { return byStatus }
        return refused(reason)
    }

    /// An answer to another message: its verdict counts, for it came on our connection; nothing else is taken over.
    private func strangeness(_ expected: Expectation) -> [String] {
        var strange: [String] = []
        if let messageID, let ours = expected.messageID, messageID != ours {
            strange.append("messageId \(messageID.plainWords(60))")
        }
        if let buyerReference, let ours = expected.buyerReference, buyerReference != ours {
            strange.append("buyerFaultReference \(buyerReference.plainWords(60))")
        }
        return strange.isEmpty ? [] : ["the answer is to another message (\(strange.joined(separator: ", ")))"]
    }

    /// Whether the first tag is of that name, in an envelope or without, whatever its prefix.
    private static func begins(_ body: [UInt8], with name: String) -> Bool {
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
    private static func looseCode(in body: [UInt8]) -> Int? {
        let text = String(decoding: body.prefix(65_536), as: UTF8.self)
        guard let tag = text.firstRange(of: "responseCode") else { return nil }
        guard let start = text[tag.upperBound...].firstIndex(of: ">") else { return nil }
        return number(String(text[text.index(after: start)...].drop { $0.isWhitespace }.prefix(8)))
    }
}
