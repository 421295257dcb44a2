import Logging
import Synchronization
import Testing

@testable import Adapters

@Suite struct OneLineTests {
    @Test(arguments: [
        ("CN=harbour", "CN=harbour"), ("CN=Café – ☃", "CN=Café – ☃"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("a\u{1B}[2Jb", "a\\u{1b}[2Jb"), ("a\u{2028}b\u{202E}c\u{85}", "a\\u{2028}b\\u{202e}c\\u{85}"),
        ("a\0b\u{7F}", "a\\u{0}b\\u{7f}"),
    ])
    func `text stays on its line, and turns no terminal`(text: String, line: String) {
        #expect(OneLine.text(text) == line)
    }
}
