import Testing

@testable import Domain

@Suite struct MoneyTests {
    @Test(arguments: [
        ("0", 0), ("149.99", 14_999), ("149.9", 14_990), ("149", 14_900), ("0.05", 5), ("-5.00", -500),
        ("1000000000.00", 100_000_000_000),
    ])
    func `an amount is read to the penny`(text: String, pence: Int64) {
        #expect(Money(text)?.pence == pence)
    }

    @Test(arguments: ["", ".5", "5.", "1.234", "1e3", "1,000", "٣", "--1", "+1", "1000000000.01", "99999999999"])
    func `what is no amount`(text: String) {
        #expect(Money(text) == nil)
    }

    @Test(
        arguments: [(0, "0.00"), (5, "0.05"), (14_999, "149.99"), (-500, "-5.00"), (-5, "-0.05")] as [(Int64, String)]
    )
    func `an amount is written with its pennies`(pence: Int64, text: String) {
        #expect(Money(pence: pence).description == text)
        #expect(Money(text) == Money(pence: pence))
    }
}
