import Formats
import FoundationEssentials

/// What must hold of the heads of others' answers, of addresses, and of what token endpoints and issuers answer.
extension Promises {
    /// Sun, 06 Nov 1994 08:49:37 GMT
    private static let now = Date(timeIntervalSince1970: 784_111_777)

    static func ofHTTPDate(_ text: String) {
        guard let seconds = HTTPDate.seconds(text, now: now) else { return }
        keep((-62_167_219_200...253_402_300_800).contains(seconds), "a date is within the years of four digits")
        guard seconds < 253_402_300_800 else { return }
        keep(HTTPDate.seconds(HTTPDate.text(seconds), now: now) == seconds, "a date that was written is read again")
    }

    /// The first line is one header's value, the second another's.
    static func ofHTTPHead(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let wait = HTTPAnswer.retryAfter(lines.first, date: lines.count > 1 ? lines[1] : nil, now: now)
        keep(
            wait.map { $0 >= .zero && $0 <= HTTPAnswer.waitMax } ?? true,
            "a wait is a day at most, and never negative"
        )
        keep(HTTPAnswer.contentLength(lines.first).map { $0 >= 0 } ?? true, "a length is never negative")
        let isLine = !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
        keep(!HTTPAnswer.isFieldValue(text) || isLine, "a header's value is one line")
    }

    static func ofURL(_ text: String) {
        _ = HTTPURL.join(text, "/kcis")
        let url: HTTPURL
        do { url = try HTTPURL(text) } catch { return keep(!error.reason.isEmpty, "a refusal has a reason") }
        keep((1...65_535).contains(url.port) && !url.host.isEmpty, "an address has a host, and a port that exists")
        keep(url.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "an address is sent in printable ASCII")
        keep((try? HTTPURL(url.text)) == url, "the one form of an address is read as the same")
        // What the policy looks at is what the HTTP client calls.
        let other = URL(string: url.text)
        let host = other?.host().map { $0.hasPrefix("[") ? String($0.dropFirst().dropLast()) : $0 }
        keep(host == url.host, "Foundation reads the same host")
        keep(
            (other?.port ?? url.port) == url.port && other?.scheme == url.scheme.rawValue,
            "and the same port and scheme"
        )
        keep(other?.user() == nil && other?.fragment() == nil, "and no user or fragment")
        keep((try? HTTPURL(HTTPURL.join(text, "/kcis")))?.authority == url.authority, "appending changes no host")
    }

    static func ofToken(_ bytes: [UInt8]) {
        guard let grant = TokenGrant(json: bytes) else { return }
        keep(TokenGrant.lifetimes.contains(grant.expiresIn), "a token's lifetime is held")
        keep(HTTPAnswer.isFieldValue("Bearer \(grant.accessToken)"), "a token can be shown in a header")
    }

    static func ofKeys(_ bytes: [UInt8]) {
        guard let keys = try? PublishedKeys(json: bytes).forSignatures else { return }
        keep(keys.count <= PublishedKeys.keysMax, "no more keys than an issuer has")
    }

    static func ofRPCReply(_ bytes: [UInt8]) {
        let answer = RPCAnswer(bytes)
        switch answer.content {
        case .success: break
        case .refusal(let words):
            keep(!words.description.isEmpty, "a refusal has words")
            keep(isPlain(words.description, words: RPCRefusalWords.charactersMax), "and they are one short line")
        case .unreadable(let reason): keep(!reason.isEmpty, "what cannot be read has a reason")
        }
        guard let root = try? JSONDocument(parsing: bytes).root, let error = root["error"].flatMap({ RPCError($0) })
        else {
            return
        }
        keep(error.data.map { (try? JSONDocument(parsing: $0)) != nil } ?? true, "an error's data is JSON")
    }

    static func ofReceipt(_ bytes: [UInt8]) {
        _ = (SOAPReply.begins(bytes, with: "receivedNotifyFaultReportUpdate"), SOAPReply.looseCode(in: bytes))
        guard let reply = try? SOAPReply(bytes) else { return }
        keep(reply.responseCode.map { $0 >= 0 } ?? true, "a code is no negative number")
        keep(reply.responseCode == nil || reply.oddCode == nil, "a code is read or odd")
        keep(reply.errorMessage.map { isPlain($0, words: SOAPReply.wordsMax) } ?? true, "an error is one short line")
    }

    /// The first line is the content type, the second the content coding, the rest the body.
    static func ofContent(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
        let (type, coding) = (parts[0], parts.count > 1 ? parts[1] : [])
        let content = try? AnswerContent.read(
            parts.count > 2 ? parts[2] : [],
            type: type.isEmpty ? nil : String(decoding: type, as: UTF8.self),
            coding: coding.isEmpty ? nil : String(decoding: coding, as: UTF8.self)
        )
        // A byte of windows-1252 has three of UTF-8 at most.
        keep((content?.count ?? 0) <= AnswerContent.bytesMax * 3, "content is bounded, whatever it is packed in")
    }

    /// Nothing of a peer's splits a line, and a cut is marked.
    private static func isPlain(_ text: String, words max: Int) -> Bool {
        text.unicodeScalars.count <= max + 60 && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
