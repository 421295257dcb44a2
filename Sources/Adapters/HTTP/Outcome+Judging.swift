import Domain
import Engine
import Formats
import FoundationEssentials

extension Outcome {
    /// Judges an answer by its status (G-078): 2xx is delivered; 408, 425, 429, 5xx and no answer at all are tried
    /// again, no sooner than `Retry-After`; every other status is a refusal.
    ///
    /// Where an answer says more than its status (a SOAP response code, a JSON-RPC error), its adapter judges that. The reason
    /// has the other side's words.
    package init(judging result: Result<OutboundResponse, OutboundFailure>, reply: Telling? = nil) {
        switch result {
        case .failure(let failure):
            self =
                switch failure.kind {
                case .forbidden: .refused(reason: failure.text)
                case .refused: .unreachable(reason: failure.text)
                case .timeout, .closed, .invalid, .tls, .dns, .tooLarge, .other: .retry(reason: failure.text)
                }
        case .success(let answer):
            self =
                switch answer.status {
                case 200..<300: .delivered(reply: reply)
                case 408, 425, 429, 500..<600:
                    .retry(reason: answer.reason, after: answer.retryAfter)
                case _: .refused(reason: answer.reason)
                }
        }
    }
}

extension OutboundResponse {
    /// How long they asked us to wait, in either form of RFC 9110 §10.2.3; a date counts from the answer's own, or from our clock.
    package var retryAfter: Duration? { retryAfter(at: TimeSource.real.now()) }

    func retryAfter(at now: Date) -> Duration? {
        HTTPAnswer.retryAfter(self[header: "retry-after"], date: self[header: "date"], now: now)
    }
}
