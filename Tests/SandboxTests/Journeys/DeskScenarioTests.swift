import Engine
import Formats
import Foundation
import Testing

@testable import Adapters
@testable import patchbay

extension JourneyTests {
    /// The stories that the automatic desk and the buyers' inboxes know by name, each from end to end.
    @Suite struct DeskScenarioTests {
        @Test func `happy: reported, worked and resolved`() async throws {
            let told = try await Self.play("happy", "SCENE-1") { life, _ in try await life.world.advance("PT6H") }
            #expect(told == ["accepted", "open", "in-progress", "resolved"])
        }

        @Test func `no-fault-found: triage ends it`() async throws {
            let told = try await Self.play("no-fault-found", "SCENE-2") { life, _ in
                try await life.world.advance("PT6H")
            }
            #expect(told == ["accepted", "resolved"])
        }

        @Test func `hold-for-information: a message and two calls, and still it waits; a comment sets it going again`()
            async throws
        {
            let told = try await Self.play("hold-for-information", "SCENE-3") { life, reference in
                try await life.world.advance("P3D")
                #expect(try await life.notifications(reference).last?.status == "on-hold")
                let letters = try await life.inbox("buyer") { $0.body.contains(">\(reference)<") }
                let last = letters.last?.body ?? ""
                #expect(last.components(separatedBy: "Call to the end user: no answer").count >= 3)
                #expect(last.contains("Message to the end user: a message was left"))
                try await life.amend(reference, TicketSample.comment)
                try await life.world.advance("PT6H")
            }
            #expect(told.suffix(2) == ["in-progress", "resolved"])
        }

        @Test func `missed-by-end-user: on hold until there is another visit`() async throws {
            let told = try await Self.play("missed-by-end-user", "SCENE-4", withVisit: true) { life, reference in
                try await life.world.advance("P14D")
                let missed = try await life.missed(reference)
                #expect(missed?.contains("<endUserMissedAppointment>Y</endUserMissedAppointment>") == true)
                #expect(try await life.notifications(reference).last?.status == "on-hold")
                try await life.amend(reference, TicketSample.appointment(try await life.repairKey()))
                try await life.world.advance("P14D")
            }
            #expect(told.contains("on-hold"))
            #expect(told.suffix(2) == ["resolved", "closed"])
        }

        @Test func `missed-by-operator: the fault stays in work, and the next visit mends it`() async throws {
            let told = try await Self.play("missed-by-operator", "SCENE-5", withVisit: true) { life, reference in
                try await life.world.advance("P14D")
                let missed = try await life.missed(reference)
                #expect(missed?.contains("<sellerMissedAppointment>Y</sellerMissedAppointment>") == true)
                #expect(try await life.notifications(reference).last?.status == "in-progress")
                try await life.amend(reference, TicketSample.appointment(try await life.repairKey()))
                try await life.world.advance("P14D")
            }
            #expect(!told.contains("on-hold"))
            #expect(told.suffix(2) == ["resolved", "closed"])
        }

        @Test func `appointment-failed: the operator asks for another`() async throws {
            let told = try await Self.play("appointment-failed", "SCENE-6", withVisit: true) { life, reference in
                try await life.world.advance("P1D")
                let letters = try await life.inbox("buyer") { $0.body.contains(">\(reference)<") }
                #expect(letters.last?.body.contains("<appointmentConfirmationStatus>Failed<") == true)
                try await life.amend(reference, TicketSample.appointment(try await life.repairKey()))
                try await life.world.advance("P14D")
            }
            #expect(told.suffix(2) == ["resolved", "closed"])
        }

        @Test func `re-opened-twice: the buyer refuses two resolutions, and is silent at the third`() async throws {
            let told = try await Self.play("re-opened-twice", "SCENE-7") { life, _ in
                try await life.world.advance("P4D")
            }
            #expect(told.filter { $0 == "re-opened" }.count == 2)
            #expect(told.filter { $0 == "resolved" }.count == 3)
            #expect(told.last == "closed")
        }

        @Test func `never-answered: resolved, and closed 48 hours later`() async throws {
            let told = try await Self.play("never-answered", "SCENE-8") { life, reference in
                try await life.world.advance("PT6H")
                #expect(try await life.notifications(reference).last?.status == "resolved")
                try await life.world.advance("PT48H")
            }
            #expect(told == ["accepted", "open", "in-progress", "resolved", "closed"])
        }

        @Test func `broken-acknowledgement: each counts as delivered, with a warning`() async throws {
            let life = try SandboxLife.current()
            let told = try await Self.play("broken-acknowledgement", "SCENE-9") { life, _ in
                try await life.world.advance("PT6H")
            }
            let warned = try await life.messages { message in
                message["operation"]?.string == "notifyFaultReportUpdate"
                    && message["warnings"]?.elements.contains { $0.string?.contains("X-04") == true } == true
            }
            #expect(told == ["accepted", "open", "in-progress", "resolved"], "and none was sent twice")
            #expect(warned.count >= 4)
        }

        @Test func `a late repair is closed with its evidence, and the ledger has the row`() async throws {
            let life = try SandboxLife.current()
            let told = try await Self.play("hold-for-information", "SCENE-10") { life, reference in
                try await life.world.advance("P20D")
                try await life.amend(reference, TicketSample.comment)
                try await life.world.advance("P3D")
            }
            let closing = try await life.inbox("buyer") { $0.body.contains(">SCENE-10<") }.last?.body ?? ""
            let ledger = try await life.stranger.tenant(.get, "/compensation", as: "operator").json
            let row = try #require(
                ledger["compensation"]?.elements.first { $0["buyerFaultReference"]?.string == "SCENE-10" }
            )

            #expect(told.last == "closed")
            #expect(closing.contains("<lateRepairNotification>"))
            #expect(closing.contains("<exclusionReason>CUST</exclusionReason>"))
            let total = try #require(row["totalDelayInDays"]?.integer)
            #expect(closing.contains("<totalDelayInDays>\(total)</totalDelayInDays>"))
            #expect(total > 10)
            #expect(row["sellerDelayDays"]?.integer == 0)
            #expect(row["pauses"]?.elements.first(where: { _ in true })?["contactExhausted"]?.bool == true)
        }

        // MARK: -

        /// Reports a fault under a scenario, and answers the statuses that its buyer was told of.
        private static func play(
            _ scenario: String,
            _ reference: String,
            withVisit: Bool = false,
            _ body: (SandboxLife, String) async throws -> Void
        ) async throws -> [String] {
            let life = try SandboxLife.current()
            try await life.behave(#"{"scenario":"\#(scenario)"}"#)
            let key = withVisit ? try await life.repairKey() : nil
            let type = withVisit ? "Service Outage" : "Impaired Service"
            let message = TicketSample.add(reference, type: type, key: key)
            let added = try await life.stranger.secure("ticketing", "/addFaultReport", message)
            try #require(added.status == 201, "\(added.text)")
            try await life.world.settle()
            try await body(life, reference)
            try await life.behave(#"{"scenario":"happy"}"#)
            return try await life.notifications(reference).map(\.status).reduce(into: []) { told, status in
                if told.last != status { told.append(status) }
            }
        }
    }
}

extension SandboxLife {
    /// A key for the first repair visit that the sample service can have.
    fileprivate func repairKey() async throws -> String {
        let clock = try await stranger.control(.get, "/clock").json
        let today = String((clock["now"]?.string ?? "").prefix(10))
        let offered = try await stranger.secure(
            "ticketing",
            "/queryAppointmentAvailability",
            TicketSample.query(from: today)
        )
        let slot = try #require(
            try QueryVisits.slots(in: OutboundResponse(status: 200, body: Array(offered.text.utf8))).first,
            "\(offered.text)"
        )
        let reserved = try await stranger.secure("ticketing", "/reserveAppointment", TicketSample.reserve(slot))
        return try ReserveVisit.reserved(in: OutboundResponse(status: 200, body: Array(reserved.text.utf8))).reference
    }

    fileprivate func amend(_ reference: String, _ content: String) async throws {
        let answer = try await stranger.secure("ticketing", "/amendFaultReport", TicketSample.amend(reference, content))
        try #require(answer.status == 200, "\(answer.text)")
    }

    /// The notification of a visit that did not take place.
    fileprivate func missed(_ reference: String) async throws -> String? {
        try await inbox("buyer") { $0.body.contains(">\(reference)<") && $0.body.contains("<missedAppointment>") }
            .last?.body
    }
}
