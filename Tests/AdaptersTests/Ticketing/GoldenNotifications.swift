import Domain
import Foundation
import Storage
import Testing

@testable import Adapters

/// Every notification that tickets cause, each from a life of its own.
enum GoldenNotifications {
    static func all() async throws -> [String: String] {
        var seen: [String: String] = [:]
        for life in [
            wholeLife, keptVisit, cancelled, rejected, failedVisit, cancelledVisit, missedVisit, acknowledgements,
        ] {
            seen.merge(try await life()) { first, _ in first }
        }
        return seen
    }

    private static func wholeLife() async throws -> [String: String] {
        try await told { bench, seen in
            let ticket = try await bench.accepted()
            try await seen.note("notify-accepted", of: ticket)
            try await seen.perform(
                "triage",
                #"{"findings":"Loss of light at the splitter"}"#,
                "notify-open",
                on: ticket
            )
            try await seen.perform("start", "notify-in-progress", on: ticket)
            try await seen.perform("hold", #"{"reason":"Nobody answers the telephone"}"#, "notify-on-hold", on: ticket)
            _ = try await bench.desk(ticket, "resume")
            _ = try await bench.call("amendFaultReport", Samples.amend(Samples.comment))
            try await seen.note("notify-amended", of: ticket)
            try await seen.perform("resolve", #"{"reason":"Splitter replaced"}"#, "notify-resolved", on: ticket)
            let no = "<resolveAccepted>false</resolveAccepted><rejectedReason>Dark</rejectedReason>"
            _ = try await bench.call("resolveResponse", Samples.answer(no))
            try await seen.note("notify-re-opened", of: ticket)
            for event in ["start", "resolve"] { _ = try await bench.desk(ticket, event) }
            let yes = "<resolveAccepted>true</resolveAccepted>"
            _ = try await bench.call("resolveResponse", Samples.answer(yes, messageID: "m-7"))
            try await seen.note("notify-closed", of: ticket)
        }
    }

    private static func keptVisit() async throws -> [String: String] {
        try await told { bench, seen in
            let ticket = try await bench.accepted(key: try await bench.key())
            for event in ["triage", "start"] { _ = try await bench.desk(ticket, event) }
            try await seen.perform("appointment-confirmed", "notify-appointment-confirmed", on: ticket)
            let code = #"{"closureCode":"FNR"}"#
            try await seen.perform("appointment-completed", code, "notify-appointment-completed", on: ticket)
        }
    }

    private static func cancelled() async throws -> [String: String] {
        try await told { bench, seen in
            try await seen.perform("cancel", #"{"reason":"Raised twice"}"#, "notify-cancelled", on: bench.accepted())
        }
    }

    private static func rejected() async throws -> [String: String] {
        try await told { bench, seen in
            _ = try await bench.call("addFaultReport", Samples.add())
            let ticket = try #require(try await bench.tickets().first)
            try await seen.perform("reject", #"{"reason":"Not our network"}"#, "notify-rejected", on: ticket)
        }
    }

    private static func failedVisit() async throws -> [String: String] {
        try await told { bench, seen in
            let ticket = try await bench.accepted(key: try await bench.key())
            try await seen.perform("appointment-failed", "notify-appointment-failed", on: ticket)
        }
    }

    private static func cancelledVisit() async throws -> [String: String] {
        try await told { bench, seen in
            let ticket = try await bench.accepted(key: try await bench.key())
            try await seen.perform("appointment-cancelled", "notify-appointment-cancelled", on: ticket)
        }
    }

    private static func missedVisit() async throws -> [String: String] {
        try await told { bench, seen in
            let ticket = try await bench.accepted(key: try await bench.key())
            for event in ["triage", "start", "appointment-confirmed"] { _ = try await bench.desk(ticket, event) }
            try await seen.perform(
                "appointment-missed",
                #"{"closureCode":"FTA"}"#,
                "notify-appointment-missed",
                on: ticket
            )
        }
    }

    private static func acknowledgements() async throws -> [String: String] {
        try await told { bench, seen in
            _ = try await bench.raised()
            seen.texts["receivedNotifyFaultReportUpdate"] =
                try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007").text
            seen.texts["receivedNotifyFaultReportUpdate-refused"] =
                try await bench.notify(status: "rejected", id: "n-2", maintainer: "").text
        }
    }

    private static func told(
        _ life: @escaping @Sendable (TicketingBench, inout Seen) async throws -> Void
    ) async throws -> [String: String] {
        let (texts, continuation) = AsyncStream<[String: String]>.makeStream()
        try await withTicketing { bench in
            var seen = Seen(bench: bench)
            try await life(bench, &seen)
            continuation.yield(seen.texts)
        }
        return await texts.first { _ in true } ?? [:]
    }
}

/// What a buyer was told, by the name of its file.
struct Seen {
    let bench: TicketingBench
    var texts: [String: String] = [:]

    mutating func perform(_ event: String, _ words: String, _ name: String, on ticket: FaultReport) async throws {
        let before = try await count(of: ticket)
        let reply = try await bench.desk(ticket, event, words)
        try #require(reply.status == 200, "\(event): \(reply.text)")
        texts[name] = try await told(of: ticket).dropFirst(before).first
    }

    mutating func perform(_ event: String, _ name: String, on ticket: FaultReport) async throws {
        try await perform(event, "", name, on: ticket)
    }

    /// The latest.
    mutating func note(_ name: String, of ticket: FaultReport) async throws {
        texts[name] = try await told(of: ticket).last
    }

    private func count(of ticket: FaultReport) async throws -> Int { try await told(of: ticket).count }

    private func told(of ticket: FaultReport) async throws -> [String] {
        try await bench.rows(about: ticket.id.number).filter {
            $0.content.recipient == .buyer(id: TicketingBench.buyer)
        }
        .map { String(decoding: $0.content.body, as: UTF8.self) }
    }
}
