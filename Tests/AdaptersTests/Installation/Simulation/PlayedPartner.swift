import Domain
import Foundation

@testable import Adapters

/// An installation partner with books of its own: it knows a message that came before by id, method and ref, plans its
/// engineers' days, and says what happens on them late, out of order and more than once.
struct PlayedPartner {
    enum VisitState { case planned, closed, released }

    struct Visit {
        var state = VisitState.planned
        let plan: VisitPlan
        var results: [Int] = []
    }

    /// Something that it wants to say, and goes on saying until it is answered.
    struct Errand {
        let id: Int64
        let reference: String
        let saying: VisitPlan.Saying
        var due: Date
        /// Frozen when it is said first.
        var bytes: [UInt8]?
        var attempts = 0
        /// It was answered: only said again.
        var isRepeat = false

        var method: String { saying.isClosing ? CloseJob.method : NotifyJob.method }
    }

    let name: String
    let chance: Chance
    private var visits: [String: Visit] = [:]
    private var errands: [Errand] = []
    private var replies: [String: String] = [:]
    private var said: Int64 = 0

    init(name: String, chance: Chance) {
        self.name = name
        self.chance = chance
    }

    /// What it says on the telephone.
    func gaveBack(_ reference: String) -> Bool { visits[reference]?.state == .released }

    var nextDue: Date? { errands.map(\.due).min() }

    // MARK: What it hears

    mutating func hear(_ bytes: [UInt8], at now: Date) -> String {
        guard let message = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let id = message["id"] as? Int, let method = message["method"] as? String,
            let reference = message["ref"] as? String, let content = message["content"] as? [String: Any]
        else { return Self.error(-32600) }
        let key = "\(id) \(method) \(reference)"
        if let reply = replies[key] { return reply }
        let reply =
            switch method {
            case "createJob": take(reference, content, at: now)
            case "cancelJob": giveBack(reference, isForced: content["force"] as? Bool ?? false, at: now)
            case "notifyJob": note(message["response"] as? [String: Any] ?? [:], of: reference, at: now)
            case _: Self.error(-32601)
            }
        replies[key] = reply
        return reply
    }

    private mutating func take(_ reference: String, _ content: [String: Any], at now: Date) -> String {
        if chance.draw(4, "\(name) declines \(reference)") == 0 { return Self.error(-32000) }
        let plan = VisitPlan(reference, content, of: name, chance, at: now)
        visits[reference] = Visit(plan: plan)
        for (saying, due) in plan.sayings { say(saying, of: reference, at: due) }
        let replies = [
            "{}", #"{"providerJobId":"\#(plan.number)"}"#,
            #"{"jsonrpc":"2.0","id":1,"result":{"providerJobId":"\#(plan.number)"}}"#,
        ]
        return chance.pick(replies, "\(name) acknowledges \(reference)")
    }

    private mutating func giveBack(_ reference: String, isForced: Bool, at now: Date) -> String {
        switch visits[reference]?.state {
        case nil: return Self.error(-32001)
        case .released?: return "{}"
        case .planned? where isForced || now < visits[reference]?.plan.setsOut ?? now:
            release(reference)
            return "{}"
        case .planned?, .closed?: return Self.error(-32002)
        }
    }

    private mutating func note(_ result: [String: Any], of reference: String, at now: Date) -> String {
        guard var visit = visits[reference], let number = result["id"] as? Int else { return Self.error(-32001) }
        visit.results.append(number)
        visits[reference] = visit
        if [3, 5, 6, 7].contains(number), visit.state == .planned, visit.results.count < 5 {
            say(.scan(device: visit.plan.goodDevice, at: now + 600), of: reference, at: now + 600)
            for place in errands.indices where errands[place].reference == reference && errands[place].saying.isClosing
            {
                errands[place].due = max(errands[place].due, now + 3_600)
            }
        }
        return "{}"
    }

    // MARK: What it says

    /// The next thing to be said by now; the same bytes until it is answered.
    mutating func nextErrand(by now: Date) -> Errand? {
        guard
            let place = errands.indices.filter({ errands[$0].due <= now }).min(by: { errands[$0].due < errands[$1].due }
            )
        else { return nil }
        let errand = errands[place]
        if errand.bytes == nil, let visit = visits[errand.reference] {
            errands[place].bytes = visit.plan.bytes(errand.saying, id: errand.id, at: now)
        }
        errands[place].attempts += 1
        return errands[place]
    }

    /// No answer came.
    mutating func saysAgain(_ errand: Errand, at due: Date) {
        if let place = errands.firstIndex(where: { $0.id == errand.id }) { errands[place].due = due }
    }

    /// The operator answered, with the code of its error if it is one.
    mutating func heard(_ code: Int?, to errand: Errand, at now: Date) {
        errands.removeAll { $0.id == errand.id }
        if !errand.isRepeat, chance.draw(5, "\(name) repeats \(errand.id)") == 0 {
            var again = errand
            again.isRepeat = true
            again.due = now + Double(chance.draw(180, "\(name) when \(errand.id)")) * 60
            errands.append(again)
        }
        guard !errand.isRepeat else { return }
        switch code {
        case nil where errand.saying.isClosing:
            visits[errand.reference]?.state = .closed
        case -32001, -32005:
            release(errand.reference)
        case -32002 where errand.saying.isClosing && visits[errand.reference]?.state == .planned && errand.attempts < 5:
            // Too soon: what led to it has not arrived.
            say(errand.saying, of: errand.reference, at: now + 3_600)
        case _:
            break
        }
    }

    private mutating func say(_ saying: VisitPlan.Saying, of reference: String, at due: Date) {
        said += 1
        errands.append(Errand(id: said, reference: reference, saying: saying, due: due))
    }

    private mutating func release(_ reference: String) {
        visits[reference]?.state = .released
        errands.removeAll { $0.reference == reference && !$0.isRepeat }
    }

    private static func error(_ code: Int) -> String {
        #"{"jsonrpc":"2.0","id":1,"error":{"code":\#(code),"message":"no"}}"#
    }
}
