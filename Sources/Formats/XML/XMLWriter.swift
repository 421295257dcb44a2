/// Writes XML 1.0 straight into bytes, without indentation.
///
/// Text and attribute values are escaped; a character that XML 1.0 cannot hold (U+0000–001F but tab, LF and CR, U+FFFE,
/// U+FFFF) is written as U+FFFD, because no escape exists for it and dropping it would join what it parted. Names are the
/// program's own and are not checked.
package struct XMLWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 2048) {
        bytes.reserveCapacity(capacity)
    }

    /// A whole document; the declaration says UTF-8.
    package static func document(_ build: (inout XMLWriter) -> Void) -> [UInt8] {
        bytes { writer in
            writer.declaration()
            build(&writer)
        }
    }

    /// A part of a document.
    package static func bytes(_ build: (inout XMLWriter) -> Void) -> [UInt8] {
        var writer = XMLWriter()
        build(&writer)
        return writer.bytes
    }

    package mutating func declaration() {
        bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// `namespace` declares the default namespace, for the element and what is in it; `""` undeclares it.
    /// An element that nothing is written into is written `<name/>`.
    package mutating func element(
        _ name: String,
        namespace: String? = nil,
        attributes: KeyValuePairs<String, String> = [:],
        _ body: (inout XMLWriter) -> Void = { _ in }
    ) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        if let namespace { attribute("xmlns", namespace) }
        for (name, value) in attributes { attribute(name, value) }
        bytes.append(UInt8(ascii: ">"))
        let start = bytes.count
        body(&self)
        guard bytes.count > start else {
            bytes[start - 1] = UInt8(ascii: "/")
            bytes.append(UInt8(ascii: ">"))
            return
        }
        bytes.append("</")
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// An element that is in a namespace while what is in it is in none, as unqualified schemas have it: a prefix is
    /// declared instead of a default namespace. Nil: the element is in no namespace either.
    package mutating func element(_ name: String, rootNamespace: String?, _ body: (inout XMLWriter) -> Void) {
        guard let rootNamespace else { return element(name, body) }
        element("t:" + name, attributes: ["xmlns:t": rootNamespace], body)
    }

    /// An element that is one value. Nil is left out; an empty string is an empty element.
    package mutating func text(_ name: String, _ value: String?, attributes: KeyValuePairs<String, String> = [:]) {
        guard let value else { return }
        element(name, attributes: attributes) { $0.characters(value) }
    }

    package mutating func text(_ name: String, _ value: Int?) {
        guard let value else { return }
        element(name) { $0.bytes.appendInteger(Int64(value)) }
    }

    package mutating func text(_ name: String, _ value: Bool?) {
        text(name, value.map { $0 ? "true" : "false" })
    }

    package mutating func characters(_ text: String) {
        bytes.appendXML(text, inAttribute: false)
    }

    /// Splices in XML that was written before.
    package mutating func raw(_ xml: [UInt8]) {
        bytes.append(contentsOf: xml)
    }

    private mutating func attribute(_ name: String, _ value: String) {
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: name.utf8)
        bytes.append("=\"")
        bytes.appendXML(value, inAttribute: true)
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// Escaped so that it reads back as it was: also line ends, which a reader would otherwise change.
    mutating func appendXML(_ text: String, inAttribute: Bool) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { appendXML($0, inAttribute: inAttribute) }
        if done == nil { Array(text.utf8).withUnsafeBufferPointer { appendXML($0, inAttribute: inAttribute) } }
    }

    private mutating func appendXML(_ utf8: UnsafeBufferPointer<UInt8>, inAttribute: Bool) {
        var start = 0
        var index = 0
        while index < utf8.count {
            let length = utf8.isNoncharacter(at: index) ? 3 : 1
            if let escape = Self.escape(utf8[index], isNoncharacter: length == 3, inAttribute: inAttribute) {
                append(contentsOf: utf8[start..<index])
                append(escape)
                start = index + length
            }
            index += length
        }
        append(contentsOf: utf8[start...])
    }

    private static func escape(_ byte: UInt8, isNoncharacter: Bool, inAttribute: Bool) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\"") where inAttribute: "&quot;"
        case 0x09 where inAttribute: "&#9;"
        case 0x0A where inAttribute: "&#10;"
        case 0x0D: "&#13;"
        case 0x09, 0x0A: nil
        case 0x00..<0x20: "\u{FFFD}"
        case _: isNoncharacter ? "\u{FFFD}" : nil
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// U+FFFE or U+FFFF begins here.
    fileprivate func isNoncharacter(at index: Int) -> Bool {
        self[index] == 0xEF && index + 2 < count && self[index + 1] == 0xBF && self[index + 2] >= 0xBE
    }
}
