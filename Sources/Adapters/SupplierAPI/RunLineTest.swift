import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension Wholesale {
    /// `POST /service-tests`: a line is tested; the result follows as an update (G-092, G-101).
    @Sendable func runLineTest(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "RunLineTest") { asked in
            let wish = try TestWish(reading: asked.body)
            let id = try await exchange.draw(LineTest.self)
            let (book, pace) = (book, pace())
            return try await answer(asked) { change in
                guard try book.premises(of: wish.service, in: change) != nil else {
                    throw Rejection(
                        .unknownService,
                        "There is no live service \(wish.service).",
                        problems: [.init("/serviceId", "There is no such live service.")]
                    )
                }
                let test = LineTest(
                    id: id,
                    customer: asked.customer,
                    tenant: asked.tenant,
                    customerReference: String(wish.number),
                    conversation: asked.conversation,
                    serviceID: wish.service,
                    problemType: wish.problemType,
                    specification: wish.specification,
                    characteristics: wish.characteristics,
                    pace: pace,
                    at: change.now
                )
                try change.found(test, test.startedEffects)
                return CustomerAnswer(status: 201, about: test.ref) { json in json.object { $0.lineTest(test) } }
            }
        }
    }

    /// `GET /service-tests/{id}`: a test as it is now, by the customer's number.
    @Sendable func showLineTest(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ShowLineTest") { asked in
            let value = LineTest.referenceKey(try context.parameters.require("id"), of: context.customer)
            return try await look(asked) { state in
                let key = LineTest.customerReferenceLookup
                guard let test = try state.find(LineTest.self, by: key, value, limit: 1).first,
                    test.tenant.isExactly(asked.tenant)
                else {
                    throw Rejection(.notFound, "There is no such test.")
                }
                return CustomerAnswer(status: 200, about: test.ref) { json in json.object { $0.lineTest(test) } }
            }
        }
    }
}

/// A test as it was asked for (G-100).
private struct TestWish: Sendable {
    let number: Int
    let service: ServiceID
    let problemType: ProblemType
    let specification: ServiceSpecification
    let characteristics: [Characteristic]

    init(reading body: [UInt8]) throws {
        (number, service, problemType, specification, characteristics) = try WholesaleReading.read(body) { object in
            let number = object.requiredInteger("id", range: WholesaleLimits.numbers)
            let service = object.requiredString("serviceId", length: WholesaleLimits.reference)
            let problemType = object.requiredEnum("problemType", as: ProblemType.self)
            let specification = WholesaleReading.specification(object.requiredObject("serviceSpecification"))
            let characteristics = WholesaleReading.characteristics(object.optionalObjects("characteristics"))
            guard let number, let service, let problemType, let specification else { return nil }
            return (number, ServiceID(service), problemType, specification, characteristics)
        }
    }
}

extension JSONWriter {
    /// The members of a test: in its answer, in a GET, and in every update about it.
    mutating func lineTest(_ test: LineTest) {
        field("id", Int(test.customerReference))
        field("tenant", test.tenant)
        field("supplierReference", test.reference)
        field("serviceId", test.serviceID.rawValue)
        field("problemType", test.problemType.rawValue)
        switch test.state {
        case .inProgress: field("status", "IN_PROGRESS")
        case .failed: field("status", "FAILED")
        case .completed(let result):
            field("status", "COMPLETED")
            wholesaleResult(result)
        }
    }
}
