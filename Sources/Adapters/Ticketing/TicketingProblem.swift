import Domain
import FoundationEssentials
import Formats
import HTTPTypes
import Storage

/// Why a request is answered with something else than success: a status, and a message per field (T-076).
struct TicketingProblem: Error, Equatable {
    var status: Int
    /// Element name → what is wrong with it, in the order in which it was found.
    var messages: [(field: String, text: String)]
    /// For an appointment's SOAP Fault.
    var line = 0
    /// What SOAP itself answers with a fault of this code, in an envelope, whatever the operation (SOAP 1.1 §4.4.1).
    var faultCode: SOAPFault.Code?
    /// What the trouble is with. Only what is wrong with a message is told in the operation's own receipt to a SOAP stack.
    var subject = Subject.message
    /// Beside the body.
    var headers: HTTPFields = [:]

    enum Subject {
        /// What the message says.
        case message
        /// How it came: too large, too late, too often, coded.
        case transport
        /// This program: it cannot do it now, or failed.
        case server
    }

    /// In a fault: whose the trouble is. SOAP 1.1 §4.4.1 has the server's for a message that may be taken as it is later.
    var code: SOAPFault.Code {
        if let faultCode { return faultCode }
        return subject == .server || TicketReply.isLater(status) ? .server : .client
    }

    /// An answer must not grow with the request that it refuses: a document of a mebibyte can be wrong in 50,000 places,
    /// and each may be named in as many letters.
    static let messagesMax = 20
    /// Of a field's name, in Unicode scalars; the longest of the contract has 32.
    static let fieldLengthMax = 64
    /// Of what is said about a field, in Unicode scalars: three lines.
    static let textLengthMax = 300

    init(status: Int, _ field: String, _ text: String, line: Int = 0) {
        self.init(status: status, messages: [(field, text)], line: line)
    }

    init(status: Int, _ problems: [Rejection.Problem], otherwise text: String) {
        let messages = problems.map { (field: $0.pointer, text: $0.message) }
        self.init(status: status, messages: messages.isEmpty ? [("error", text)] : messages)
    }

    private init(status: Int, messages: [(field: String, text: String)], line: Int = 0) {
        self.status = status
        self.messages = messages.prefix(Self.messagesMax).map {
            ($0.field.shortened(to: Self.fieldLengthMax), $0.text.shortened(to: Self.textLengthMax))
        }
        self.line = line
    }

    static func == (left: Self, right: Self) -> Bool {
        left.status == right.status && left.errorMessage == right.errorMessage
    }

    /// One JSON object, a member a field; what is wrong twice is said in one.
    var errorMessage: String {
        var fields: [String] = []
        var texts: [String: String] = [:]
        for (field, text) in messages {
            if texts[field] == nil { fields.append(field) }
            texts[field] = texts[field].map { $0 == text ? $0 : "\($0); \(text)" } ?? text
        }
        return JSONWriter.string { json in
            json.object { object in
                for field in fields { object.field(field, texts[field]) }
            }
        }
    }
}

extension TicketingProblem {
    /// The store cannot take it now, and nothing was done; nil if the error is no trouble of the store's.
    init?(unavailable error: any Error) {
        guard StoreUnavailable(error) != nil else { return nil }
        self.init(status: 503, "error", StoreUnavailable.words)
        headers = StoreUnavailable.retryAfter
        subject = .server
    }

    /// Something of ours failed: the number under which the log says what, and nothing more.
    init(failed reference: String) {
        self.init(status: 500, "error", APIError.failed(reference).message)
        subject = .server
    }

    /// Bytes that are no XML that we take (decision 33). The word "broken XML" tells a client not to repeat it.
    init(_ malformed: MalformedXML, status: Int) {
        self.init(status: status, "xml", "broken XML: \(malformed)", line: malformed.line)
        if let tags = malformed.mismatchedTag, tags.close.hasPrefix("received") || tags.open.hasPrefix("received") {
            messages.append(
                ("xml", "<\(tags.open)> is closed by </\(tags.close)>, as the published samples do by mistake (X-04)")
            )
        }
    }

    /// SOAP 1.1 §6.2 has 500 for a fault.
    init(_ problem: SOAPProblem) {
        self.init(status: problem.faultCode == nil ? 400 : 500, "envelope", problem.message, line: problem.line)
        faultCode = problem.faultCode
    }

    /// A body that could not be had, or is of another type.
    init(_ error: APIError) {
        self.init(status: error.status.code, "body", error.message)
        headers = error.headers
        subject = error.status.code < 500 ? .transport : .server
    }

    /// What the schema has against a message (T-011).
    init(invalid problems: [XMLProblem]) {
        let messages = problems.map { problem in
            let words = problem.message.split(separator: "\n").joined(separator: " ")
            return (
                field: problem.element.isEmpty ? "message" : problem.element, text: "line \(problem.line): \(words)"
            )
        }
        self.init(status: 400, messages: messages, line: problems.first?.line ?? 0)
    }
}

extension String {
    fileprivate func shortened(to lengthMax: Int) -> String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: lengthMax, limitedBy: endIndex), end < endIndex
        else {
            return self
        }
        return String(self[..<end]) + "\u{2026}"
    }
}
