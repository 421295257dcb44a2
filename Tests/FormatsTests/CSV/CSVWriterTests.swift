import Formats
import Testing

@Suite struct CSVWriterTests {
    @Test(arguments: [
        (["a", "b"], "a,b\r\n"), (["", ""], ",\r\n"), (["a,b", "c\"d"], "\"a,b\",\"c\"\"d\"\r\n"),
        (["two\nlines", "café"], "\"two\nlines\",café\r\n"),
        // What a spreadsheet would calculate.
        (["=1+1", "+44", "-1", "@x"], "\"'=1+1\",\"'+44\",\"'-1\",\"'@x\"\r\n"), (["a=b"], "a=b\r\n"),
    ])
    func `cells are quoted where they must be, and never a formula`(cells: [String], line: String) {
        let bytes = CSVWriter.bytes { $0.row(cells) }
        #expect(String(decoding: bytes, as: UTF8.self) == line)
    }
}
