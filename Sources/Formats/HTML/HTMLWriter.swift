/// Writes HTML straight into bytes. Everything is escaped; only `raw` is not, and its name says so.
package struct HTMLWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 8192) {
        bytes.reserveCapacity(capacity)
    }

    /// A whole page, with the doctype that keeps browsers in standards mode.
    package static func page(_ build: (inout HTMLWriter) -> Void) -> [UInt8] {
        fragment { writer in
            writer.bytes.append("<!DOCTYPE html>\n")
            build(&writer)
        }
    }

    package static func fragment(_ build: (inout HTMLWriter) -> Void) -> [UInt8] {
        var writer = HTMLWriter()
        build(&writer)
        return writer.bytes
    }

    /// An attribute whose value is nil is left out; `""` writes the bare name (`disabled`).
    package mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, String?> = [:],
        _ body: (inout HTMLWriter) -> Void = { _ in }
    ) {
        open(name, attributes)
        body(&self)
        close(name)
    }

    /// An element whose content is one text.
    package mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    /// An element that has no content and no end tag: `br`, `input`, `link`, `meta` …
    package mutating func void(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        open(name, attributes)
    }

    package mutating func text(_ text: String) {
        bytes.appendHTML(text)
    }

    /// Not escaped: only for text that is in the program.
    package mutating func raw(_ html: StaticString) {
        bytes.append(html)
    }

    /// Splices in HTML that an ``HTMLWriter`` wrote before.
    package mutating func fragment(_ html: [UInt8]) {
        bytes.append(contentsOf: html)
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        for (name, value) in attributes {
            guard let value else { continue }
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: name.utf8)
            guard !value.isEmpty else { continue }
            bytes.append("=\"")
            bytes.appendHTML(value)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ name: String) {
        bytes.append("</")
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ">"))
    }
}

extension [UInt8] {
    /// Safe as text and in a double-quoted attribute. NUL, which HTML has no escape for, becomes U+FFFD.
    mutating func appendHTML(_ text: String) {
        reserveCapacity(count + text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case UInt8(ascii: "'"): append("&#39;")
            case 0: append("\u{FFFD}")
            case _: append(byte)
            }
        }
    }
}
