import Foundation

/// Any JSON value, to be changed at a pointer.
indirect enum JSONTree: Codable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .decimal(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    init(parsing text: String) throws { self = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)) }

    /// Members in the order of their names.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// Puts a value in the place of what is there, or at the end of an array; `nil` takes it away.
    mutating func put(_ value: JSONTree?, at pointer: String) {
        self = changed(pointer.split(separator: "/").map(String.init)[...], value) ?? .null
    }

    func at(_ pointer: String) -> JSONTree? {
        pointer.split(separator: "/").reduce(self as JSONTree?) { tree, step in
            switch tree {
            case .object(let members): members[String(step)]
            case .array(let elements): Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }

    private func changed(_ path: ArraySlice<String>, _ value: JSONTree?) -> JSONTree? {
        guard let step = path.first else { return value }
        switch self {
        case .object(var members):
            members[step] = (members[step] ?? .object([:])).changed(path.dropFirst(), value)
            return .object(members)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            if let changed = elements[index].changed(path.dropFirst(), value) {
                elements[index] = changed
            } else {
                elements.remove(at: index)
            }
            return .array(elements)
        default:
            return self
        }
    }

    /// One of the valid messages that the corpus is made of.
    static func messageText(_ name: String) throws -> String {
        try String(contentsOfFile: "\(WireFamily.folder)/Messages/\(name).json", encoding: .utf8)
    }

    static func message(_ name: String) -> JSONTree? { try? JSONTree(parsing: messageText(name)) }
}
