import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// The operator's native door to its faults (G-090, G-091, G-110, G-114 to G-116).
@Suite struct WholesaleFaultTests {
    @Test func `a fault is taken in, accepted at once, and the customer is told`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.report()
            await bench.fireTimers()

            #expect(answer.status == 202)
            #expect(answer.json["status"] as? String == "SENT_TO_SUPPLIER")
            #expect(answer.reference == "CS0000001")
            let update = try #require(try await bench.told().first)
            #expect(update.json["sequenceNumber"] as? Int == 1)
            #expect(update.json["reasonCode"] as? String == "ACKNOWLEDGED")
            #expect(update.problem["id"] as? Int == 31)
            #expect(update.problem["tenant"] as? String == "TENANT1")
            #expect(update.problem["supplierReference"] as? String == "CS0000001")
            #expect(update.problem["status"] as? String == "ACKNOWLEDGED")
        }
    }

    @Test func `the desk hears of it like of any other`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.report()
            await bench.fireTimers()

            let desk = try await bench.outbox(.faultReport, 1).filter { $0.content.recipient == .desk }
            #expect(desk.map(\.content.message.operation) == ["desk accepted"])
            let fault = try #require(try await bench.fault())
            #expect(fault.details.type.name == "Performance Issue")
            #expect(fault.details.description == "No light since this morning\nRing twice\nHazards: A dog")
            #expect(fault.reporter?.name == "Asha Example")
        }
    }

    @Test func `an outage uses its repair visit in the same commit`() async throws {
        try await SupplyBench.run { bench async throws in
            let key = try await bench.reserveRepair().reference

            let answer = try await bench.report("OUTAGE", #","appointmentSupplierReference":"\#(key)""#)

            #expect(answer.status == 202)
            #expect(try await bench.census(.appointment) == ["confirmed": 1])
            #expect(try await bench.fault()?.openVisit?.key == key)
        }
    }

    @Test(arguments: [("OUTAGE", ""), ("PERFORMANCE", #","appointmentSupplierReference":"KEY""#)])
    func `an outage has a visit, and nothing else has one`(type: String, more: String) async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.report(type, more)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/appointmentSupplierReference"])
            #expect(try await bench.census(.faultReport).isEmpty)
        }
    }

    @Test func `a visit that is nobody's is refused, and nothing is stored`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.report("OUTAGE", #","appointmentSupplierReference":"KEY""#)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/appointmentSupplierReference"])
            #expect(try await bench.census(.faultReport).isEmpty)
        }
    }

    @Test func `all reasons to refuse are named at once`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.report("OUTAGE", service: "S9")

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/appointmentSupplierReference", "/serviceId"])
        }
    }

    @Test func `everything that cannot be read is named`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.send(
                .post,
                "/wholesale/v1/service-problems",
                #"{"id":0,"problemType":"BAD","problemText":"short","primaryContact":{"name":"A"},"notes":7}"#
            )

            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/id", "/notes", "/primaryContact/phoneNumber", "/problemText", "/problemType", "/serviceId",
                    "/serviceSpecification",
                ]
            )
        }
    }

    @Test func `the same request again founds no second fault, and one number no other`() async throws {
        try await SupplyBench.run { bench async throws in
            let first = try await bench.report(request: "request-1")
            let again = try await bench.report(request: "request-1")
            let other = try await bench.report()

            #expect(again.body == first.body)
            #expect(other.status == 422)
            #expect(try await bench.census(.faultReport) == ["pending": 1])
        }
    }

    @Test func `a fault is read by its customer's number, and by nobody else`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.report()
            let path = "/wholesale/v1/service-problems/31"

            let read = try await bench.send(.get, path)
            let absent = [
                try await bench.send(.get, path, as: "RIVAL"), try await bench.send(.get, path, tenant: "TENANT2"),
                try await bench.send(.get, "/wholesale/v1/service-problems/32"),
            ]

            #expect(read.status == 200)
            #expect(read.json["supplierReference"] as? String == "CS0000001")
            #expect(absent.map(\.status) == [404, 404, 404])
            #expect(Set(absent.flatMap(\.messages)).count == 1)
        }
    }

    @Test func `an amendment is taken in, done, and told by its number`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.accepted()

            let answer = try await bench.amend(#""problemText":"No light, and a hum","escalationRequest":true"#)

            #expect(answer.status == 202)
            #expect(answer.json["status"] as? String == "PENDING")
            let update = try #require(try await bench.told().last)
            #expect(update.json["reasonCode"] as? String == "AMENDED")
            #expect(update.json["serviceProblemAmendmentId"] as? Int == 7)
            #expect(try await bench.fault()?.comment?.text == "Please escalate.\nNo light, and a hum")
        }
    }

    @Test func `an amendment of one that is not accepted yet is answered all the same`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.report()

            #expect(try await bench.amend(#""notes":"Ring twice""#).status == 202)

            #expect(try await bench.told().compactMap { $0.json["reasonCode"] as? String } == ["AMENDED"])
        }
    }

    @Test func `an amendment that changes nothing is refused`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.accepted()

            #expect(try await bench.amend(#""escalationRequest":false"#).status == 422)
        }
    }

    @Test func `a contact is changed by its members`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.accepted()

            _ = try await bench.amend(#""primaryContact":{"phoneNumber":"+44 20 7946 0009"}"#)

            let fault = try #require(try await bench.fault())
            #expect(fault.reporter == TicketContact(name: "Asha Example", phone: "+44 20 7946 0009"))
        }
    }

    @Test func `a cancellation is taken in, done, and told by its number`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.accepted()

            let answer = try await bench.cancel()

            #expect(answer.status == 202)
            let update = try #require(try await bench.told().last)
            #expect(update.json["reasonCode"] as? String == "CANCELLED")
            #expect(update.json["problemCode"] as? String == "CUSTOMER_CHANGED_MIND")
            #expect(update.json["serviceProblemCancellationId"] as? Int == 8)
            #expect(try await bench.census(.faultReport) == ["cancelled": 1])
            #expect(try await bench.cancel(id: 9).status == 422, "it has ended")
        }
    }

    @Test func `once the engineer's visit has begun it cannot be cancelled`() async throws {
        try await SupplyBench.run { bench async throws in
            let key = try await bench.reserveRepair().reference
            _ = try await bench.report("OUTAGE", #","appointmentSupplierReference":"\#(key)""#)
            await bench.fireTimers()
            try await bench.work { try $0.confirmVisit(because: nil, at: $1) }
            await bench.advance(by: 3 * 86_400)

            let answer = try await bench.cancel()

            #expect(answer.status == 422)
            #expect(answer.pointers == [""])
            #expect(try await bench.census(.faultReport) == ["accepted": 1])
        }
    }

    @Test func `a resolution is answered under the name that CONFIRM gave it`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.resolved()
            let confirm = try #require(try await bench.told().last)
            let resolution = try #require(confirm.problem["resolution"] as? [String: Any])

            let rejected = try await bench.answer("CS0000001-1", "REJECTED", notes: "Still dark")
            let again = try await bench.answer("CS0000001-1", "ACCEPTED")

            #expect(confirm.json["reasonCode"] as? String == "CONFIRM")
            #expect(resolution["id"] as? String == "CS0000001-1")
            #expect(resolution["resolutionCode"] as? String == "NETWORK_ISSUE")
            #expect(resolution["resolutionText"] as? String == "Splice mended")
            #expect(rejected.status == 200)
            #expect(again.status == 422)
            #expect(try await bench.census(.faultReport) == ["re-opened": 1])
            let update = try #require(try await bench.told().last)
            #expect(update.json["reasonCode"] as? String == "UPDATE")
            #expect(update.problem["status"] as? String == "IN_PROGRESS")
        }
    }

    @Test func `an accepted resolution closes the fault, and so do 48 hours`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.resolved()
            _ = try await bench.answer("CS0000001-1", "ACCEPTED")
            #expect(try await bench.told().last?.json["reasonCode"] as? String == "COMPLETED")
        }
        try await SupplyBench.run { bench async throws in
            try await bench.resolved()
            await bench.advance(by: 48 * 3_600)
            #expect(try await bench.told().last?.json["reasonCode"] as? String == "COMPLETED")
        }
    }

    @Test func `another's fault cannot be changed, cancelled or answered`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.resolved()
            let before = try await bench.fault()

            let answers = [
                try await bench.amend(#""notes":"Ring twice""#, as: "RIVAL"),
                try await bench.amend(#""notes":"Ring twice""#, tenant: "TENANT2"),
                try await bench.cancel(tenant: "TENANT2"),
                try await bench.answer("CS0000001-1", "ACCEPTED", tenant: "TENANT2"),
                try await bench.answer("CS0000001-1", "ACCEPTED", as: "RIVAL"),
                try await bench.answer("CS0000009-1", "ACCEPTED"),
                try await bench.answer("nonsense", "ACCEPTED"),
            ]

            #expect(Set(answers.map(\.status)) == [404])
            #expect(Set(answers.flatMap(\.messages)).count == 1)
            #expect(try await bench.fault() == before)
        }
    }

    @Test func `our reference names a fault as well`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.accepted()
            let body = #"{"id":7,"supplierReference":"CS0000001","notes":"Ring twice"}"#

            let path = "/wholesale/v1/service-problem-amendments"
            #expect(try await bench.send(.post, path, body).status == 202)
            #expect(try await bench.send(.post, path, body, as: "RIVAL").status == 404)
        }
    }

    @Test func `a rejection of a resolution has a reason`() async throws {
        try await SupplyBench.run { bench async throws in
            try await bench.resolved()

            let answer = try await bench.answer("CS0000001-1", "REJECTED")

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/tenantNotes"])
        }
    }

    @Test func `a test that was run before is the fault's triage`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.test(problem: "PERFORMANCE")
            await bench.advance(by: 60)

            _ = try await bench.report(#"PERFORMANCE"#, #","serviceTestId":5"#)

            let triage = try #require(try await bench.fault()?.details.buyerTriage)
            #expect(triage.isComplete)
            #expect(triage.findings.hasPrefix("AMBER"))
        }
    }
}

extension SupplyAnswer {
    /// The representation in an update.
    var problem: [String: Any] { json["serviceProblem"] as? [String: Any] ?? [:] }
}

extension SupplyBench {
    /// Fault 31 of the customer's.
    func report(
        _ type: String = "PERFORMANCE",
        _ more: String = "",
        id: Int = 31,
        service: String = "S1000001",
        request: String = UUID().uuidString
    ) async throws -> SupplyAnswer {
        let body = """
            {"id":\(id),"problemType":"\(type)","problemText":"No light since this morning","serviceId":"\(service)",\
            "serviceSpecification":\(Self.specification),\
            "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],\
            "primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"},\
            "hazards":"A dog","notes":"Ring twice"\(more)}
            """
        return try await send(.post, "/wholesale/v1/service-problems", body, request: request)
    }

    func accepted() async throws {
        _ = try await report()
        await fireTimers()
    }

    func resolved() async throws {
        try await accepted()
        try await work { try $0.start(because: nil, at: $1) }
        try await work { try $0.resolve(because: "Splice mended", at: $1) }
    }

    /// What the network desk does to the fault.
    func work(
        _ number: Int64 = 1,
        _ deed: @escaping @Sendable (inout FaultReport, Date) throws -> [Effect]
    ) async throws {
        _ = try await exchange.change(ID<FaultReport>(number), of: nil, Cause("desk", by: "test"), deed)
    }

    func reserveRepair() async throws -> SupplyAnswer {
        let body = """
            {"id":1,"address":\(Self.address),"serviceSpecification":\(Self.specification),"serviceId":"S1000001",\
            "appointmentPurpose":"REPAIR","timeslot":\(Self.slot)}
            """
        return try await send(.post, "/wholesale/v1/appointments", body)
    }

    func amend(_ more: String, as customer: String = "GATEWAY", tenant: String = "TENANT1") async throws -> SupplyAnswer
    {
        let body = #"{"id":7,"serviceProblemId":31,\#(more)}"#
        return try await send(
            .post,
            "/wholesale/v1/service-problem-amendments",
            body,
            as: customer,
            tenant: tenant
        )
    }

    func cancel(id: Int = 8, tenant: String = "TENANT1") async throws -> SupplyAnswer {
        let body = #"{"id":\#(id),"serviceProblemId":31,"reasonCode":"ISSUE_RESOLVED"}"#
        return try await send(.post, "/wholesale/v1/service-problem-cancellations", body, tenant: tenant)
    }

    func answer(
        _ resolution: String,
        _ status: String,
        notes: String? = nil,
        as customer: String = "GATEWAY",
        tenant: String = "TENANT1"
    ) async throws -> SupplyAnswer {
        let words = notes.map { #","tenantNotes":"\#($0)""# } ?? ""
        let body = #"{"serviceProblemId":31,"status":"\#(status)"\#(words)}"#
        let path = "/wholesale/v1/service-problem-resolutions/\(resolution)"
        return try await send(.patch, path, body, as: customer, tenant: tenant)
    }

    func fault() async throws -> FaultReport? { try await exchange.read { try $0.find(ID<FaultReport>(1)) } }

    /// The updates about the fault, in order.
    func told() async throws -> [SupplyAnswer] {
        try await outbox(.faultReport, 1)
            .filter { $0.content.recipient == .customer(id: "GATEWAY") }
            .map { SupplyAnswer(status: 0, body: String(decoding: $0.content.body, as: UTF8.self)) }
    }
}
