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
