import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct DispatchReceptionTests {
    // MARK: createJob

    @Test func `a job pack is kept whole, and answered with our number`() async throws {
        try await PartnerBench.with { bench in
            let answer = try await bench.dispatch("createJob", DispatchSample.createJob())
            let order = try await bench.order()

            #expect(answer == .ok(#"{"providerJobId":"WO-1"}"#))
            #expect(order.stateName == "accepted")
            let pack = order.pack
            #expect(pack.jobType == .install)
            #expect(pack.visit.slot.day.description == "2026-01-09")
            #expect(pack.customer.alternatePhoneNumber == "07700900124")
            #expect(pack.address.lines == ["1 Sample Street", "Exampleton"])
            #expect(pack.address.latitude == 51.5)
            #expect(pack.propertyFlags == ["CHP", "NEW"], "a flag that nobody knows is kept as well")
            #expect(pack.network == .init(pop: "P1", node: "N2", port: "3", expectedLightDbm: -17.5))
            #expect(pack.device == .init(vendor: "NOKIA", model: "G-1", isSupplied: true))
            #expect(pack.engineerTasks == ["INSTALL_ROUTER"])
            #expect(pack.hazards == "A goose")
            #expect(pack.onSiteRestrictions == "No parking")
            #expect(pack.notes == "Ring twice")
            #expect(pack.attachments.map(\.name) == ["plan.pdf"])
            #expect(pack.files == .init(bucket: "job-files", prefix: "J701/"))
        }
    }

    @Test func `the method may be in the body alone, and must be the path's where that names one`() async throws {
        try await PartnerBench.with { bench in
            #expect(try await bench.dispatch(nil, DispatchSample.createJob()).error == nil)
            let other = try await bench.dispatch("cancelJob", DispatchSample.createJob("J702"))
            #expect(other.error == .init(code: -32600, pointers: ["/method"]))
        }
    }

    @Test func `by hand the acknowledgement is empty, and the acceptance brings the number`() async throws {
        try await PartnerBench.with(terms: .sample(acceptance: .manual)) { bench in
            #expect(try await bench.dispatch("createJob", DispatchSample.createJob()) == .ok("{}"))
            let order = try await bench.order()
            #expect(order.stateName == "received")

            #expect(try await bench.post("/jobs/\(order.id)/accept").status == 200)
            let told = try await bench.told(order)
            #expect(told.map { $0["params"]?["jobHeader"]?["providerJobId"]?.string } == ["WO-1"])
            #expect(told.map { $0["params"]?["jobHeader"]?["notificationType"]?.string } == ["PROGRESS"])
        }
    }

    @Test func `an operator of JSON-RPC gets a result`() async throws {
        try await PartnerBench.with(terms: .sample(acknowledgement: .jsonrpc)) { bench in
            let created = try await bench.dispatch("createJob", DispatchSample.createJob(id: 41))
            let cancelled = try await bench.dispatch("cancelJob", DispatchSample.cancelJob(id: 42))
            #expect(created == .ok(#"{"jsonrpc":"2.0","id":41,"result":{"providerJobId":"WO-1"}}"#))
            #expect(cancelled == .ok(#"{"jsonrpc":"2.0","id":42,"result":{}}"#))
        }
    }

    @Test func `a kind of visit that is not done here is declined, and stays so`() async throws {
        try await PartnerBench.with(terms: .sample(jobTypes: [.civils])) { bench in
            let first = try await bench.dispatch("createJob", DispatchSample.createJob())
            let again = try await bench.dispatch("createJob", DispatchSample.createJob(id: 9))
            #expect(first.error?.code == -32000)
            #expect(again.error?.code == -32000)
            #expect(try await bench.order().stateName == "declined")
        }
    }

    // MARK: Once

    @Test func `the same message for seven days is the same answer, and one job`() async throws {
        try await PartnerBench.with { bench in
            let first = try await bench.dispatch("createJob", DispatchSample.createJob())
            _ = try await bench.post("/jobs/1/assign", #"{"engineer":\#(JobBookTests.sam)}"#)
            bench.clock.move(to: PartnerBench.noon + 7 * 86_400 - 60)

            let again = try await bench.dispatch("createJob", DispatchSample.createJob())

            #expect(again == first)
            #expect(try await bench.order().stateName == "assigned")
            #expect(try await bench.verdicts().last == "duplicate")
        }
    }

    @Test func `the same number with other content is refused`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let other = try await bench.dispatch("createJob", DispatchSample.createJob(notes: "Ring thrice"))
            #expect(other.error == .init(code: -32600, pointers: ["/id"]))
        }
    }

    @Test func `the same pack under another number is the same job; another pack is refused`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let same = try await bench.dispatch("createJob", DispatchSample.createJob(id: 5))
            let other = try await bench.dispatch("createJob", DispatchSample.createJob(id: 6, notes: "Ring thrice"))
            #expect(same == .ok(#"{"providerJobId":"WO-1"}"#))
            #expect(other.error == .init(code: -32002, pointers: ["/ref"]))
        }
    }

    @Test func `two operators' references and numbers are their own`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let rival = try await bench.dispatch("createJob", DispatchSample.createJob(), from: "OPERATOR2")
            #expect(rival == .ok(#"{"providerJobId":"WO-2"}"#))
            let foreign = try await bench.dispatch("cancelJob", DispatchSample.cancelJob("J701"), from: "OPERATOR3")
            #expect(foreign.error == .init(code: -32001, pointers: ["/ref"]))
        }
    }

    // MARK: Refusals

    @Test(
        arguments: [
            ("{", 400, -32700, []),
            ("[]", 200, -32600, [""]),
            (#"{"id":1}"#, 200, -32600, ["/method", "/ref", "/content"]),
            (DispatchSample.envelope("dance", "J1", id: 1, content: "{}", response: "{}"), 200, -32601, ["/method"]),
            (
                DispatchSample.envelope("createJob", "J1", id: 1, content: "{}", response: "{}"), 200, -32602,
                [
                    "/content/jobType", "/content/serviceId", "/content/orderReference", "/content/appointment",
                    "/content/customer", "/content/address",
                ]
            ),
            (
                DispatchSample.envelope("cancelJob", "J1", id: 1, content: "{}", response: "{}"), 200, -32602,
                ["/content/reasonCode"]
            ),
            (
                DispatchSample.envelope("notifyJob", "J1", id: 1, content: "{}", response: #"{"id":8}"#), 200, -32602,
                ["/response/id"]
            ),
        ] as [(String, Int, Int, [String])]
    )
    func `what is no message is refused, with everything that is wrong`(
        body: String,
        status: Int,
        code: Int,
        pointers: [String]
    ) async throws {
        try await PartnerBench.with { bench in
            let answer = try await bench.dispatch(nil, body)
            #expect(answer.status == status)
            #expect(answer.error == .init(code: code, pointers: pointers), "\(answer)")
            #expect(try await bench.verdicts().count == 1, "and is written down")
        }
    }

    @Test func `a pack without a door to go to is refused`() async throws {
        try await PartnerBench.with { bench in
            let body = DispatchSample.createJob()
                .replacingOccurrences(of: #""uprn":"10090000001","lines":["1 Sample Street","Exampleton"],"#, with: "")
                .replacingOccurrences(of: "2026-01-09", with: "2026-02-30")
            let answer = try await bench.dispatch("createJob", body)
            #expect(
                answer.error
                    == .init(code: -32602, pointers: ["/content/appointment/appointmentDate", "/content/address/uprn"])
            )
        }
    }

    // MARK: cancelJob, notifyJob

    @Test func `a job is taken back while the engineer is on the way`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            _ = try await bench.post("/jobs/1/en-route", #"{"location":\#(JobBookTests.here)}"#)
            #expect(try await bench.dispatch("cancelJob", DispatchSample.cancelJob()) == .ok("{}"))
            let order = try await bench.order()
            #expect(order.state == .cancelled(reason: .customerCancelled, text: "moved", at: PartnerBench.noon))
        }
    }

    @Test func `once the engineer is there, it is too late`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            _ = try await bench.post("/jobs/1/on-site", #"{"location":\#(JobBookTests.here)}"#)
            let answer = try await bench.dispatch("cancelJob", DispatchSample.cancelJob())
            #expect(answer.error == .init(code: -32002, pointers: ["/ref"]))
            #expect(try await bench.order().stateName == "on-site")
        }
    }

    @Test func `a reason that nobody knows is another one`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let answer = try await bench.dispatch("cancelJob", DispatchSample.cancelJob(reason: "WHIM"))
            #expect(answer == .ok("{}"))
            let order = try await bench.order()
            #expect(order.state == .cancelled(reason: .other, text: "moved", at: PartnerBench.noon))
        }
    }

    @Test(arguments: [
        (1, "provisioned"), (2, "provisioned"), (3, "provisioning-failed"), (4, "scanned"), (7, "provisioning-failed"),
    ])
    func `the operator's word on the ONT moves the job`(number: Int, state: String) async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            _ = try await bench.post("/jobs/1/scan", JobBookTests.box)
            #expect(try await bench.dispatch("notifyJob", DispatchSample.result(number)) == .ok("{}"))
            let order = try await bench.order()
            #expect(order.stateName == state)
            #expect(order.results.map(\.outcome.rawValue) == [number])
        }
    }

    @Test(arguments: [(1, "false"), (2, "false"), (3, "true"), (7, "true")])
    func `a result that contradicts itself is refused, and moves nothing`(number: Int, success: String) async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            _ = try await bench.post("/jobs/1/scan", JobBookTests.box)
            let own = number < 3 ? "true" : "false"
            let message = DispatchSample.result(number).replacing(
                #""success":\#(own)"#,
                with: #""success":\#(success)"#
            )

            let answer = try await bench.dispatch("notifyJob", message)

            #expect(answer.error == .init(code: -32602, pointers: ["/response/success"]))
            #expect(try await bench.order().results.isEmpty)
        }
    }
}
