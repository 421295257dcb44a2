import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// Asks a supplier what a gateway asks, and what a gateway must never get away with, and judges its answers and its
/// updates by the contract (G-090 to G-093).
///
/// It orders one line, amends the order and cancels it again; where the supplier books visits, the slot is used by that
/// order, so that nothing is left behind.
package struct SupplierExamination {
    /// How a moment passes: a real one is waited for, a virtual clock is turned.
    package typealias Moment = @Sendable () async -> Void

    let line: SupplierLine
    let samples: SupplierSamples
    private let wrongAccess: ClientCredentials
    private let receiver: UpdatesReceiver
    private let moment: Moment
    /// How many moments an update may take.
    private let momentsMax: Int
    /// Hears of each finding as it is made, for who watches.
    private let found: @Sendable (SupplierFinding) -> Void

    package private(set) var findings: [SupplierFinding] = []
    /// Ours, of everything that is asked for: of the time, so that no earlier examination had them.
    private let numbersAfter: Int64
    private var lastNumber: Int64

    package init(
        baseURL: String,
        tokenURL: String,
        clientID: String,
        clientSecret: String,
        samples: SupplierSamples,
        call: OutboundCall,
        receiver: UpdatesReceiver,
        ids: IDSource,
        time: TimeSource,
        momentsMax: Int,
        moment: @escaping Moment,
        found: @escaping @Sendable (SupplierFinding) -> Void = { _ in }
    ) {
        func access(_ secret: String) -> ClientCredentials {
            ClientCredentials(tokenURL: tokenURL, clientID: clientID, clientSecret: secret, call: call, time: time)
        }
        line = SupplierLine(baseURL: baseURL, access: access(clientSecret), call: call, ids: ids, time: time)
        wrongAccess = access(clientSecret + "-but-wrong")
        self.samples = samples
        self.receiver = receiver
        self.moment = moment
        self.momentsMax = momentsMax
        self.found = found
        numbersAfter = Int64(time.now().timeIntervalSince1970 * 1_000) * 100
        lastNumber = numbersAfter
    }

    /// Every rule, once and in order.
    package mutating func examine() async -> [SupplierFinding] {
        await examineAccess()
        await examineAvailability()
        let booked = await examineAppointments()
        let order = await examineOrders(visit: booked)
        await examineTests()
        await examineQuotes()
        await examineProblems()
        await examineChanges(of: order)
        await examineUpdates(of: order)
        return findings
    }

    // MARK: What the parts are made of

    var updates: [HeardUpdate] { receiver.updates.filter(\.isTaken) }
    var allUpdates: [HeardUpdate] { receiver.updates }

    mutating func newNumber() -> Int64 {
        lastNumber += 1
        return lastNumber
    }

    func isOurs(_ number: Int64?) -> Bool {
        number.map { $0 > numbersAfter && $0 <= lastNumber } ?? false
    }

    func question(
        _ method: HTTPRequest.Method = .post,
        _ path: String,
        _ body: [UInt8] = [],
        as tenant: String? = nil,
        once requestID: MessageID? = nil
    ) -> SupplierLine.Question {
        SupplierLine.Question(
            method: method,
            path: path,
            body: body,
            tenant: tenant ?? samples.tenant,
            requestID: requestID ?? line.newID()
        )
    }

    mutating func find(_ rule: SupplierRule, _ verdict: SupplierFinding.Verdict, _ seen: String) {
        let finding = SupplierFinding(rule, verdict, seen)
        findings.append(finding)
        found(finding)
    }

    mutating func find(_ rule: SupplierRule, _ isSo: Bool, _ seen: String) {
        find(rule, isSo ? .conforms : .fails, seen)
    }

    /// All of these need something that is not to be had.
    mutating func leave(_ rules: [SupplierRule], because reason: String) {
        for rule in rules { find(rule, .untried, reason) }
    }

    /// An answer with one of these statuses, and with what `problem` doesn't miss.
    @discardableResult
    mutating func judge(
        _ rule: SupplierRule,
        _ answer: SupplierLine.Answer,
        is statuses: Set<Int>,
        _ problem: (SupplierLine.Answer) -> String? = { _ in nil }
    ) -> Bool {
        guard answer.status != 501 else {
            find(rule, .lacks, "501: it is not offered")
            return false
        }
        guard let status = answer.status, statuses.contains(status) else {
            find(rule, .fails, "expected \(Self.words(statuses)), got \(answer.seen)")
            return false
        }
        let lack = problem(answer)
        find(rule, lack == nil, lack ?? answer.seen)
        return lack == nil
    }

    /// An answer that takes what was asked, as the gateway's own client judges it; what that passes over with a warning fails here.
    @discardableResult
    mutating func judge(
        _ rule: SupplierRule,
        _ answer: SupplierLine.Answer,
        takes operation: NativeAnswer.Operation,
        number: Int64? = nil,
        _ problem: (SupplierLine.Answer) -> String? = { _ in nil }
    ) -> Bool {
        let judged = answer.response.map { NativeAnswer($0, to: operation, number: number) }
        return switch judged?.verdict {
        case .done, .accepted:
            judge(rule, answer, is: Set(200..<300)) { judged?.warnings.first ?? problem($0) }
        case .unreadable(let reason): judge(rule, answer, is: Set(200..<300)) { _ in reason }
        case .refused, .notOffered, .other, nil: judge(rule, answer, is: [201, 202])
        }
    }

    /// A refusal with one of these statuses, that says why (G-002, G-004).
    mutating func judgeRefusal(_ rule: SupplierRule, _ answer: SupplierLine.Answer, is statuses: Set<Int>) {
        judge(rule, answer, is: statuses) { $0.reasons.isEmpty ? "\($0.seen), but it says no reason" : nil }
    }

    /// The same question again has the same answer; 200 may take the place of 201.
    mutating func judgeAgain(
        _ rule: SupplierRule,
        _ answer: SupplierLine.Answer,
        like first: SupplierLine.Answer,
        in members: [String]
    ) {
        judge(rule, answer, is: first.status.map { [$0, 200] } ?? []) { again in
            let other = members.first { again[$0]?.name.map { ExactText($0) } != first[$0]?.name.map { ExactText($0) } }
            return other.map { "the second answer has another \($0)" }
        }
    }

    /// Lets time pass until it is so; whether it became so.
    func comesTrue(_ isSo: ([HeardUpdate]) -> Bool) async -> Bool {
        for _ in 0..<momentsMax {
            if isSo(receiver.updates) { return true }
            await moment()
        }
        return isSo(receiver.updates)
    }

    private static func words(_ statuses: Set<Int>) -> String {
        statuses.sorted().map { "\($0)" }.joined(separator: " or ")
    }

    // MARK: - Who is let in

    private mutating func examineAccess() async {
        switch await line.access.authorization() {
        case .success: find(.token, .conforms, "a token")
        case .failure(let failure): find(.token, .fails, failure.text)
        }
        switch await wrongAccess.authorization() {
        case .success: find(.wrongSecret, .fails, "a token for a wrong secret")
        case .failure(let failure): find(.wrongSecret, .conforms, failure.text)
        }
        let path = samples.availability(at: samples.address)
        var stranger = question(.get, path)
        stranger.showsToken = false
        judge(.noToken, await line.ask(stranger), is: [401])
        var headless = question(.get, path)
        headless.leavesHeadersOut = true
        judgeRefusal(.headersRequired, await line.ask(headless), is: [400])
        let polite = question(.get, path)
        let answer = await line.ask(polite)
        let isEchoed =
            answer.headers["x-request-id"] == polite.requestID.rawValue
            && answer.headers["x-conversation-id"] == polite.conversation
        find(.headersEchoed, isEchoed, isEchoed ? "both" : "\(answer.seen), without them")
    }
}
