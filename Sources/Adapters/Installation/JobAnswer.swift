import Domain
import Engine
import Formats

/// What an answer to a message of the Installation API comes to, at both ends (G-078, G-132, X-29, X-30): judged here and nowhere
/// else, by its status, its headers and its bytes.
///
/// - 2xx is taken if it says so: `{}`, nothing, a result, a message of its own. An error is a refusal, in whatever spelling;
///   what says nothing that is known is tried again.
/// - A readable error decides at 500 and at 4xx as well; −32603, the other side's own fault, is tried again at any status.
/// - 408, 425, 429, 502, 503 and 504 are tried again, whatever they say: that is their meaning.
struct JobAnswer: Equatable {
    enum Verdict: Equatable {
        case taken(providerJobId: String?)
        /// In JSON-RPC's way: the entity hears of it.
        case refused(code: Int?, reason: String)
        /// By its status alone.
        case turnedAway(reason: String)
        case retry(reason: String, after: Duration?)
        /// There was no connection.
        case unreachable(reason: String)
    }

    let verdict: Verdict
    private(set) var warnings: [String] = []

    /// As the contract has it (G-124).
    static let providerJobIDLength = 1...50

    /// - Parameter reference: the job that the message is about, as it names it.
    init(
        _ result: Result<OutboundResponse, OutboundFailure>,
        to number: Int64,
        about reference: @autoclosure () -> String?
    ) {
        var warnings: [String] = []
        defer { self.warnings = warnings }
        let byStatus = Outcome(judging: result)
        guard case .success(let response) = result else {
            verdict = Self.verdict(byStatus)
            return
        }
        let answer = RPCAnswer(response.unreadable == nil ? response.body : Array("?".utf8))
        let isNumbered = answer.id.map { $0 == String(number) } ?? true
        let isOurs = isNumbered && (answer.reference.map { $0.isExactly(reference() ?? $0) } ?? true)
        if !isOurs { warnings.append(Self.otherMessage(answer)) }
        switch (answer.content, response.status) {
        case (_, 408), (_, 425), (_, 429), (_, 502), (_, 503), (_, 504):
            verdict = Self.verdict(byStatus)
        case (.refusal(let words), 200..<600) where words.code == RPCError.internalError:
            verdict = .retry(
                reason: "internal error of the other side: \(words.description)",
                after: response.retryAfter
            )
        // A server's own page of an error has an `error` too; only JSON-RPC's has a code.
        case (.refusal(let words), 300..<600) where words.code == nil:
            verdict = Self.verdict(byStatus)
        case (.refusal(let words), _):
            verdict = .refused(code: words.code, reason: words.words ?? "refused without a reason")
        case (.success(let content), 200..<300):
            verdict = .taken(providerJobId: isOurs ? content.flatMap { Self.number($0, &warnings) } : nil)
        case (.unreadable(let reason), 200..<300):
            let what = response.isHTML || response.unreadable != nil ? response.nature : reason
            verdict = .retry(reason: "\(what), not an acknowledgement", after: nil)
        case (.success, _), (.unreadable, _):
            verdict = Self.verdict(byStatus)
        }
    }

    private static func verdict(_ outcome: Outcome) -> Verdict {
        switch outcome {
        case .delivered: .taken(providerJobId: nil)
        case .retry(let reason, let after): .retry(reason: reason, after: after)
        case .unreachable(let reason): .unreachable(reason: reason)
        case .postponed(let wait, let reason): .retry(reason: reason, after: wait)
        case .refused(let reason, _): .turnedAway(reason: reason)
        }
    }

    private static func otherMessage(_ answer: RPCAnswer) -> String {
        let named = [answer.id.map { "id \($0.plainWords(40))" }, answer.reference.map { "ref \($0.plainWords(40))" }]
        return "the answer is to another message (\(named.compactMap(\.self).joined(separator: ", "))): "
            + "its content is not taken over"
    }

    private static func number(_ content: JSONValue, _ warnings: inout [String]) -> String? {
        guard let value = content["providerJobId"], !value.isNull, value.string != "" else { return nil }
        guard let number = value.name, providerJobIDLength.contains(number.unicodeScalars.count) else {
            let range = providerJobIDLength
            warnings.append(
                "providerJobId is no text of \(range.lowerBound) to \(range.upperBound) characters: not taken over"
            )
            return nil
        }
        return number
    }
}

extension Parcel {
    /// The job that a message of this contract is about.
    var jobReference: String? {
        guard let root = (try? JSONDocument(parsing: body))?.root else { return nil }
        return root["ref"]?.name ?? root["params"]?["jobHeader"]?["ref"]?.name
    }
}
