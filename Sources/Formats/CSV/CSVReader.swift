/// Reads RFC 4180 as it comes in, a piece at a time: never more than one row and one piece is held.
///
/// Lines end with LF or CR LF; a byte order mark is passed over. A row that cannot be read is one of its own, with the
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
    private var isAtBeginning = true

    package init() {}

    /// The rows that end in these bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [Row] {
        var rows: [Row] = []
        for byte in bytes { if let row = take(byte) { rows.append(row) } }
        return rows
    }

    /// What is left when there is no more: a last line without an end.
    package mutating func finish() -> Row? {
        guard size > 0 || !cells.isEmpty || place == .skipping else { return nil }
        if place == .quoted { fault = "a quote is not closed" }
        return end()
    }

    private mutating func take(_ byte: UInt8) -> Row? {
        size += 1
        if isAtBeginning, let isMark = byteOrderMark(byte), isMark { return nil }
        if byte == 0x0A { line += 1 }
        if size > Self.rowBytesMax, place != .skipping {
            fault = "a row has more than \(Self.rowBytesMax) bytes"
            place = .skipping
        }
        switch (place, byte) {
        case (.skipping, 0x0A), (.start, 0x0A), (.plain, 0x0A), (.afterQuote, 0x0A): return end()
        case (.skipping, _): return nil
        case (.quoted, 0x22): place = .afterQuote
        case (.quoted, _): cell.append(byte)
        case (.afterQuote, 0x22):
            cell.append(byte)
            place = .quoted
        case (.start, 0x22): place = .quoted
        case (.start, 0x2C), (.plain, 0x2C), (.afterQuote, 0x2C):
            endCell()
            place = .start
        // The line's end, or a mistake that the next byte shows.
        case (_, 0x0D): break
        case (.start, _), (.plain, _):
            cell.append(byte)
            place = .plain
        case (.afterQuote, _):
            fault = "something stands behind a closing quote"
            place = .skipping
        }
        return nil
    }

    /// U+FEFF in UTF-8, which spreadsheets put first.
    private mutating func byteOrderMark(_ byte: UInt8) -> Bool? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if size <= 3, byte == mark[size - 1] {
            if size == 3 {
                isAtBeginning = false
                size = 0
            }
            return true
        }
        isAtBeginning = false
        return false
    }

    private mutating func endCell() {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
    }

    private mutating func end() -> Row? {
        endCell()
        let row = Row(line: firstLine, cells: fault == nil ? cells : [], fault: fault)
        let isEmpty = fault == nil && cells == [""]
        cells.removeAll(keepingCapacity: true)
        (place, fault, size, firstLine) = (.start, nil, 0, line)
        return isEmpty ? nil : row
    }
}
