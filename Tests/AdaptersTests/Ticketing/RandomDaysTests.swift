import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

/// Days of two buyers and a desk that do whatever comes to their minds, watched by somebody who knows only the wire.
@Suite struct RandomDaysTests {
    @Test(arguments: UInt64(1)...12)
    func `whatever buyers and the desk do, in whatever order, the contract holds on the wire`(seed: UInt64) async throws
    {
        try await withTicketing { bench in
            var days = RandomDays(bench: bench, seed: seed)
            for _ in 0..<150 { try await days.step() }
            try await days.pass(72 * 3_600)
            try await days.listen()
            days.auditor.close(at: bench.clock.now)

            #expect(days.auditor.findings.isEmpty, "seed \(seed)")
            #expect(days.auditor.heard > 25)
        }
    }
}

private struct RandomDays {
    struct Ticket {
        let number: Int64
        let certificate: String
        let buyer: String
        let reference: String
        var name: String { "\(buyer)/\(reference)" }
    }

    let bench: TicketingBench
    let bits: @Sendable () -> UInt64
    var auditor = TicketAuditor()
    private var tickets: [Ticket] = []
    private var heard: [Int64: Int] = [:]
    private var count = 0

    init(bench: TicketingBench, seed: UInt64) {
        self.bench = bench
        bits = IDSource.seeded(seed).bits
    }

    mutating func step() async throws {
        count += 1
        switch draw(12) {
        case 0, 1: try await report()
        case 2: try await amend()
        case 3: try await answer()
        case 4: try await ask()
        case 5: try await meddle()
        case 6, 7: try await pass(TimeInterval(draw(30 * 60)) * 60)
        default: try await desk()
        }
        await bench.settle()
        try await listen()
    }

    /// Lets time pass, and each timer fire at its moment.
    func pass(_ seconds: TimeInterval) async throws {
        let end = bench.clock.now.addingTimeInterval(seconds)
        while let due = try await bench.exchange.read({ try $0.dueTimers(at: end, limit: 1) }).first?.due {
            bench.clock.move(to: due)
            await bench.settle()
        }
        bench.clock.move(to: end)
    }

    /// Hands the auditor what was told since the last time, in the order of the outbox.
    mutating func listen() async throws {
        for ticket in tickets {
            let rows = try await bench.rows(about: ticket.number).filter { row in
                if case .buyer = row.content.recipient { true } else { false }
            }
            for row in rows.dropFirst(heard[ticket.number, default: 0]) {
                let element = try SOAPEnvelope.open(XMLDocument(parsing: row.content.body)).body
                auditor.told(ticket.name, element, at: row.content.created)
            }
            heard[ticket.number] = rows.count
        }
    }

    // MARK: What buyers do

    private mutating func report() async throws {
        let (certificate, buyer) = draw(2) == 0 ? ("harbour", "HARBOUR1") : ("rival", "MOOR1")
        let reference = "T-\(count)"
        let needsVisit = certificate == "harbour" && draw(2) == 0
        let body = Samples.add(
            reference: reference,
            messageID: "add-\(count)",
            type: needsVisit ? "Service Outage" : "Impaired Service",
            service: "S\(1_000_001 + draw(1_000))",
            buyer: buyer,
            key: needsVisit ? try await key() : nil
        )
        let reply = try await bench.call("addFaultReport", body, as: certificate)
        #expect(reply.status == 201, "\(reply.text)")
        let known = Set(tickets.map(\.number))
        let found = try await bench.tickets().first { !known.contains($0.id.number) }
        let number = try #require(found?.id.number)
        tickets.append(Ticket(number: number, certificate: certificate, buyer: buyer, reference: reference))
        auditor.reported("\(buyer)/\(reference)")
        // The same bytes again are answered the same, and are no second ticket (G-143).
        let again = try await bench.call("addFaultReport", body, as: certificate)
        #expect(again.text == reply.text)
    }

    /// For a visit in three days.
    private func key() async throws -> String {
        let day = LondonTime.day(at: bench.clock.now).adding(days: 3)
        return try await bench.key(from: day.description, messageID: "reserve-\(count)")
    }

    private func amend() async throws {
        guard let ticket = pick() else { return }
        let content = [
            "<comment><value>Any news?</value><commentedBy>buyer</commentedBy></comment>",
            "<faultDetails><description>Worse now</description></faultDetails>",
            "<faultDetails><status>cancelled</status><statusReason>Works again</statusReason></faultDetails>",
            "<priorityLevel>2</priorityLevel>",
        ]
        _ = try await call("amendFaultReport", ticket, content[draw(content.count)])
    }

    private mutating func answer() async throws {
        guard let ticket = pick() else { return }
        let accepts = draw(2) == 0
        let words = accepts ? "" : "<rejectedReason>Still down</rejectedReason>"
        let status = try await call(
            "resolveResponse",
            ticket,
            "<resolveAccepted>\(accepts)</resolveAccepted>\(words)"
        )
        if status == 200 { auditor.answered(ticket.name, accepts: accepts) }
    }

    private func ask() async throws {
        guard let ticket = pick() else { return }
        #expect(try await call("requestFaultReportUpdate", ticket, "") == 200)
    }

    /// Another buyer tries; nothing may come of it.
    private func meddle() async throws {
        guard let ticket = pick() else { return }
        let other = ticket.certificate == "harbour" ? "rival" : "harbour"
        let before = try await bench.rows(about: ticket.number).count
        for operation in ["amendFaultReport", "resolveResponse", "requestFaultReportUpdate"] {
            let content = operation == "resolveResponse" ? "<resolveAccepted>true</resolveAccepted>" : ""
            let buyer = other == "rival" ? "MOOR1" : "HARBOUR1"
            let body = message(operation, reference: ticket.reference, buyer: buyer, content)
            #expect(try await bench.call(operation, body, as: other).status == 400)
        }
        #expect(try await bench.rows(about: ticket.number).count == before)
    }

    private func call(_ operation: String, _ ticket: Ticket, _ content: String) async throws -> Int {
        let body = message(operation, reference: ticket.reference, buyer: ticket.buyer, content)
        return try await bench.call(operation, body, as: ticket.certificate).status
    }

    private func message(_ operation: String, reference: String, buyer: String, _ content: String) -> String {
        let maintainer = operation == "resolveResponse" || operation == "requestFaultReportUpdate"
        let known = tickets.first { $0.reference == reference }.map {
            "CS" + String($0.number + 10_000_000).dropFirst()
        }
        return """
            <\(operation)><apiVersion>1.0</apiVersion><buyerIdentifier>\(buyer)</buyerIdentifier>
            <sentAt>2027-01-15T09:00:00Z</sentAt><messageId>\(operation.prefix(5))-\(count)-\(buyer)</messageId>
            <buyerFaultReference>\(reference)</buyerFaultReference>
            \(maintainer ? "<maintainerFaultReference>\(known ?? "")</maintainerFaultReference>" : "")
            \(content)</\(operation)>
            """
    }

    // MARK: What the desk does

    private func desk() async throws {
        guard let picked = pick() else { return }
        guard let ticket = try await bench.tickets().first(where: { $0.id.number == picked.number }) else { return }
        let events: [(String, String)] = [
            ("triage", #"{"findings":"a splice","faultFound":true}"#),
            ("triage", #"{"findings":"nothing","faultFound":false}"#),
            ("start", ""), ("start", ""), ("hold", #"{"reason":"nobody answers"}"#), ("resume", ""),
            ("resolve", #"{"reason":"respliced"}"#), ("resolve", #"{"reason":"reset"}"#), ("cancel", ""),
            ("reject", ""),
            ("appointment-confirmed", ""), ("appointment-failed", ""), ("appointment-cancelled", ""),
            ("appointment-completed", #"{"closureCode":"FR"}"#), ("appointment-completed", #"{"closureCode":"NA"}"#),
            ("appointment-missed", #"{"closureCode":"NA"}"#), ("appointment-missed", #"{"closureCode":"FTA"}"#),
        ]
        let (event, body) = events[draw(events.count)]
        let status = try await bench.desk(ticket, event, body).status
        #expect([200, 409].contains(status), "\(event) on \(ticket.status)")
    }

    private func pick() -> Ticket? { tickets.isEmpty ? nil : tickets[draw(tickets.count)] }
    private func draw(_ count: Int) -> Int { Int(bits() % UInt64(count)) }
}
