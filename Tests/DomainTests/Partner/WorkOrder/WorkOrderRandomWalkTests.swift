import Domain
import FoundationEssentials
import Testing

/// What must always hold, whatever happens in whichever order.
@Suite struct WorkOrderRandomWalkTests {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `every message has its number, and what is over stays over`(seed: UInt64) throws {
        var chance = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var order = try WorkOrder.sample(.pending)
        var told: [JobReport] = []
        for step in 0..<60 {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let inputs = WorkOrderInput.allCases
            let input = inputs[Int(chance >> 33) % inputs.count]
            let before = order

            let effects = (try? input.happen(to: &order, at: .noon + Double(step))) ?? []

            told += effects.reports
            #expect(told.map(\.sequence) == Array(1...Int64(max(1, told.count))).prefix(told.count).map { $0 })
            #expect(order.reports == Int64(told.count))
            #expect(order.steps.compactMap(\.sequence) == told.map(\.sequence))
            #expect(!Self.isOver(before) || order.stateName == before.stateName, "\(input) after \(before.stateName)")
            #expect(!Self.isOver(before) || effects.isEmpty, "\(input) after \(before.stateName)")
        }
    }

    private static func isOver(_ order: WorkOrder) -> Bool {
        ["closed", "declined", "cancelled"].contains(order.stateName)
    }
}
