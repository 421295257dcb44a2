/// Writes RFC 4180: a comma between cells, CR LF after each row, quotes where a cell needs them.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it: others choose what is in it.
package struct CSVWriter {
    /// RFC 7111: the first row names the columns.
    package static let mediaType = "text/csv; charset=utf-8; header=present"

    package private(set) var bytes: [UInt8] = []

    package static func bytes(_ build: (inout CSVWriter) -> Void) -> [UInt8] {
        var writer = CSVWriter()
        build(&writer)
        return writer.bytes
    }

    package mutating func row(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            self.cell(cell)
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    private mutating func cell(_ text: String) {
        let utf8 = text.utf8
        let isFormula = utf8.first.map { Self.formula.contains($0) } ?? false
        guard isFormula || utf8.contains(where: { Self.special.contains($0) }) else {
            bytes.append(contentsOf: utf8)
            return
        }
        bytes.append(Self.quote)
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in utf8 {
            if byte == Self.quote { bytes.append(Self.quote) }
            bytes.append(byte)
        }
        bytes.append(Self.quote)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let special: Set<UInt8> = [quote, UInt8(ascii: ","), 0x0D, 0x0A]
    /// `=`, `+`, `-`, `@`, tab and CR.
    private static let formula: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D]
}
