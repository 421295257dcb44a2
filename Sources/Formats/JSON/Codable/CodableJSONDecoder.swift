/// Decodes what ``CodableJSONEncoder`` wrote, straight from the parsed block. Unknown keys are ignored, so that a
/// program reads what a newer one stored.
package struct CodableJSONDecoder: Sendable {
    package init() {}

    package func decode<T: Decodable>(_ type: T.Type = T.self, from value: JSONValue) throws -> T {
        try value.decode(type)
    }

    package func decode<T: Decodable>(_ type: T.Type = T.self, from document: JSONDocument) throws -> T {
        try document.root.decode(type)
    }

    /// Throws ``MalformedJSON`` or `DecodingError`.
    package func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws -> T {
        try JSONDocument(parsing: bytes).root.decode(type)
    }

    /// Throws ``MalformedJSON`` or `DecodingError`.
    package func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: UnsafeRawBufferPointer) throws -> T {
        try JSONDocument(parsing: bytes).root.decode(type)
    }
}
