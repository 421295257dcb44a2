import FoundationEssentials

/// Writes JSON straight into bytes, in the order in which it is told.
///
/// A nil field is left out; use `null` to say null. Keys are not checked for duplicates: they are the program's own.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(reserving capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    package static func bytes(reserving capacity: Int = 512, _ build: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(reserving: capacity)
        build(&writer)
        return writer.bytes
    }

    package static func string(_ build: (inout JSONWriter) -> Void) -> String {
        String(decoding: bytes(build), as: UTF8.self)
    }

    package mutating func object(_ key: String? = nil, _ body: (inout JSONWriter) -> Void) {
        open(key, UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    package mutating func array(_ key: String? = nil, _ body: (inout JSONWriter) -> Void) {
        open(key, UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    package mutating func null(_ key: String? = nil) {
        begin(key)
        bytes.append("null")
    }

    /// Splices in JSON that was written before.
    package mutating func raw(_ key: String? = nil, _ json: [UInt8]) {
        begin(key)
        bytes.append(contentsOf: json)
    }

    private mutating func open(_ key: String?, _ bracket: UInt8) {
        begin(key)
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func begin(_ key: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        guard let key else { return }
        bytes.appendString(key)
        bytes.append(UInt8(ascii: ":"))
    }
}

/// Members of an object.
extension JSONWriter {
    package mutating func field(_ key: String, _ value: String?) {
        guard let value else { return }
        begin(key)
        bytes.appendString(value)
    }

    package mutating func field(_ key: String, _ value: Int?) {
        guard let value else { return }
        begin(key)
        bytes.appendInteger(Int64(value))
    }

    package mutating func field(_ key: String, _ value: Int64?) {
        guard let value else { return }
        begin(key)
        bytes.appendInteger(value)
    }

    package mutating func field(_ key: String, _ value: Double?) {
        guard let value else { return }
        begin(key)
        bytes.appendDecimal(value)
    }

    package mutating func field(_ key: String, _ value: Bool?) {
        guard let value else { return }
        begin(key)
        bytes.append(value ? "true" : "false")
    }

    /// RFC 3339 in UTC, as ``Timestamp/format(_:)``.
    package mutating func date(_ key: String, _ value: Date?) {
        guard let value else { return }
        begin(key)
        appendDate(value)
    }

    package mutating func field(_ key: String, _ value: DateDigits?) {
        field(key, value?.description)
    }

    /// An array of strings; nil is left out, an empty one is written.
    package mutating func strings(_ key: String, _ values: [String]?) {
        guard let values else { return }
        array(key) { writer in
            for value in values { writer.element(value) }
        }
    }

    /// Writes a value of any kind as it was read.
    package mutating func value(_ key: String? = nil, _ value: JSONValue) {
        begin(key)
        bytes.appendValue(value)
    }
}

/// Elements of an array, or the whole document.
extension JSONWriter {
    package mutating func element(_ value: String) {
        begin(nil)
        bytes.appendString(value)
    }

    package mutating func element(_ value: Int) {
        element(Int64(value))
    }

    package mutating func element(_ value: Int64) {
        begin(nil)
        bytes.appendInteger(value)
    }

    package mutating func element(_ value: Double) {
        begin(nil)
        bytes.appendDecimal(value)
    }

    package mutating func element(_ value: Bool) {
        begin(nil)
        bytes.append(value ? "true" : "false")
    }

    package mutating func element(_ value: Date) {
        begin(nil)
        appendDate(value)
    }

    private mutating func appendDate(_ value: Date) {
        bytes.append(UInt8(ascii: "\""))
        Timestamp.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// A value as it was read, without the spaces. A decimal may be spelt differently, but is the same number.
    mutating func appendValue(_ value: JSONValue) {
        switch value.kind {
        case .null: append("null")
        case .bool: append(value.bool == true ? "true" : "false")
        case .integer:
            if let integer = value.integer { appendInteger(integer) } else { appendInteger(value.unsignedInteger ?? 0) }
        case .decimal: appendDecimal(value.double ?? 0)
        case .string: appendString(value.string ?? "")
        case .array:
            append(UInt8(ascii: "["))
            for (position, element) in value.elements.enumerated() {
                if position > 0 { append(UInt8(ascii: ",")) }
                appendValue(element)
            }
            append(UInt8(ascii: "]"))
        case .object:
            append(UInt8(ascii: "{"))
            for (position, member) in value.members.enumerated() {
                if position > 0 { append(UInt8(ascii: ",")) }
                appendString(member.key)
                append(UInt8(ascii: ":"))
                appendValue(member.value)
            }
            append(UInt8(ascii: "}"))
        }
    }
}
