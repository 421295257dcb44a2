/// Writes the few small JSON bodies of this folder: errors, tokens, keys.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func object(_ members: (inout JSONText) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func string(_ key: String, _ value: String) {
        member(key)
        quoted(value)
    }

    mutating func number(_ key: String, _ value: Int) {
        member(key)
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func strings(_ key: String, _ values: [String]) {
        list(key, values) { $0.quoted($1) }
    }

    mutating func objects<Value>(_ key: String, _ values: [Value], _ members: (inout JSONText, Value) -> Void) {
        list(key, values) { json, value in json.object { members(&$0, value) } }
    }

    private mutating func list<Value>(_ key: String, _ values: [Value], _ write: (inout JSONText, Value) -> Void) {
        member(key)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func member(_ key: String) {
        if let last = bytes.last, last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20:
                let hex = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
