import FoundationEssentials

/// What is read of the head of another's answer. Each function takes any bytes, and what can't be read is absent.
package enum HTTPAnswer {
    /// The status codes that HTTP has (RFC 9110 §15); with another there is no valid answer.
    package static let statuses: ClosedRange<UInt> = 100...599

    /// A day: what asks for more is tried again tomorrow.
    package static let waitMax: Duration = .seconds(86_400)

    /// How long a `Retry-After` asks us to wait, as seconds or as a date (RFC 9110 §10.2.3); `nil` for what is neither.
    ///
    /// - Parameters:
    ///   - date: the answer's own `Date`, from which a date counts; without one that can be read it counts from `now`.
    ///   - now: our clock.
    package static func retryAfter(_ field: String?, date: String?, now: Date) -> Duration? {
        guard let field = field.map(trimmed), !field.isEmpty else { return nil }
        if field.utf8.allSatisfy(\.isASCIIDigit) {
            return min(Int64(field).map { .seconds($0) } ?? waitMax, waitMax)
        }
        guard let until = HTTPDate.seconds(field, now: now) else { return nil }
        let from =
            date.flatMap { HTTPDate.seconds(trimmed($0), now: now) } ?? Timestamp.milliseconds(of: now) / 1_000
        return min(max(.seconds(until - from), .zero), waitMax)
    }

    /// A `Content-Length`: digits alone.
    package static func contentLength(_ field: String?) -> Int64? {
        guard let field = field.map(trimmed), field.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int64(field)
    }

    /// Whether a text may be the value of a header that we send: no control characters but a tab, no white space around it
    /// (RFC 9110 §5.5).
    package static func isFieldValue(_ text: String) -> Bool {
        func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
        return text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
            && !isSpace(text.utf8.first) && !isSpace(text.utf8.last)
    }

    private static func trimmed(_ text: String) -> String {
        let bytes = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        guard let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return "" }
        return String(Substring(bytes[...last]))
    }
}
