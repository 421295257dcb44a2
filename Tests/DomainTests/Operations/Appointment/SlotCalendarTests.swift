import Domain
import Foundation
import Testing

@Suite struct SlotCalendarTests {
    private static func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test(arguments: [
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
        "2022-01-03", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2023-01-02", "2020-05-08",
    ])
    func `nobody works on a bank holiday of England`(day: String) throws {
        #expect(SlotCalendar.slots(on: try Self.date(day)).isEmpty)
    }

    @Test(arguments: ["2026-12-24", "2026-12-29", "2026-05-11", "2022-05-30", "2020-05-04", "2026-04-02", "2027-12-29"])
    func `the days around them are like any other`(day: String) throws {
        #expect(SlotCalendar.slots(on: try Self.date(day)).count == 2)
    }

    @Test(arguments: [
        ("2026-11-23", "2026-11-25"), ("2026-11-26", "2026-11-30"), ("2026-11-27", "2026-12-01"),
        ("2026-11-28", "2026-12-01"), ("2026-12-23", "2026-12-29"),
    ])
    func `the first visit is two working days ahead`(today: String, first: String) throws {
        let noon = try #require(LondonTime.date(try Self.date(today), hour: 12))
        #expect(SlotCalendar.bookableDays(at: noon)?.lowerBound.description == first)
    }

    @Test func `the last is sixty days ahead`() throws {
        let noon = try #require(LondonTime.date(try Self.date("2026-11-23"), hour: 12))
        #expect(SlotCalendar.bookableDays(at: noon)?.upperBound.description == "2027-01-22")
    }

    @Test func `a morning begins at eight by London's clock in winter and in summer`() throws {
        let winter = try #require(SlotCalendar.slots(on: try Self.date("2026-03-27")).first)
        let summer = try #require(SlotCalendar.slots(on: try Self.date("2026-03-30")).first)
        #expect(winter.start == Date(timeIntervalSince1970: 1_774_598_400))
        #expect(summer.start == winter.start + 3 * 86_400 - 3_600)
        #expect(summer.classification == "WEEKDAY_AM")
    }

    @Test func `the town knows its addresses and where its services live`() throws {
        let town = Town.samples
        #expect(town.premises(uprn: 10_090_000_000) == nil)
        #expect(town.premises(uprn: 10_090_000_001)?.isInFootprint == true)
        #expect(town.premises(uprn: 10_091_000_000)?.isInFootprint == true)
        #expect(town.premises(uprn: 10_091_000_001) == nil)
        #expect(town.premises(of: "S1000001")?.uprn == 10_095_000_001)
        #expect(town.premises(of: "S1100000")?.uprn == 10_095_100_000)
        #expect(town.premises(of: "S1100001") == nil)
        #expect(town.premises(of: "X1000001") == nil)
        #expect(town.premises(of: "S1000001")?.isInFootprint == false)
    }
}
