import CSimdJSON

/// The one spelling that all spellings of a JSON value have in common, to tell by whether two requests say the same.
///
/// Members are sorted by the bytes of their keys, at every depth; strings are unescaped; space is gone; unknown members
/// are there like all others. A number is its text: `1`, `1.0` and `1e0` differ, because a reader of text may treat them
/// differently. Every part says where it ends, so no two values have one spelling. It is for hashing, not for reading.
package enum CanonicalJSON {
    /// - Parameters:
    ///   - source: the bytes that the document was parsed from. They hold the text of each number, which the document
    ///     does not.
    ///   - omitted: members of the outermost object that say nothing of the request: those of the attempt.
    package static func bytes(
        of document: JSONDocument,
        source: [UInt8],
        without omitted: [String] = []
    ) -> [UInt8] {
        withExtendedLifetime(document) {
            var writer = CanonicalWriter(document: document, source: source)
            writer.write(0, without: omitted)
            return writer.bytes
        }
    }
}

private struct CanonicalWriter {
    let document: JSONDocument
    private let source: [UInt8]
    private(set) var bytes: [UInt8] = []
    /// The keys of the objects that are being written, the innermost object's last.
    private var keys: [Int] = []
    /// Where each number stands in the source, by its node; found for the first number with a fraction or exponent.
    private var numbers: [Int: Range<Int>]?

    init(document: JSONDocument, source: [UInt8]) {
        self.document = document
        self.source = source
        bytes.reserveCapacity(source.count + 64)
        keys.reserveCapacity(64)
    }

    mutating func write(_ index: Int, without omitted: [String] = []) {
        let node = document.node(index)
        switch csj_kind(node.kind) {
        case CSJ_FALSE: bytes.append(UInt8(ascii: "f"))
        case CSJ_TRUE: bytes.append(UInt8(ascii: "t"))
        case CSJ_INTEGER: number(String(node.integer).utf8)
        case CSJ_UNSIGNED: number(String(node.large).utf8)
        case CSJ_DECIMAL: decimal(index)
        case CSJ_STRING: string(node)
        case CSJ_ARRAY:
            bytes.append(UInt8(ascii: "["))
            var element = index + 1
            for _ in 0..<Int(node.count) {
                write(element)
                element = Int(document.node(element).end)
            }
            bytes.append(UInt8(ascii: "]"))
        case CSJ_OBJECT: object(index, node, without: omitted)
        case _: bytes.append(UInt8(ascii: "n"))
        }
    }

    private mutating func object(_ index: Int, _ node: csj_node, without omitted: [String]) {
        let first = keys.count
        var key = index + 1
        for _ in 0..<Int(node.count) {
            keys.append(key)
            key = Int(document.node(key + 1).end)
        }
        if !omitted.isEmpty {
            keys.removeSubrange(first..<keys.count, where: { omitted.contains(document.string($0)) })
        }
        sort(from: first)
        bytes.append(UInt8(ascii: "{"))
        for position in first..<keys.count {
            let key = keys[position]
            string(document.node(key))
            write(key + 1)
        }
        bytes.append(UInt8(ascii: "}"))
        keys.removeSubrange(first...)
    }

    /// Few members are sorted where they stand; many by the library, which needs memory for it.
    private mutating func sort(from first: Int) {
        guard keys.count - first > 24 else {
            for position in (first..<keys.count).dropFirst() {
                let key = keys[position]
                var hole = position
                while hole > first, isBefore(key, keys[hole - 1]) {
                    keys[hole] = keys[hole - 1]
                    hole -= 1
                }
                keys[hole] = key
            }
            return
        }
        let sorted = keys[first...].sorted(by: isBefore)
        keys.replaceSubrange(first..., with: sorted)
    }

    /// By bytes. Most keys differ in their first eight, which are compared at once.
    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        let left = UnsafeRawBufferPointer(document.utf8(document.node(left)))
        let right = UnsafeRawBufferPointer(document.utf8(document.node(right)))
        if left.count >= 8, right.count >= 8 {
            let (first, second) = (left.loadUnaligned(as: UInt64.self), right.loadUnaligned(as: UInt64.self))
            if first != second { return first.bigEndian < second.bigEndian }
        }
        return left.lexicographicallyPrecedes(right)
    }

    /// Its length in four bytes, then its bytes.
    private mutating func string(_ node: csj_node) {
        bytes.append(UInt8(ascii: "\""))
        withUnsafeBytes(of: node.count.littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: document.utf8(node))
    }

    private mutating func number(_ text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "#"))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: ";"))
    }

    private mutating func decimal(_ index: Int) {
        let found = numbers ?? numberPlaces()
        numbers = found
        number(source[found[index] ?? 0..<0])
    }

    /// Outside strings only a number has a digit or a minus sign, so the numbers of both are in one order.
    private func numberPlaces() -> [Int: Range<Int>] {
        var places: [Int: Range<Int>] = [:]
        var position = 0
        for index in 0..<Int(document.node(0).end) {
            switch csj_kind(document.node(index).kind) {
            case CSJ_INTEGER, CSJ_UNSIGNED, CSJ_DECIMAL:
                guard let place = nextNumber(&position) else { return places }
                places[index] = place
            case _: continue
            }
        }
        return places
    }

    private func nextNumber(_ position: inout Int) -> Range<Int>? {
        var isInString = false
        while position < source.count {
            let byte = source[position]
            if isInString {
                if byte == UInt8(ascii: "\\") { position += 1 }
                isInString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "-") || byte.isASCIIDigit {
                let start = position
                while position < source.count, source[position].isPartOfNumber { position += 1 }
                return start..<position
            }
            position += 1
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isPartOfNumber: Bool {
        isASCIIDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "+") || self == UInt8(ascii: ".")
            || self | 0x20 == UInt8(ascii: "e")
    }
}

extension [Int] {
    fileprivate mutating func removeSubrange(_ range: Range<Int>, where isUnwanted: (Int) -> Bool) {
        let kept = self[range].filter { !isUnwanted($0) }
        replaceSubrange(range, with: kept)
    }
}
