import Domain
import FoundationEssentials
import Testing

@Suite struct RepairDelayTests {
    @Test(arguments: [
        // Monday: Tuesday and Wednesday are the operator's, to their last minute.
        ("2027-01-18 10:00", "2027-01-20 23:59", 0),
        ("2027-01-18 10:00", "2027-01-21 00:00", 1),
        ("2027-01-18 00:00", "2027-01-21 09:00", 1),
        // Over a weekend; Saturday and Sunday are no working days, but they are days of delay.
        ("2027-01-15 16:00", "2027-01-19 23:59", 0),
        ("2027-01-15 16:00", "2027-01-20 09:00", 1),
        ("2027-01-16 12:00", "2027-01-20 09:00", 1),
        ("2027-01-20 10:00", "2027-01-25 09:00", 3),
        // Good Friday and Easter Monday.
        ("2027-03-25 09:00", "2027-03-31 23:59", 0),
        ("2027-03-25 09:00", "2027-04-01 08:00", 1),
        // Christmas on a Saturday, Boxing Day on a Sunday: Monday and Tuesday stand for them.
        ("2027-12-23 09:00", "2027-12-29 23:00", 0),
        ("2027-12-23 09:00", "2027-12-30 01:00", 1),
        // Across both changes of the clock, and in summer half an hour after London's midnight.
        ("2027-10-27 10:00", "2027-11-01 00:30", 3),
        ("2028-03-22 10:00", "2028-03-27 00:30", 3),
        ("2027-07-05 10:00", "2027-07-07 23:30", 0),
        ("2027-07-05 10:00", "2027-07-08 00:30", 1),
    ])
    func `delay is every day that begins unresolved after two full working days`(
        accepted: String,
        resolved: String,
        days: Int
    ) throws {
        let ticket = try Self.ticket(accepted: accepted, resolved: resolved)

        let delay = ticket.delay(at: try Self.london(resolved))

        #expect(delay.total == days)
        #expect(delay.seller == days)
        #expect(delay.exclusions.isEmpty)
    }

    @Test(arguments: [
        // In the days of delay.
        ("2027-01-18 10:00", "2027-01-21 12:00", "2027-01-23 12:00", "2027-01-24 10:00", 4, 2),
        // All of the operator's time: two working days are still the operator's once it goes on.
        ("2027-01-18 10:00", "2027-01-18 11:00", "2027-01-25 11:00", "2027-01-27 12:00", 7, 0),
        ("2027-01-18 10:00", "2027-01-18 11:00", "2027-01-25 11:00", "2027-01-29 12:00", 9, 2),
        // One of the operator's two days.
        ("2027-01-18 10:00", "2027-01-19 12:00", "2027-01-20 12:00", "2027-01-22 09:00", 2, 1),
        // A weekend takes no working day, and an afternoon takes no day.
        ("2027-01-15 16:00", "2027-01-15 17:00", "2027-01-17 12:00", "2027-01-20 09:00", 1, 1),
        ("2027-01-18 10:00", "2027-01-21 09:00", "2027-01-21 18:00", "2027-01-22 09:00", 2, 2),
    ])
    func `a day that began on hold is the hold's, and so is one that the hold cost`(
        accepted: String,
        from: String,
        until: String,
        resolved: String,
        total: Int,
        seller: Int
    ) throws {
        let ticket = try Self.ticket(accepted: accepted, holds: [(from, until, "MBORC")], resolved: resolved)

        let delay = ticket.delay(at: try Self.london(resolved))

        #expect(delay.total == total)
        #expect(delay.seller == seller)
        #expect(delay.nonSeller == total - seller)
        #expect(delay.exclusions.reduce(0) { $0 + $1.days } == total - seller)
        #expect(delay.exclusions.allSatisfy { $0.reason == "MBORC" })
    }

    @Test func `each hold excuses its own days, under its own code`() throws {
        let holds = [
            ("2027-01-21 10:00", "2027-01-22 10:00", "NOACC"), ("2027-01-25 10:00", "2027-01-27 10:00", "MBORC"),
        ]
        let ticket = try Self.ticket(accepted: "2027-01-18 10:00", holds: holds, resolved: "2027-01-28 10:00")

        let delay = ticket.delay(at: try Self.london("2027-02-03 10:00"))

        #expect(delay.total == 8)
        #expect(delay.seller == 5)
        #expect(delay.exclusions.map(\.reason) == ["NOACC", "MBORC"])
        #expect(delay.exclusions.map(\.days) == [1, 2])
        #expect(delay.exclusions.last?.from == (try Self.london("2027-01-25 10:00")))
        #expect(delay.exclusions.last?.until == (try Self.london("2027-01-27 10:00")))
    }

    @Test func `the days between a resolution and its refusal are the buyer's`() throws {
        var ticket = try Self.ticket(accepted: "2027-01-18 10:00", resolved: "2027-01-19 10:00")
        _ = try ticket.answer(accepted: false, because: "Dark", at: Self.london("2027-01-21 09:00"))
        _ = try ticket.start(because: nil, at: Self.london("2027-01-21 10:00"))
        _ = try ticket.resolve(because: "Splice mended", at: Self.london("2027-01-25 10:00"))

        let delay = ticket.delay(at: try Self.london("2027-01-25 11:00"))

        #expect(delay.total == 5)
        #expect(delay.seller == 3)
        #expect(delay.exclusions.map(\.reason) == ["CUST"])
        #expect(delay.exclusions.map(\.days) == [2])
    }

    @Test func `an unresolved ticket's delay grows, and a resolved one's does not`() throws {
        let open = try Self.ticket(accepted: "2027-01-18 10:00", resolved: nil)
        let resolved = try Self.ticket(accepted: "2027-01-18 10:00", resolved: "2027-01-22 10:00")

        #expect(open.delay(at: try Self.london("2027-01-22 10:00")).total == 2)
        #expect(open.delay(at: try Self.london("2027-01-29 10:00")).total == 9)
        #expect(resolved.delay(at: try Self.london("2027-01-29 10:00")).total == 2)
    }

    @Test func `the repair is due at the end of the second full working day, and a hold puts it off`() throws {
        let plain = try Self.ticket(accepted: "2027-01-18 10:00", resolved: nil)
        let holds = [("2027-01-18 11:00", "2027-01-20 11:00", "CUST")]
        let held = try Self.ticket(accepted: "2027-01-18 10:00", holds: holds, resolved: nil)
        let now = try Self.london("2027-01-20 12:00")

        #expect(plain.clock.repairDue(until: now) == (try Self.london("2027-01-21 00:00")))
        #expect(held.clock.repairDue(until: now) == (try Self.london("2027-01-23 00:00")))
    }

    @Test(arguments: UInt64(1)...100)
    func `whatever the holds, the days are shared out whole, and only the holds excuse`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let start = try Self.london("2027-02-01 10:00")
        var ticket = try Self.started(at: start)
        var now = start
        for _ in 0..<Int(random.next() % 6) {
            now += Double(random.next() % 200_000)
            _ = try ticket.hold(for: "CUST", because: "r", at: now)
            now += Double(random.next() % 400_000)
            _ = try ticket.resume(because: nil, at: now)
        }
        now += Double(random.next() % 400_000)
        _ = try ticket.resolve(because: "r", at: now)
        var plain = try Self.started(at: start)
        _ = try plain.resolve(because: "r", at: now)

        let delay = ticket.delay(at: now)

        #expect(delay.total == plain.delay(at: now).total, "a hold excuses days, and hides none")
        #expect(delay.seller >= 0)
        #expect(delay.nonSeller == delay.exclusions.reduce(0) { $0 + $1.days })
        #expect(delay.exclusions.allSatisfy { $0.days > 0 })
    }

    // MARK: -

    private static func london(_ text: String) throws -> Date {
        let parts = text.split(separator: " ")
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        let day = try #require(CivilDate(parts[0]))
        return try #require(LondonTime.date(day, hour: clock[0], minute: clock[1]))
    }

    private static func started(at now: Date) throws -> FaultReport {
        var ticket = try TicketFixture.pending()
        _ = try ticket.wake(.accept, at: now)
        _ = try ticket.triage(findings: "f", isNetworkFault: true, because: nil, at: now)
        _ = try ticket.start(because: nil, at: now)
        return ticket
    }

    private static func ticket(
        accepted: String,
        holds: [(from: String, until: String, code: String)] = [],
        resolved: String?
    ) throws -> FaultReport {
        var ticket = try started(at: london(accepted))
        for hold in holds {
            _ = try ticket.hold(for: hold.code, because: "r", at: london(hold.from))
            _ = try ticket.resume(because: nil, at: london(hold.until))
        }
        if let resolved { _ = try ticket.resolve(because: "Splice mended", at: london(resolved)) }
        return ticket
    }
}
