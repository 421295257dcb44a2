/// Reads JSON slowly and carefully, only to say *where* something is: simdjson says that bytes are wrong, not where.
///
/// It counts nodes in the parser's order, so it also finds the place of a node that the parser complained about.
struct JSONScanner {
    enum Stop: Equatable {
        case fault(offset: Int, reason: String)
        case node(offset: Int)
        case end
    }

    /// What may come next.
    private enum Expected {
        case value
        case valueOrEndOfArray
        case keyOrEndOfObject
        case key
        case colon
        case commaOrEnd
        case endOfDocument
    }

    let bytes: UnsafeRawBufferPointer
    var position = 0
    private var nodes = 0
    private var isObject: [Bool] = []
    private var expected = Expected.value

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads up to the given node, or else up to the first fault or the end.
    mutating func run(toNode target: Int?) -> Stop {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return fault("The document begins with a byte order mark.") }
        while true {
            while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
            guard let byte = current else {
                if expected == .endOfDocument { return .end }
                return fault(bytes.isEmpty ? "There is no document." : "The document ends too early.")
            }
            if let stop = step(byte, to: target) { return stop }
        }
    }

    private mutating func step(_ byte: UInt8, to target: Int?) -> Stop? {
        switch expected {
        case .endOfDocument:
            return fault("There is something behind the end of the document.")
        case .colon:
            guard byte == UInt8(ascii: ":") else { return fault("A colon is missing here.") }
            position += 1
            expected = .value
            return nil
        case .commaOrEnd:
            return commaOrEnd(byte)
        case .keyOrEndOfObject where byte == UInt8(ascii: "}"), .valueOrEndOfArray where byte == UInt8(ascii: "]"):
            close()
            return nil
        case .key, .keyOrEndOfObject:
            guard byte == UInt8(ascii: "\"") else { return fault("A key in double quotes is missing here.") }
            if nodes == target { return .node(offset: position) }
            nodes += 1
            if let stop = string() { return stop }
            expected = .colon
            return nil
        case .value, .valueOrEndOfArray:
            if nodes == target { return .node(offset: position) }
            nodes += 1
            return value(byte)
        }
    }

    private mutating func commaOrEnd(_ byte: UInt8) -> Stop? {
        let inObject = isObject.last == true
        switch byte {
        case UInt8(ascii: ","):
            position += 1
            expected = inObject ? .key : .value
        case UInt8(ascii: "}") where inObject, UInt8(ascii: "]") where !inObject:
            close()
        case _:
            return fault(inObject ? "A comma or } is missing here." : "A comma or ] is missing here.")
        }
        return nil
    }

    private mutating func value(_ byte: UInt8) -> Stop? {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard isObject.count < JSONDocument.depthMax else { return fault("The document nests too deeply.") }
            position += 1
            isObject.append(byte == UInt8(ascii: "{"))
            expected = byte == UInt8(ascii: "{") ? .keyOrEndOfObject : .valueOrEndOfArray
            return nil
        case UInt8(ascii: "\""):
            return finished(string())
        case UInt8(ascii: "t"):
            return finished(word("true"))
        case UInt8(ascii: "f"):
            return finished(word("false"))
        case UInt8(ascii: "n"):
            return finished(word("null"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return finished(number())
        case _:
            return fault("A value is missing here.")
        }
    }

    private mutating func finished(_ stop: Stop?) -> Stop? {
        expected = isObject.isEmpty ? .endOfDocument : .commaOrEnd
        return stop
    }

    private mutating func close() {
        position += 1
        isObject.removeLast()
        expected = isObject.isEmpty ? .endOfDocument : .commaOrEnd
    }

    private mutating func word(_ word: StaticString) -> Stop? {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[offset] else {
                return .fault(offset: start, reason: "A value is missing here.")
            }
            position += 1
        }
        return nil
    }

    func fault(_ reason: String) -> Stop { .fault(offset: position, reason: reason) }
}
