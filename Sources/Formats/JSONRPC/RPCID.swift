/// What a JSON-RPC request calls itself, and its answer repeats.
package enum RPCID: Hashable, Sendable {
    case integer(Int64)
    case string(String)
    case null
}

extension RPCID: CustomStringConvertible {
    package var description: String {
        switch self {
        case .integer(let number): String(number)
        case .string(let text): text
        case .null: "null"
        }
    }
}

extension JSONWriter {
    mutating func id(_ id: RPCID) {
        switch id {
        case .integer(let number): field("id", number)
        case .string(let text): field("id", text)
        case .null: null("id")
        }
    }
}
