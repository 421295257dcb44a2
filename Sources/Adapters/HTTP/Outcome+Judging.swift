import Domain
import Engine

extension Outcome {
    /// Judges an answer by its status (G-078): 2xx is delivered; 408, 425, 429, 5xx and no answer at all are tried
    /// again, no sooner than `Retry-After`; every other status is a refusal.
    ///
    /// Where an answer says more than its status (a SOAP response code, a JSON-RPC error), its adapter judges that.
    package init(judging result: Result<OutboundResponse, OutboundFailure>, reply: Telling? = nil) {
        switch result {
        case .failure(let failure):
            self =
                switch failure.kind {
                case .forbidden: .refused(reason: failure.text)
                case .timeout, .refused, .tls, .dns, .tooLarge, .other: .retry(reason: failure.text)
                }
        case .success(let answer):
            self =
                switch answer.status {
                case 200..<300: .delivered(reply: reply)
                case 408, 425, 429, 500..<600:
                    .retry(reason: "status \(answer.status)", after: answer.retryAfter)
                case _: .refused(reason: "status \(answer.status)")
                }
        }
    }
}

extension OutboundResponse {
    /// How long they asked us to wait, in either form of RFC 9110 §10.2.3; a date counts from the answer's own.
    package var retryAfter: Duration? {
        guard let field = self[header: "retry-after"] else { return nil }
        if let seconds = Int64(field) { return seconds >= 0 ? .seconds(min(seconds, 86_400)) : nil }
        guard let until = HTTPDate.seconds(field), let from = self[header: "date"].flatMap(HTTPDate.seconds) else {
            return nil
        }
        return .seconds(min(max(0, until - from), 86_400))
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7), the one form that is still sent.
private enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }.map(String.init)
        guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: parts[2]),
            let year = Int64(parts[3]), let hour = Int64(parts[4]), let minute = Int64(parts[5]),
            let second = Int64(parts[6]), (1970...9999).contains(year)
        else { return nil }
        // Days from civil (Howard Hinnant): years begin in March, so that the leap day is a year's last.
        let shifted = month < 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((Int64(month) + 10) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3_600 + minute * 60 + second
    }
}
