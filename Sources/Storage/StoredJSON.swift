import Domain
import Formats

/// How bodies are stored: dates as integer milliseconds, keys in a fixed order, unknown keys ignored on reading, so that
/// a program reads what the release after it wrote (decisions 7, 13).
package enum StoredJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        try CodableJSONEncoder().encode(value)
    }

    /// Has the parts that are encoded once encoded now, by whoever has time, so that the writer need not.
    package static func encodeAhead<Value>(_ part: EncodedOnce<Value>) throws { _ = try encode(part) }

    // The four that are in most rows are written without a detour through `Encodable`, in the same spelling: that
    // costs the writer a tenth as much.

    package static func strings(_ values: [String]) -> [UInt8] {
        guard !values.isEmpty else { return Array("[]".utf8) }
        return JSONWriter.bytes(reserving: 128) { $0.array { for value in values { $0.element(value) } } }
    }

    static func headers(_ headers: LoggedHeaders) -> [UInt8] {
        JSONWriter.bytes { writer in
            writer.object { for field in headers.fields { $0.field(field.name, field.value) } }
        }
    }

    static func dictionary(_ values: [String: String]) -> [UInt8] {
        guard !values.isEmpty else { return Array("{}".utf8) }
        return JSONWriter.bytes { writer in
            writer.object { for key in values.keys.sorted() { $0.field(key, values[key]) } }
        }
    }

    static func lookups(_ lookups: [Lookup]) -> [UInt8] {
        guard !lookups.isEmpty else { return Array("[]".utf8) }
        return JSONWriter.bytes(reserving: 128) { writer in
            writer.array {
                for lookup in lookups {
                    $0.object {
                        $0.field("key", lookup.key)
                        $0.field("value", lookup.value)
                        $0.field("isUnique", lookup.isUnique)
                    }
                }
            }
        }
    }

    /// `name` says whose body it is, for the error.
    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        from bytes: UnsafeRawBufferPointer,
        name: @autoclosure () -> String
    ) throws -> Value {
        do {
            return try CodableJSONDecoder().decode(type, from: bytes)
        } catch let error as DecodingError {
            throw undecodable(error, name: name())
        } catch {
            throw StoreError.undecodable(name: name(), path: "/", reason: String(describing: error))
        }
    }

    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        from bytes: [UInt8],
        name: @autoclosure () -> String
    ) throws -> Value {
        try bytes.withUnsafeBytes { try decode(type, from: $0, name: name()) }
    }

    private static func undecodable(_ error: DecodingError, name: String) -> StoreError {
        let (context, last): (DecodingError.Context, String?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "unknown"), nil)
            }
        let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue } + [last].compactMap(\.self)
        return .undecodable(
            name: name,
            path: "/" + path.joined(separator: "/"),
            reason: context.debugDescription
        )
    }
}

extension JSONEncoding: SplicingEncoder {}
