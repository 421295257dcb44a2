import Domain
import Foundation
import Formats
import Testing

@testable import Adapters

/// A supplier writes days of delay as integers without a bound: their sum must not end the gateway.
@Suite struct LateRepairNumbersTests {
    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "99999999999999999999999", "-1", "36501"])
    func `days of delay that cannot be are taken as none, with a warning`(days: String) throws {
        let (news, warnings) = try Self.read(seller: days, nonSeller: "9223372036854775807")

        #expect(news.lateRepair == LateRepair(totalDays: 0, sellerDays: 0))
        #expect(warnings.contains("sellerDelayDays is no number of days from 0 to 36500"))
    }

    @Test func `days of delay are summed`() throws {
        let (news, warnings) = try Self.read(seller: "6", nonSeller: "+2")

        #expect(news.lateRepair == LateRepair(totalDays: 8, sellerDays: 6))
        #expect(!warnings.contains { $0.contains("days") })
    }

    private static func read(seller: String, nonSeller: String) throws -> (TicketNews, [String]) {
        let golden = try String(contentsOfFile: "\(GoldenFile.directory)/notify-closed.xml", encoding: .utf8)
        let late = """
            <lateRepairNotification><sellerDelayDays>\(seller)</sellerDelayDays><nonSellerDelayDays>\(nonSeller)</nonSellerDelayDays>\
            </lateRepairNotification></notifyFaultReportUpdate>
            """
        let text = golden.replacingOccurrences(of: "</notifyFaultReportUpdate>", with: late)
        let document = try XMLDocument(parsing: Array(text.utf8))
        let read = try ReceivedNotification(TicketFields(document.root), at: TicketingBench.start)
        return (read.news, read.warnings)
    }
}
