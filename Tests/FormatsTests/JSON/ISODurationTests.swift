import Formats
import Testing

@Suite struct ISODurationTests {
    @Test(arguments: [("PT0S", 0), ("PT48H", 172_800), ("P2D", 172_800), ("P1DT2H3M4S", 93_784)])
    func `days to seconds are read`(text: String, seconds: Int64) {
        #expect(ISODuration.parse(text) == .seconds(seconds))
    }

    @Test(arguments: ["", "P", "PT", "48H", "P1H", "PT1D", "PT1S2H", "PT1H1H", "P1M", "PT1.5S", "P-1D", "PT１S"])
    func `anything else is none`(text: String) {
        #expect(ISODuration.parse(text) == nil)
    }
}
