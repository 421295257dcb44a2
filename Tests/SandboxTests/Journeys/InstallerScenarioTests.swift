import Formats
import Foundation
import Testing

@testable import patchbay

extension JourneyTests {
    /// The stories that the installer knows by name, each from an order to its end, as a stranger sees it.
    @Suite struct InstallerScenarioTests {
        @Test func `happy: told step by step, lit, and closed`() async throws {
            let visit = try await Self.play("happy", at: 10_090_000_301)
            #expect(visit.told == ["assigned", "en-route", "on-site", "ont-scanned", "closed"])
            #expect(visit.results == [1, 2])
            #expect(visit.codes == ["SP"])
            #expect(visit.status == "COMPLETED")
        }

        @Test func `no-access: nobody opens, and another visit must be agreed`() async throws {
            let visit = try await Self.play("no-access", at: 10_090_000_302)
            #expect(visit.told == ["assigned", "en-route", "on-site", "closed"])
            #expect(visit.codes == ["NA"])
            #expect(visit.problem == "ACCESS_ISSUE")
        }

        @Test func `node-fault-with-secondary-code: the operator has work to do first`() async throws {
            let visit = try await Self.play("node-fault-with-secondary-code", at: 10_090_000_303)
            #expect(visit.told == ["assigned", "en-route", "on-site", "closed"])
            #expect(visit.codes == ["CON", "CON04"])
            #expect(visit.problem == "FAULT_AT_NODE")
        }

        @Test func `light-out-of-range: the fault is at the exchange`() async throws {
            let visit = try await Self.play("light-out-of-range", at: 10_090_000_304)
            #expect(visit.codes == ["POP", "POP03"])
            #expect(visit.problem == "FAULT_AT_POP")
        }

        @Test func `pole-needs-cherry-picker: more must be brought`() async throws {
            let visit = try await Self.play("pole-needs-cherry-picker", at: 10_090_000_305)
            #expect(visit.codes == ["CPR"])
            #expect(visit.problem == "ADDITIONAL_WORK")
        }

        @Test func `duplicate-ont: the first box is refused, the second does it`() async throws {
            let visit = try await Self.play("duplicate-ont", at: 10_090_000_306)
            #expect(visit.told == ["assigned", "en-route", "on-site", "provision-failed", "ont-scanned", "closed"])
            #expect(visit.results == [7, 1, 2])
            #expect(visit.status == "COMPLETED")
        }

        @Test func `provisioning-retry-then-success: result 4 is waited for`() async throws {
            let visit = try await Self.play("provisioning-retry-then-success", at: 10_090_000_307)
            #expect(visit.results == [4, 1, 2])
            #expect(visit.codes == ["SP"])
            #expect(visit.status == "COMPLETED")
        }

        @Test func `provisioning-failed: the visit ends without a line`() async throws {
            let visit = try await Self.play("provisioning-failed", at: 10_090_000_308)
            #expect(visit.results == [3])
            #expect(visit.codes == ["PSP"])
            #expect(visit.problem == "INSTALL_FAILED")
        }

        @Test func `declined: nobody comes`() async throws {
            let visit = try await Self.play("declined", at: 10_090_000_309)
            #expect(visit.dispatched == "declined")
            #expect(visit.told.isEmpty)
            #expect(visit.status != "COMPLETED")
        }

        @Test func `cancelled-on-the-way: the customer calls off, and is asked what is wanted`() async throws {
            let visit = try await Self.play("cancelled-on-the-way", at: 10_090_000_310)
            #expect(visit.told == ["assigned", "en-route", "closed"])
            #expect(visit.codes == ["ASQ"])
            #expect(visit.problem == "CUSTOMER_CHANGED_MIND")
        }

        @Test func `silence: the pack is taken, and nothing is heard again`() async throws {
            let visit = try await Self.play("silence", at: 10_090_000_311)
            #expect(visit.dispatched == "sent")
            #expect(visit.told.isEmpty)
            #expect(visit.status == "IN_PROGRESS", "as when it was committed: nothing fails by silence")
        }

        // MARK: -

        /// What could be seen of one job.
        private struct Visit {
            /// What the job was after `createJob`, in the operator's book.
            var dispatched = ""
            /// What it was after each message of the installer's.
            var told: [String] = []
            /// The operator's results, as the installer received them.
            var results: [Int64] = []
            /// The end, as the tenant was told.
            var codes: [String] = []
            var problem: String?
            var status = ""
        }

        /// Orders under a scenario, and lets a fortnight go by.
        private static func play(_ scenario: String, at uprn: Int64) async throws -> Visit {
            let life = try SandboxLife.current()
            try await life.behave(#"{"scenario":"\#(scenario)"}"#)
            let order = try await life.order(at: uprn)
            try await life.world.advance("P14D")
            try await life.behave(#"{"scenario":"happy"}"#)

            let job = try await life.lastJob()
            let exchanged = try await life.messages { $0["entity"]?.string == "installationJob/\(job.dropFirst())" }
            let update = try #require(try await life.updates(on: order, of: "PROVIDE_ORDER").last?.json)
            let said = update["information"] ?? update["action"]
            return Visit(
                dispatched: exchanged.first { $0["operation"]?.string == "createJob" }?["stateAfter"]?.string ?? "",
                told: exchanged.filter { $0["from"]?.string == "partner/PARTNER1" }
                    .compactMap { $0["stateAfter"]?.string },
                results: try await life.inbox("installer") { letter in
                    letter.json["method"]?.string == "notifyJob" && letter.json["ref"]?.string == job
                }
                .compactMap { $0.json["response"]?["id"]?.integer },
                codes: said?["supplierCodes"]?.elements.compactMap(\.string) ?? [],
                problem: said?["problemCode"]?.string,
                status: try await life.status("/service-orders/\(order)")
            )
        }
    }
}
