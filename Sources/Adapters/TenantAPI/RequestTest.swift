import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird

extension TenantAPI {
    /// `POST /v1/service-tests`: a tenant has a line tested (G-100, G-101).
    @Sendable func requestTest(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /service-tests", .problems, request, context) { call in
            let (wanted, warnings) = try call.read { reader, reading in
                try Self.understandTest(reader, reading, call.terms, suppliers)
            }
            let id = try await exchange.draw(ServiceTest.self)
            return try await answerOnce(call, "RequestTest", status: 201, warnings: warnings) { change in
                let (test, effects) = try ServiceTest.request(
                    id,
                    wanted,
                    for: call.tenant,
                    in: call.conversation,
                    at: change.now
                )
                let requested = try change.found(test, effects)
                return Promise(
                    entity: requested.ref,
                    view: TestView.json(requested),
                    location: "/v1/service-tests/\(id)"
                )
            }
        }
    }

    /// `GET /v1/service-tests/{id}`: with the result, once there is one.
    @Sendable func readTest(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read("GET /service-tests/{id}", ServiceTest.self, request, context, TestView.json)
    }

    static func understandTest(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ terms: TenantTerms,
        _ suppliers: Suppliers
    ) throws -> TestRequest? {
        let supplier = reader.supplier(of: terms, among: suppliers)
        let serviceID = reader.requiredString("serviceId", length: 1...50)
        let problemType = reader.requiredEnum("problemType", as: ProblemType.self)
        let specification = reader.specification(reading)
        let characteristics = reader.characteristics("characteristics", atLeast: 1, reading)
        reader.check(characteristics, at: "characteristics", by: supplier?.rules.tests)
        guard let supplier, let serviceID, let problemType, let specification, let characteristics else { return nil }
        let request = TestRequest(
            supplier: supplier.id,
            serviceID: ServiceID(serviceID),
            problemType: problemType,
            specification: specification,
            characteristics: characteristics
        )
        for problem in request.problems { reading.problems.report(.rule, at: problem.pointer, problem.message) }
        guard supplier.contracts[.tests] != nil else {
            throw Rejection(.notOffered, "\(supplier.id) offers no tests.")
        }
        return request
    }
}
