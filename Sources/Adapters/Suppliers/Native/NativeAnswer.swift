import Domain
import Engine
import Formats

/// What a supplier's answer to a message of the Supplier API comes to: judged here and nowhere else, for the gateway's client and for
/// `supplier check` (G-090, G-091).
///
/// An operation is done by the answers that the API's document gives it, and by no other 2xx: a page for people, a list, a body cut
/// short or a status that refuses is no acceptance.
struct NativeAnswer: Sendable {
    enum Operation: Sendable {
        case order, amendment, cancellation, test, problem, quote, reservation, release, resolution
    }

    enum Verdict: Equatable, Sendable {
        /// 201; 200 to a repeat; for a release 204 or 404; for the answer to a resolution 200.
        case done(reference: String?)
        /// 202: it will be decided.
        case accepted(reference: String?)
        /// 422, or a status of the body that refuses.
        case refused(reasons: [String])
        /// 501.
        case notOffered
        /// A success that says nothing of the contract: tried again.
        case unreadable(reason: String)
        /// Judged by its status alone (G-078).
        case other(status: Int)
    }

    let operation: Operation
    let response: OutboundResponse
    let verdict: Verdict
    /// What was passed over, for a person to find. `supplier check` fails for it.
    let warnings: [String]
    private let root: JSONValue?

    /// - Parameters:
    ///   - number: ours, for what the message is about.
    ///   - isRepeat: the message was sent before: then 200 says again what 201 said.
    init(_ response: OutboundResponse, to operation: Operation, number: Int64? = nil, isRepeat: Bool = false) {
        var judging = Judging(
            operation: operation,
            response: response,
            root: response.unreadable == nil
                ? (try? JSONDocument(parsingAnswer: response.body))?.root : nil,
            number: number,
            isRepeat: isRepeat
        )
        self.operation = operation
        self.response = response
        verdict = judging.verdict()
        root = judging.isOurs ? judging.root : nil
        warnings = judging.warnings
    }

    /// A member of the answer, if it is an answer to us.
    subscript(member: String) -> JSONValue? { root?[member] }

    /// The answer to a quote, if it is one.
    var quotes: [QuoteAnswer]? { root.flatMap { NativeQuotes.answers(in: $0) } }

    /// The answer to a reservation, if it is one.
    var reservedSlot: ReservedSlot? { root.flatMap { NativeSupplier.reservedSlot(in: $0) } }

    /// What a refusal says, for people: each problem once, else its other words, else that it says none.
    static func reasons(in answer: OutboundResponse) -> [String] {
        let root = (try? JSONDocument(parsingAnswer: answer.body))?.root
        let messages =
            root?["messages"]?.elements.prefix(reasonsMax).compactMap(\.string)
            .map { $0.plainWords(OutboundResponse.wordsMax) }.filter { !$0.isEmpty } ?? []
        return messages.isEmpty ? [answer.words ?? answer.reason] : messages
    }

    /// More is not read by a person.
    private static let reasonsMax = 100
}

extension NativeAnswer.Operation {
    /// The member that has the supplier's own name of it.
    var referenceMember: String? {
        switch self {
        case .order: "supplierOrderReference"
        case .amendment, .cancellation, .test, .problem, .reservation: "supplierReference"
        case .quote, .release, .resolution: nil
        }
    }

    /// The statuses that refuse, though the request was answered with success. A test that failed was made.
    fileprivate var refusals: Set<String> {
        switch self {
        case .order: ["REJECTED", "REFUSED", "FAILED", "CANCELLED", "ERROR"]
        case .problem, .amendment, .cancellation, .test, .reservation: ["REJECTED", "REFUSED", "ERROR"]
        // REJECTED is what a tenant may say of a resolution.
        case .quote, .release, .resolution: ["REFUSED", "ERROR"]
        }
    }
}

/// The steps of a judgement.
private struct Judging {
    let operation: NativeAnswer.Operation
    let response: OutboundResponse
    let root: JSONValue?
    let number: Int64?
    let isRepeat: Bool
    var warnings: [String] = []
    /// It names no other thing than ours.
    var isOurs = true

    mutating func verdict() -> NativeAnswer.Verdict {
        if root?.kind == .object, !namesOurs() { isOurs = false }
        switch (operation, response.status) {
        case (_, 422): return .refused(reasons: NativeAnswer.reasons(in: response))
        case (_, 501): return .notOffered
        case (.release, 204), (.release, 404): return .done(reference: nil)
        case (.release, 200..<300): return unreadable("a release is answered 204")
        case (.resolution, 200): return resolution()
        case (.order, 201), (.amendment, 201), (.cancellation, 201), (.test, 201), (.problem, 201), (.quote, 201),
            (.reservation, 201):
            return refusal() ?? done()
        case (.order, 200), (.amendment, 200), (.cancellation, 200), (.test, 200), (.problem, 200), (.reservation, 200),
            (.quote, 200):
            guard isRepeat else {
                return refusal() ?? unreadable("\(response.nature(ofObject: isObject)): 200 is for a repeat")
            }
            return refusal() ?? done()
        case (.order, 202), (.amendment, 202), (.cancellation, 202), (.test, 202), (.problem, 202), (.quote, 202):
            return refusal() ?? accepted()
        case (_, 200..<300): return refusal() ?? unreadable()
        case (_, let status): return .other(status: status)
        }
    }

    private var isObject: Bool { root?.kind == .object }

    private func unreadable(_ why: String? = nil) -> NativeAnswer.Verdict {
        .unreadable(reason: "answered \(response.status), but \(why ?? response.nature(ofObject: isObject))")
    }

    private func refusal() -> NativeAnswer.Verdict? {
        guard let root, isObject else { return nil }
        let status = root["status"]?.string?.uppercased() ?? ""
        let isError = root["error"].map { !$0.isNull && $0.bool != false } ?? false
        guard operation.refusals.contains(status) || isError else { return nil }
        let reasons = NativeAnswer.reasons(in: response)
        let says = response.words == nil ? ["the answer's status is \(status)"] : reasons
        return .refused(reasons: says)
    }

    private mutating func done() -> NativeAnswer.Verdict {
        guard isObject, let root else { return unreadable() }
        if operation == .quote, NativeQuotes.answers(in: root) == nil {
            return unreadable("its quoteItems cannot be read")
        }
        guard let member = operation.referenceMember else { return .done(reference: nil) }
        if let status = strangeStatus(root) { return unreadable(status) }
        guard let value = root[member], let name = value.name, !name.isEmpty else {
            return unreadable("it has no \(member)")
        }
        if operation == .reservation, NativeSupplier.reservedSlot(in: root) == nil || !isOurs {
            return unreadable("it holds no slot: supplierReference, expiryDateTime and timeslot")
        }
        return .done(reference: isOurs ? fit(name, member) : nil)
    }

    private mutating func accepted() -> NativeAnswer.Verdict {
        guard isObject, let root else {
            if response.body.contains(where: { $0 > 0x20 }) { warnings.append("answered 202, but \(response.nature)") }
            return .accepted(reference: nil)
        }
        guard isOurs, let member = operation.referenceMember, let name = root[member]?.name, !name.isEmpty else {
            return .accepted(reference: nil)
        }
        return .accepted(reference: fit(name, member))
    }

    private mutating func resolution() -> NativeAnswer.Verdict {
        guard response.body.contains(where: { $0 > 0x20 }) else {
            warnings.append("answered 200, but \(response.nature)")
            return .done(reference: nil)
        }
        return refusal() ?? (isObject ? .done(reference: nil) : unreadable())
    }

    /// Of an order (G-091). Without one it is acknowledged, for that is what 201 says.
    private mutating func strangeStatus(_ root: JSONValue) -> String? {
        guard operation == .order else { return nil }
        guard let status = root["status"], !status.isNull else {
            warnings.append("201, but the status is absent: taken for ACKNOWLEDGED")
            return nil
        }
        let known = status.string.flatMap { ServiceOrder.AcknowledgedAs(rawValue: $0) }
        return known == nil ? "the status is \(status.string?.plainWords(40) ?? "no text")" : nil
    }

    private mutating func fit(_ name: String, _ member: String) -> String? {
        let length = WholesaleLimits.reference
        let count = name.unicodeScalars.count
        guard length.contains(count), !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            warnings.append(
                count > length.upperBound
                    ? "\(member) has \(count) characters, and \(length.upperBound) are allowed: not taken over"
                    : "\(member) has characters that are not allowed: not taken over"
            )
            return nil
        }
        return name
    }

    private mutating func namesOurs() -> Bool {
        guard let number, let id = root?["id"], !id.isNull, operation != .resolution else { return true }
        if id.wholeNumber.map(Int64.init) == number { return true }
        warnings.append("the answer is to another message (id \(id.name?.plainWords(40) ?? "?")): not taken over")
        return false
    }
}

extension OutboundResponse {
    fileprivate func nature(ofObject isObject: Bool) -> String {
        isObject ? "the answer is not what the Supplier API answers" : nature
    }
}
