import Domain
import Foundation
import Testing

/// Every input in every state, compared with `docs/state-machines/supply.md`; and random walks.
@Suite struct SupplyOrderTableTests {
    typealias Deed = @Sendable (inout SupplyOrder) throws -> [Effect]

    static let start = SupplyFixture.start

    static let deeds: [(name: String, deed: Deed)] = orders + changes + events + closures

    private static let orders: [(name: String, deed: Deed)] = [
        ("acknowledge", { try $0.acknowledge(at: start) }),
        ("commit falls due", { try $0.wake(.commit, at: start) }),
        ("its day has come", { try $0.wake(.due, at: start) }),
        ("activation is done", { try $0.wake(.activated, at: start) }),
        ("cancel", { try $0.cancel(at: start) }),
        (
            "a visit is booked",
            { order in
                guard let slot = SupplyFixture.visit?.slot else { return [] }
                return try order.book(.revisit, .init(onDateOf: slot), at: start)
            }
        ),
        ("the linked order comes to nothing", { try $0.hear(.linkedOrderEnded, at: start) }),
        ("fail", { try $0.fail(because: "r", problem: .capacityIssue, at: start) }),
    ]

    /// What a customer asks for, and five minutes later the operator's decision.
    private static let changes: [(name: String, deed: Deed)] = [
        ("an amendment of words", .amendment(changes: OrderChanges(site: SiteNotes(notes: "Ring twice")), visit: nil)),
        ("an amendment with another visit", .amendment(changes: OrderChanges(), visit: SupplyFixture.otherVisit)),
        ("a cancellation", .cancellation),
    ]
    .map { (name: String, content: SupplyChange.Content) in
        let deed: Deed = { order in
            let asked = try order.ask(3, content, at: start)
            return try asked + order.wake(.decision, at: start + 300)
        }
        return (name, deed)
    }

    private static let events: [(name: String, deed: Deed)] = JobEvent.allCases.map { event in
        let deed: Deed = { try $0.hear(.jobEvent(job: SupplyFixture.job, event: event, at: start), at: start) }
        return ("job: \(event.rawValue)", deed)
    }

    private static let closures: [(name: String, deed: Deed)] = ["SP", "PSP", "NA", "NAPUV", "ASQ", "CIVCOMP", "NTR"]
        .map {
            let closure = SupplyFixture.closure($0)
            let deed: Deed = { try $0.hear(.jobClosed(job: SupplyFixture.job, closure: closure, at: start), at: start) }
            return ("job closed: \($0)", deed)
        }

    @Test func `the document tells of every input in every state what the order does`() throws {
        let document = try String(contentsOf: StateMachineDocument.url("supply"), encoding: .utf8)
        let rows = try Self.deeds.map { try Self.row($0.name, $0.deed) }
        let table = StateMachineDocument.table(SupplyFixture.stateNames, rows)
        #expect(document.contains(table), "docs/state-machines/supply.md should have:\n\(table)")
    }

    private static func row(_ name: String, _ deed: Deed) throws -> String {
        let cells = try SupplyFixture.stateNames.map { state in
            var order = try SupplyFixture.order(state)
            let before = order
            do {
                let effects = try deed(&order)
                if order == before, effects.isEmpty { return "–" }
                let sent = effects.updates.map(\.reason.rawValue).joined(separator: ", ")
                return sent.isEmpty ? order.stateName : "\(order.stateName) `\(sent)`"
            } catch let refusal as Rejection {
                #expect(order == before, "\(name) in \(state): refused, so unchanged")
                #expect(!refusal.message.isEmpty)
                return "refused"
            }
        }
        return "| \(name) | " + cells.joined(separator: " | ") + " |"
    }

    @Test(arguments: 1...200)
    func `whatever happens, updates are numbered without a gap and the end is the end`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        var order = SupplyFixture.order()
        var updates: [SupplyUpdate] = []
        for _ in 0..<40 {
            let before = order
            let deed = Self.deeds[dice.below(Self.deeds.count)].deed
            updates += ((try? deed(&order)) ?? []).updates

            let hasEnded = ["completed", "partial", "cancelled", "failed"].contains(before.stateName)
            #expect(!hasEnded || order == before, "nothing moves an order that has ended")
            let committed = before.dates?.committedDate
            #expect(committed == nil || order.dates == nil || order.dates?.committedDate == committed)
        }
        #expect(updates.map(\.sequence) == (0..<updates.count).map { Int64($0) + 1 })
        #expect(order.updates == Int64(updates.count))
        let needsProblem: Set<SupplyUpdate.Reason> = [.warning, .delay, .reappoint, .cancelled]
        #expect(updates.allSatisfy { !needsProblem.contains($0.reason) || $0.problemCode != nil })
        #expect(updates.allSatisfy { !$0.isMisexplained })
    }
}

/// Where the tables are, and how they are drawn.
enum StateMachineDocument {
    static func url(_ name: String) -> URL {
        URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/state-machines/\(name).md")
    }

    static func table(_ states: [String], _ rows: [String]) -> String {
        let header = "| input | " + states.joined(separator: " | ") + " |"
        let rule = "|---" + String(repeating: "|---", count: states.count) + "|"
        return ([header, rule] + rows).joined(separator: "\n")
    }
}

/// Random numbers that a failing seed brings back (SplitMix64).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(limit))
    }
}
