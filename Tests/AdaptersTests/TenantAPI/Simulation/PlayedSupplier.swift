import Domain
import Foundation
import HTTPTypes

@testable import Adapters

/// A supplier with books of its own: it knows a request that came before by its id and says the same again, works on what it
/// took by a plan that its seed drew, and tells of it late, out of order, twice or never.
struct PlayedSupplier {
    /// Something that it has told, on its way to the gateway; the same bytes until it is answered.
    struct Errand {
        enum Contract { case native, ticketing }

        let contract: Contract
        let id: String
        let body: String
        /// It is wrong on purpose, and must be refused.
        var isHostile = false
        var due: Date
    }

    /// What it means to do, and when.
    struct Step {
        enum Subject: Hashable {
            /// By the supplier's own reference.
            case order(String), test(String), ticket(String)
        }

        let due: Date
        let subject: Subject
        let deed: Deed
    }

    enum Deed {
        case say(reason: String, status: String? = nil, needsCode: Bool = false, movesTarget: Bool = false)
        case decide(request: Int, isCancellation: Bool)
        case tell(status: String, words: String)
        /// Nobody answered the resolution of that number for 48 hours.
        case close(resolution: Int)
    }

    struct Work {
        let reference: String
        /// The gateway's number, or the buyer's reference of a ticket; none for what it founded itself.
        let number: Int?
        let tenant: String
        let member: String
        var told = 0
        var isOver = false
        var isResolved = false
        var resolutions = 0
    }

    let name: String
    let chance: Chance
    var works: [Step.Subject: Work] = [:]
    var steps: [Step] = []
    var errands: [Errand] = []
    private var replies: [String: OutboundResponse] = [:]
    private var bodies: [String: [UInt8]] = [:]
    private(set) var founded = 0
    /// By what was asked (`POST /service-orders 12`), under which request ids it took effect.
    private(set) var effects: [String: Set<String>] = [:]
    private(set) var findings: [String] = []

    init(name: String, chance: Chance) {
        self.name = name
        self.chance = chance
    }

    var nextDue: Date? { (steps.map(\.due) + errands.map(\.due)).min() }

    // MARK: What it hears

    /// One request, whether or not its answer will come back.
    mutating func hear(_ request: OutboundRequest, at now: Date) -> OutboundResponse {
        if request.url.hasSuffix("/token") {
            let grant = #"{"access_token":"t","expires_in":3600,"token_type":"Bearer"}"#
            return OutboundResponse(status: 200, body: Array(grant.utf8))
        }
        let header = Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
        let id = header["X-Request-ID"] ?? ""
        let path = request.url.split(separator: "/").dropFirst(2).joined(separator: "/")
        if let known = replies[id] {
            if bodies[id] != request.body {
                findings.append("\(name): \(path) came again under \(id) with another body")
            }
            return known
        }
        let reply =
            path.hasPrefix("api2/")
            ? hearTicket(request, id, at: now) : hearNative(request, path, id, tenant: header["Tenant"] ?? "", at: now)
        replies[id] = reply
        bodies[id] = request.body
        return reply
    }

    /// Notes that a request had its effect.
    mutating func took(_ what: String, as id: String) { effects[what, default: []].insert(id) }

    func draw(_ count: Int, _ thing: String) -> Int { chance.draw(count, "\(name) \(thing)") }

    mutating func newReference(_ letter: String) -> String {
        founded += 1
        return "\(name)-\(letter)\(founded)"
    }

    mutating func plan(_ deed: Deed, for subject: Step.Subject, at due: Date) {
        steps.append(Step(due: due, subject: subject, deed: deed))
    }

    // MARK: What it says

    /// Does what is due by now.
    mutating func work(until now: Date) {
        let due = steps.filter { $0.due <= now }.sorted { $0.due < $1.due }
        steps.removeAll { $0.due <= now }
        for step in due {
            guard let work = works[step.subject] else { continue }
            switch step.deed {
            case .say, .decide: says(step, of: work, at: now)
            case .tell, .close: tells(step, of: work, at: now)
            }
        }
    }

    /// Sends it on its way: mostly at once, else late, twice, or never.
    mutating func send(_ errand: Errand) {
        var errand = errand
        switch draw(12, "way of \(errand.id)") {
        case 0: return
        case 1, 2: errand.due += Double(1 + draw(90, "delay of \(errand.id)"))
        case 3: errand.due += Double(1 + draw(90, "delay of \(errand.id)")) * 60
        case 4:
            errands.append(errand)
            errand.due += Double(draw(3_600, "repeat of \(errand.id)"))
        case _: break
        }
        errands.append(errand)
    }

    mutating func nextErrand(by now: Date) -> Errand? {
        guard
            let place = errands.indices.filter({ errands[$0].due <= now }).min(by: { errands[$0].due < errands[$1].due }
            )
        else { return nil }
        return errands.remove(at: place)
    }

    /// The gateway's answer to an errand; without one, and after a fault of the gateway's, it is said again.
    mutating func heard(_ status: Int?, to errand: Errand, at now: Date) {
        guard let status, status < 500 else {
            var again = errand
            again.due = now + 60
            return errands.append(again)
        }
        if errand.isHostile, status < 400 {
            findings.append("\(name): what is wrong was answered \(status): \(errand.body)")
        }
    }

    func uuid(_ thing: String) -> String {
        func word(_ bits: Int, _ part: String) -> Int { draw(1 << bits, "\(thing) \(part)") }
        return String(
            format: "%08x-%04x-7%03x-8%03x-%012x",
            word(32, "a"),
            word(16, "b"),
            word(12, "c"),
            word(12, "d"),
            word(48, "e")
        )
    }

    static func answer(_ status: Int, _ json: [String: Any] = [:]) -> OutboundResponse {
        let body = (try? JSONSerialization.data(withJSONObject: json)) ?? Data()
        return OutboundResponse(status: status, headers: ["Content-Type": "application/json"], body: Array(body))
    }
}
