import Domain
import Engine
import Formats

/// What a peer's answer to a ticket message means (G-078, G-144).
enum TicketReply {
    /// Whether a 4xx is about the moment and not about the message: too late, too early, too many.
    static func isLater(_ code: Int) -> Bool { [408, 425, 429].contains(code) }

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
        guard let said = try? SOAPReply(response.body) else {
            guard isSuccess else { return (turnedAway(byStatus, refused), []) }
            guard SOAPReply.begins(response.body, with: Expectation.acknowledgement),
                expected.roots.contains(Expectation.acknowledgement)
            else { return (.retry(reason: "\(response.nature), and no acknowledgement"), []) }
            if let code = SOAPReply.looseCode(in: response.body), !(200..<300).contains(code) {
                return (refused("response code \(code), in an acknowledgement that is no XML (X-04)"), [])
            }
            return (byStatus, ["the acknowledgement is no XML: it counts as delivered (X-04)"])
        }
        let warnings = said.strangeness(expected)
        switch said.content {
        case .fault(let fault) where decides:
            let reason = said.errorMessage ?? "a SOAP fault without words"
            let isTheirs = said.responseCode.map { !(400..<500).contains($0) || isLater($0) } ?? true
            let mayPass = fault.code == .server && isTheirs
            return (
                mayPass && !said.saysBrokenXML ? .retry(reason: reason, after: response.retryAfter) : refused(reason),
                warnings
            )
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

    private static func turnedAway(_ byStatus: Outcome, _ refused: (String) -> Outcome) -> Outcome {
        guard case .refused(let reason, _) = byStatus else { return byStatus }
        return refused(reason)
    }
}

extension SOAPReply {
    /// By the code of a receipt of the operation; without one by the status.
    fileprivate func outcome(_ isSuccess: Bool, _ byStatus: Outcome, _ refused: (String) -> Outcome) -> Outcome {
        guard let responseCode else {
            if let oddCode { return .retry(reason: "response code \(oddCode), which says nothing") }
            if isSuccess, let errorMessage { return refused(errorMessage) }
            return saysBrokenXML ? refused(errorMessage ?? "broken XML") : byStatus
        }
        let reason = errorMessage ?? "response code \(responseCode) without a reason"
        switch responseCode {
        case 200..<300: return byStatus
        case 400..<500 where TicketReply.isLater(responseCode): return .retry(reason: reason)
        case 400..<500: return refused(reason)
        case _: return saysBrokenXML ? refused(reason) : .retry(reason: reason)
        }
    }

    /// An answer to another message: its verdict counts, for it came on our connection; nothing else is taken over.
    fileprivate func strangeness(_ expected: TicketReply.Expectation) -> [String] {
        var strange: [String] = []
        if let messageID, let ours = expected.messageID, !messageID.isExactly(ours) {
            strange.append("messageId \(messageID.plainWords(60))")
        }
        if let buyerReference, let ours = expected.buyerReference, !buyerReference.isExactly(ours) {
            strange.append("buyerFaultReference \(buyerReference.plainWords(60))")
        }
        return strange.isEmpty ? [] : ["the answer is to another message (\(strange.joined(separator: ", ")))"]
    }
}
