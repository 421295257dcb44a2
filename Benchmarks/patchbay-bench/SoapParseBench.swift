import Adapters
import CLibXML2
import Engine
import Foundation

/// How fast one processor understands an enveloped `addFaultReport`, beside bare libxml2 on the same bytes.
struct SoapParseBench {
    struct Result {
        let bytes: Int
        let understoodPerSecond: Double
        let barePerSecond: Double
        var ratio: Double { understoodPerSecond / barePerSecond }
    }

    private let body = FaultSample.body(1)
    private let schemas: TicketingSchemas

    init() throws { schemas = try TicketingSchemas() }

    /// In turn, a tenth of the time each, so that a busy machine is as unkind to one as to the other.
    func run(seconds: Double) throws -> Result {
        let schema = try BareSchema(TicketingSchemas.faultReportText)
        var (understood, bare) = ((count: 0, time: 0.0), (count: 0, time: 0.0))
        for _ in 0..<10 {
            try Self.measure(for: seconds / 20, into: &understood) { try understand() }
            try Self.measure(for: seconds / 20, into: &bare) { try schema.check(body) }
        }
        return Result(
            bytes: body.count,
            understoodPerSecond: Double(understood.count) / understood.time,
            barePerSecond: Double(bare.count) / bare.time
        )
    }

    /// The same again and again: for a profile.
    func understand() throws {
        let reference = try Ticketing.understand(body, schemas: schemas, at: TimeSource.real.now())
        guard reference == "BT-1" else { throw LoadGenerator.Failure(text: "the report was not understood") }
    }

    private static func measure(
        for seconds: Double,
        into sum: inout (count: Int, time: Double),
        _ work: () throws -> Void
    ) throws {
        let start = ContinuousClock.now
        var elapsed = 0.0
        while elapsed < seconds {
            for _ in 0..<100 { try work() }
            sum.count += 100
            elapsed = (ContinuousClock.now - start).inSeconds
        }
        sum.time += elapsed
    }
}

/// libxml2 and nothing else: parse, find the Body's child, validate it.
private final class BareSchema {
    private let schema: OpaquePointer

    init(_ text: String) throws {
        var problems = cxml_problems()
        defer { cxml_problems_free(problems) }
        let bytes = Array(text.utf8)
        guard let schema = cxml_schema_compile(bytes, bytes.count, nil, 0, &problems) else {
            throw LoadGenerator.Failure(text: "the schema does not compile")
        }
        self.schema = schema
    }

    deinit { cxml_schema_free(schema) }

    func check(_ bytes: [UInt8]) throws {
        let limits = cxml_limits(depth_max: 64, nodes_max: 50_000, attributes_max: 64)
        let parsed = cxml_parse(bytes, bytes.count, limits)
        defer { cxml_parsed_free(parsed) }
        guard let document = parsed.document else { throw LoadGenerator.Failure(text: "not parsed") }
        defer { cxml_document_free(document) }
        guard let root = cxml_root(document), let body = cxml_first_child(root), let message = cxml_first_child(body)
        else { throw LoadGenerator.Failure(text: "no message") }
        var problems = cxml_problems()
        defer { cxml_problems_free(problems) }
        guard cxml_validate(schema, document, message, &problems) == 0, problems.count == 0 else {
            throw LoadGenerator.Failure(text: "not valid")
        }
    }
}
