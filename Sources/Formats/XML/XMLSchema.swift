import CLibXML2

/// One thing that a schema has against a document or, in compiling, against itself.
package struct XMLProblem: Error, Equatable, Sendable {
    /// From 1.
    package var line: Int
    /// The element's name without a prefix; empty if the problem is not about one.
    package var element: String
    /// libxml2's words.
    package var message: String

    package init(line: Int, element: String = "", message: String) {
        self.line = line
        self.element = element
        self.message = message
    }

    static func all(in found: cxml_problems) -> [XMLProblem] {
        UnsafeBufferPointer(start: found.items, count: Int(found.count)).map { problem in
            XMLProblem(
                line: Int(problem.line),
                element: problem.element.map { String(cString: $0) } ?? "",
                message: problem.message.map { String(cString: $0) } ?? ""
            )
        }
    }
}

/// Why a schema does not compile.
package struct MalformedXMLSchema: Error, Equatable, Sendable {
    package var problems: [XMLProblem]
}

/// A compiled XSD. Compile it once and share it: validations run side by side.
///
/// `@unchecked Sendable` because it wraps a compiled schema that libxml2 only reads (checked with helgrind and drd) and
/// that is freed with the last reference.
package final class XMLSchema: @unchecked Sendable {
    private let compiled: OpaquePointer

    /// `imports` are the documents that `xs:import` and `xs:include` may name, by exactly the `schemaLocation` that they
    /// are named by. Nothing else is loaded, from anywhere; an import of anything else is an error.
    package init(compiling bytes: [UInt8], imports: [String: [UInt8]] = [:]) throws(MalformedXMLSchema) {
        var found = cxml_problems()
        defer { cxml_problems_free(found) }
        let schema = Self.withImports(imports) { imports in
            bytes.withUnsafeBufferPointer {
                cxml_schema_compile($0.baseAddress, $0.count, imports.baseAddress, imports.count, &found)
            }
        }
        guard let schema else { throw MalformedXMLSchema(problems: XMLProblem.all(in: found)) }
        compiled = schema
    }

    deinit {
        cxml_schema_free(compiled)
    }

    func withCompiled<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        withExtendedLifetime(self) { body(compiled) }
    }

    /// Copies names and bytes into one place that stays where it is while `body` runs.
    private static func withImports<Result>(
        _ imports: [String: [UInt8]],
        _ body: (UnsafeBufferPointer<cxml_import>) -> Result
    ) -> Result {
        var storage: [UInt8] = []
        var ranges: [(location: Int, bytes: Range<Int>)] = []
        for (location, bytes) in imports {
            let start = storage.count
            storage.append(contentsOf: location.utf8)
            storage.append(0)
            ranges.append((start, storage.count..<(storage.count + bytes.count)))
            storage.append(contentsOf: bytes)
            storage.append(0)
        }
        return storage.withUnsafeBytes { buffer in
            let entries = ranges.compactMap { range -> cxml_import? in
                guard let base = buffer.baseAddress else { return nil }
                return cxml_import(
                    location: (base + range.location).assumingMemoryBound(to: CChar.self),
                    bytes: (base + range.bytes.lowerBound).assumingMemoryBound(to: UInt8.self),
                    length: range.bytes.count
                )
            }
            return entries.withUnsafeBufferPointer(body)
        }
    }
}
