import Domain
import FoundationEssentials
import Testing

/// Random lives of tickets, and what must hold at every step of each.
@Suite struct FaultReportWalkTests {
    @Test(arguments: UInt64(1)...200)
    func `whatever happens, every status is told once and an ended ticket waits for nothing`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let outage = seed.isMultiple(of: 2)
        var ticket = try TicketFixture.pending(outage: outage)

        for _ in 0..<60 {
            let before = ticket
            let (_, deed) = FaultReportTableTests.deeds[Int(random.next() % UInt64(FaultReportTableTests.deeds.count))]
            _ = try? deed(&ticket)

            #expect(before.updates.count <= ticket.updates.count, "history only grows")
            #expect(!before.isEnded || ticket.status == before.status, "an end is an end")
            let openPauses = ticket.clock.pauses.filter { $0.until == nil }
            #expect(openPauses.count == (ticket.status == .onHold ? 1 : 0), "the clock stands still only on hold")
            #expect(ticket.visits.dropLast().allSatisfy { !$0.isOpen }, "one visit to come at most")
            #expect(!ticket.isEnded || ticket.openVisit == nil, "nobody comes to an ended ticket")
        }
    }

    @Test(arguments: UInt64(1)...200)
    func `effects account for every change of status, and for every timer`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var ticket = try TicketFixture.pending(outage: seed.isMultiple(of: 2))
        var armed: Set<TimerKey> = [ticket.timer(.accept)]

        for _ in 0..<60 {
            let before = ticket.status
            let move = Move.allCases[Int(random.next() % UInt64(Move.allCases.count))]
            let effects = (try? move.make(&ticket, armed)) ?? []
            for effect in effects {
                if case .arm(let timer, _) = effect { armed.insert(timer) }
                if case .disarm(let timer) = effect { armed.remove(timer) }
            }
            if let alarm = move.alarm { armed.remove(ticket.timer(alarm)) }

            let told = effects.notifications.map(\.change)
            let reached = told.filter { FaultStatus(rawValue: $0.rawValue) != nil }
            #expect(
                reached.count == (ticket.status == before ? 0 : 1),
                "\(move): \(before) to \(ticket.status), told \(told)"
            )
            #expect(reached.isEmpty || reached.last?.rawValue == ticket.status.rawValue)
            #expect(!ticket.isEnded || armed.isEmpty, "\(move): \(armed) still armed in \(ticket.status)")
            #expect((ticket.status == .resolved) == armed.contains(ticket.timer(.close)))
        }
    }
}

/// Moves whose effects are looked at; an alarm only goes off if it is armed.
private enum Move: CaseIterable {
    case accept, reject, fault, noFault, begin, hold, resume, resolve, cancel, confirm, fail, callOff, mended, unsafe,
        missed
    case settle, amend, comment, rebook, withdraw, yes, no, close

    var alarm: FaultReport.Alarm? {
        switch self {
        case .accept: .accept
        case .settle: .settleVisit
        case .close: .close
        case .reject, .fault, .noFault, .begin, .hold, .resume, .resolve, .cancel, .confirm, .fail, .callOff, .mended,
            .unsafe,
            .missed, .amend, .comment, .rebook, .withdraw, .yes, .no:
            nil
        }
    }

    func make(_ ticket: inout FaultReport, _ armed: Set<TimerKey>) throws -> [Effect] {
        let now = TicketFixture.start
        if let alarm {
            return armed.contains(ticket.timer(alarm)) ? try ticket.wake(alarm, at: now) : []
        }
        var amendment = FaultAmendment()
        switch self {
        case .accept, .settle, .close: return []
        case .reject: return try ticket.reject(because: "r", at: now)
        case .fault: return try ticket.triage(findings: "f", isNetworkFault: true, because: nil, at: now)
        case .noFault: return try ticket.triage(findings: "f", isNetworkFault: false, because: nil, at: now)
        case .begin: return try ticket.start(because: nil, at: now)
        case .hold: return try ticket.hold(because: "r", at: now)
        case .resume: return try ticket.resume(because: nil, at: now)
        case .resolve: return try ticket.resolve(because: "r", at: now)
        case .cancel: return try ticket.cancel(by: .seller, because: nil, at: now)
        case .confirm: return try ticket.confirmVisit(because: nil, at: now)
        case .fail: return try ticket.failVisit(because: nil, at: now)
        case .callOff: return try ticket.cancelVisit(because: nil, at: now)
        case .mended: return try ticket.completeVisit(code: .faultResolved, because: nil, at: now)
        case .unsafe: return try ticket.completeVisit(code: .siteUnsafe, because: nil, at: now)
        case .missed: return try ticket.missVisit(cause: #require(MissedVisit(endUser: true)), because: nil, at: now)
        case .amend: return try ticket.amend(amendment, at: now)
        case .comment:
            amendment.comment = TicketUpdate(text: "c", by: .buyer, at: now)
            return try ticket.amend(amendment, at: now)
        case .rebook: return try ticket.amend(amendment, visit: TicketFixture.visit(key: "KEY2"), at: now)
        case .withdraw:
            amendment.status = .cancelled
            return try ticket.amend(amendment, at: now)
        case .yes: return try ticket.answer(accepted: true, because: nil, at: now)
        case .no: return try ticket.answer(accepted: false, because: "r", at: now)
        }
    }
}

/// A small generator, so that a seed names a life.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
