/// Reads RFC 4180 as it comes in, a piece at a time: never more than one row and one piece is held.
///
/// It also takes what spreadsheets write: lines that end with LF, CR LF or CR; semicolons or tabs between cells, where the first
/// row has one of these before any comma; UTF-16 with its byte order mark. A row that cannot be read is one of its own, with the
/// reason, and reading goes on with the next line.
package struct CSVReader {
    package struct Row: Equatable, Sendable {
        /// Of the line that it begins on, from 1.
        package let line: Int
        package let cells: [String]
        /// Why it cannot be read; `nil` if it can.
        package let fault: String?
    }

    /// Of a row in bytes: an address has a few dozen. More is no row but a broken quote.
    package static let rowBytesMax = 16_384

    private enum Place { case start, plain, quoted, afterQuote, skipping }

    private var place = Place.start
    private var cell: [UInt8] = []
    private var cells: [String] = []
    private var size = 0
    private var line = 1
    private var firstLine = 1
    private var fault: String?
    private var encoding = SpreadsheetEncoding()
    /// What stands between cells: the first of the three in the first row.
    private var separator: UInt8?
    private var isBehindCarriageReturn = false

    package init() {}

    /// The rows that end in these bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [Row] {
        var rows: [Row] = []
        for byte in bytes {
            if encoding.isUTF8 {
                if let row = take(byte) { rows.append(row) }
            } else {
                for byte in encoding.decode(byte) { if let row = take(byte) { rows.append(row) } }
            }
        }
        return rows
    }

    /// What is left when there is no more: a last line without an end.
    package mutating func finish() -> Row? {
        guard size > 0 || !cells.isEmpty || place == .skipping else { return nil }
        if place == .quoted { fault = "a quote is not closed" }
        return end()
    }

    private mutating func take(_ byte: UInt8) -> Row? {
        // CR LF is one end of a line, which the CR was.
        if byte == Self.lineFeed, isBehindCarriageReturn {
            isBehindCarriageReturn = false
            return nil
        }
        let isLineEnd = byte == Self.lineFeed || byte == Self.carriageReturn
        isBehindCarriageReturn = byte == Self.carriageReturn && place != .quoted
        size += 1
        if byte == Self.lineFeed || isBehindCarriageReturn { line += 1 }
        if size > Self.rowBytesMax, place != .skipping {
            fault = "a row has more than \(Self.rowBytesMax) bytes"
            place = .skipping
        }
        switch place {
        case .skipping: return isLineEnd ? end() : nil
        case .quoted:
            if byte == Self.quote { place = .afterQuote } else { cell.append(byte) }
        case .start, .plain, .afterQuote:
            if isLineEnd { return end() }
            if separates(byte) {
                endCell()
                place = .start
            } else {
                append(byte)
            }
        }
        return nil
    }

    /// A byte outside quotes that ends neither cell nor row.
    private mutating func append(_ byte: UInt8) {
        switch (place, byte) {
        case (.start, Self.quote): place = .quoted
        case (.afterQuote, Self.quote):
            cell.append(byte)
            place = .quoted
        case (.afterQuote, _):
            fault = "something stands behind a closing quote"
            place = .skipping
        case (_, _):
            cell.append(byte)
            place = .plain
        }
    }

    private mutating func separates(_ byte: UInt8) -> Bool {
        if separator == nil, Self.separators.contains(byte) { separator = byte }
        return byte == separator
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let separators: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]

    private mutating func endCell() {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func end() -> Row? {
        endCell()
        // A first row of one cell says nothing: commas, as the RFC has them.
        if separator == nil, fault == nil, cells != [""] { separator = UInt8(ascii: ",") }
        let row = Row(line: firstLine, cells: fault == nil ? cells : [], fault: fault)
        let isEmpty = fault == nil && cells == [""]
        cells.removeAll(keepingCapacity: true)
        (place, fault, size, firstLine) = (.start, nil, 0, line)
        return isEmpty ? nil : row
    }
}
