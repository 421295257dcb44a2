import Foundation
import Testing

@testable import Adapters

/// What `patchbay lint` says of messages of the Tenant API, and of the updates that a tenant is sent.
@Suite struct TenantLintTests {
    private let lint = TenantLint(at: TenantBench.start)

    @Test(arguments: [
        (TenantSample.order(), "service order", "F-020"),
        (TenantSample.modify(), "modify order", "G-054"),
        (TenantSample.cease(), "cease order", "G-053"),
        (TenantEthernetOrderTests.order(["A-END", "B-END"]), "ethernet order", "F-040"),
        (#"{"orderId":12,"notes":"Ring twice"}"#, "service order amendment", "F-030"),
        (#"{"orderId":12,"reasonCode":"OTHER"}"#, "service order cancellation", "F-032"),
        (TenantSample.appointment(), "appointment", "G-044"),
        (TenantSample.test, "service test", "G-100"),
        (TenantSample.problem("PERFORMANCE"), "service problem", "G-110"),
        (#"{"serviceProblemId":3,"notes":"Still slow"}"#, "service problem amendment", "G-114"),
        (#"{"serviceProblemId":3,"reasonCode":"OTHER"}"#, "service problem cancellation", "G-115"),
        (#"{"status":"REJECTED","tenantNotes":"Still dark"}"#, "answer to a resolution", "G-116"),
        (update(), "KCI", "G-070"),
    ])
    func `each message is told by its content, and a good one has no findings`(
        body: String,
        name: String,
        clause: String
    ) throws {
        let report = try #require(lint.check(Array(body.utf8)))

        #expect(report.message.name == name)
        #expect(report.message.clause == clause)
        #expect(report.findings == [])
    }

    @Test func `what the gateway itself sends has no findings`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "TenantUpdates/Golden")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)

        let findings = try files.flatMap { file in
            let report = try #require(lint.check([UInt8](Data(contentsOf: file))))
            return report.findings.map { "\(file.lastPathComponent) \($0.path) \($0.text)" }
        }

        #expect(files.count > 10)
        #expect(findings == [])
    }

    @Test func `every problem is named with its place and its clause`() throws {
        let broken = """
            {"orderType":"NEWISH","supplier":"NOBODY","address":{"id":"10090000001","type":"U-PRN"},
             "serviceOrderItem":{"serviceSpecification":{},"serviceCharacteristics":[]},
             "primaryContact":{"name":"Ada Example","phoneNumber":"call me"},"engineerTasks":["PAINT"]}
            """

        let report = try #require(lint.check(Array(broken.utf8)))

        let said = report.findings.map { "\($0.clause) \($0.path) \($0.line)" }
        #expect(
            said == [
                "G-050 /orderType 1", "F-020 /address/type 1", "F-020 /serviceOrderItem/serviceSpecification/id 2",
                "F-022 /primaryContact/phoneNumber 3", "F-023 /engineerTasks/0 3",
            ]
        )
        #expect(report.count(.error) == 5)
    }

    @Test func `what is forgiven is a warning, and an error for who is strict`() throws {
        let report = try #require(lint.check(Array(TenantSample.order(#","colour":"red""#).utf8)))

        #expect(report.findings.map(\.path) == ["/colour"])
        #expect((report.count(.error), report.count(.warning)) == (0, 1))
        #expect((report.strict.count(.error), report.strict.count(.warning)) == (1, 0))
    }

    @Test func `an outage without its visit is found, as the gateway would find it`() throws {
        let report = try #require(lint.check(Array(TenantSample.problem("OUTAGE").utf8)))

        #expect(report.findings.map(\.path) == ["/appointmentReservationId"])
        #expect(report.count(.error) == 1)
    }

    @Test(arguments: [
        (#""updateType":"ERROR""#, "/error", "G-075"),
        (#""updateType":"LOUD""#, "/updateType", "G-071"),
        (#""sequenceNumber":0"#, "/sequenceNumber", "G-079"),
        (#""entityType":"HOUSE""#, "/entityType", "G-072"),
        (#""information":{"type":"MAYBE"}"#, "/information/type", "G-073"),
        (#""information":{"type":"DELAY"}"#, "/information", "G-077"),
        (
            #""information":{"type":"DELAY","problemCode":"CAPACITY_ISSUE"}"#, "/information/problemCode",
            "G-077"
        ),
        (#""entity":{"status":"HELD"}"#, "/entity/id", "G-070"),
    ])
    func `what is wrong with an update is found`(member: String, path: String, clause: String) throws {
        let report = try #require(lint.check(Array(Self.update(with: member).utf8)))

        #expect(report.findings.contains { $0.path == path && $0.clause == clause }, "\(report.findings)")
    }

    @Test(arguments: ["{}", #"{"jsonrpc":"2.0","id":1,"method":"notifyJob","params":{"orderId":1}}"#, "[1]", "{"])
    func `what is no message of this contract is left to others`(body: String) {
        #expect(lint.check(Array(body.utf8)) == nil)
    }

    /// A good update, but for one member.
    static func update(with other: String? = nil) -> String {
        let members = [
            #""id":"0199a0c2-5d3e-7a31-8a10-5f0c7b1d2e44""#, #""supplier":"DUMMY_SUPPLIER""#, #""sequenceNumber":3"#,
            #""updateType":"INFORMATIONAL""#, #""entityType":"PROVIDE_ORDER""#,
            #""entity":{"id":12,"status":"IN_PROGRESS"}"#, #""information":{"type":"COMMITTED"}"#,
        ]
        let name = other?.split(separator: ":").first.map(String.init) ?? ""
        let rest = other == nil ? members : members.filter { !$0.hasPrefix("\(name):") }
        return "{\((rest + [other].compactMap(\.self)).joined(separator: ","))}"
    }
}
