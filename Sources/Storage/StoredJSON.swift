import Formats

/// How bodies are stored: dates as integer milliseconds, keys in a fixed order, unknown keys ignored on reading, so that
/// a program reads what the release after it wrote (decisions 7, 13).
package enum StoredJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        try CodableJSONEncoder().encode(value)
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
