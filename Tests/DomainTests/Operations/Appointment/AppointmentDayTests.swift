import Domain
import Foundation
import Testing

@Suite struct AppointmentDayTests {
    private static let monday = CivilDate(daysSince1970: 20_605)

    private static func day(engineers: Int) -> AppointmentDay {
        AppointmentDay(uprn: 10_090_000_001, day: monday, engineers: engineers, at: SupplyFixture.start)
    }

    @Test func `an area's day has a morning and an afternoon by London's clock`() {
        let day = Self.day(engineers: 2)
        #expect(Self.monday.weekday == .monday)
        #expect(day.slots.map(\.slot.startTime) == ["08:00", "13:00"])
        #expect(day.slots.map(\.slot.endTime) == ["13:00", "18:00"])
    }

    @Test func `the last engineer goes to one only`() throws {
        var day = Self.day(engineers: 1)
        let slot = day.slots[0].slot
        try day.take(slot)
        let refusal = #expect(throws: BookingRefusal.self) { try day.take(slot) }
        #expect(refusal?.code == .slotTaken)
        #expect(day.slots[1].isFree)
    }

    @Test func `a thousand neighbours share an area, the next one does not`() {
        let first = AppointmentDay.id(uprn: 10_090_001_000, on: Self.monday)
        #expect(first == AppointmentDay.id(uprn: 10_090_001_999, on: Self.monday))
        #expect(first != AppointmentDay.id(uprn: 10_090_002_000, on: Self.monday))
        #expect(first != AppointmentDay.id(uprn: 10_090_001_000, on: Self.monday.adding(days: 1)))
    }

    @Test(arguments: 1...200)
    func `whatever is taken and given back, a slot never holds more than its engineers nor fewer than none`(
        seed: UInt64
    ) throws {
        var dice = Dice(seed: seed)
        let engineers = 1 + dice.below(3)
        var day = Self.day(engineers: engineers)
        var held = [0, 0]
        for _ in 0..<60 {
            let index = dice.below(2)
            let slot = day.slots[index].slot
            if dice.below(2) == 0 {
                if (try? day.take(slot)) != nil { held[index] += 1 }
            } else if (try? day.hear(.givenBack(appointment: ID(1), start: slot.start), at: SupplyFixture.start)) != nil
            {
                held[index] -= 1
            }
            #expect(day.slots.map(\.taken) == held)
            #expect(held.allSatisfy { (0...engineers).contains($0) })
        }
    }
}
