import Domain
import Engine
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Adapters

/// The served route with the jobs that the corpus is about, and an eye on every table.
///
/// J701 has an engineer on site, J702 was only dispatched, J703 is closed, J704 cancelled, J705 holds a device that is
/// being provisioned; J801 is another partner's.
struct WireBench {
    let bench: InstallationBench
    let path: String

    /// Room for a hundred problems, and nothing that grows with the request.
    static let answerBytesMax = 32 * 1_024

    static func run(_ body: @escaping @Sendable (WireBench) async throws -> Void) async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        try await InstallationBench.with(.file(path: place.path)) { bench in
            try await bench.givenJobOnSite(701)
            try await bench.givenJob(702)
            try await bench.givenJob(703)
            try await bench.givenJob(704)
            try await bench.givenJobOnSite(705)
            try await bench.givenJobOnSite(801, partner: "PARTNER2")
            for (reference, message) in try prelude() {
                #expect(try await bench.post(nil, message).body == "{}", "\(reference)")
            }
            for input in [InstallationJob.Input.withdrawn(reason: .other), .cancellationAcknowledged()] {
                try await bench.exchange.tell(.installationJob(id: ID(704), input: input), Cause("test", by: "test"))
            }
            try await body(WireBench(bench: bench, path: place.path))
        }
    }

    private static func prelude() throws -> [(String, String)] {
        var close = try JSONTree(parsing: JSONTree.messageText("close"))
        close.put(.string("J703"), at: "/params/jobHeader/ref")
        close.put(.string("NTR"), at: "/params/closureCode")
        close.put(.array([]), at: "/params/questions_answers")
        var scan = try JSONTree(parsing: JSONTree.messageText("scan"))
        scan.put(.string("J705"), at: "/params/jobHeader/ref")
        scan.put(.string("ALCL00000705"), at: "/params/ont/fsan")
        scan.put(.string("SN-000705"), at: "/params/ont/serialNumber")
        return [("J703", try close.text), ("J705", try scan.text)]
    }

    /// What is wrong with the answer to a case that must be refused, and with what it left behind.
    func complaints(aboutRefused wire: WireCase) async throws -> [String] {
        for message in wire.before ?? [] { _ = try await bench.post(nil, JSONTree.messageText(message)) }
        let before = try Ledger(path)
        let answer = try await send(wire)
        let after = try Ledger(path)
        var found = complaints(about: answer, to: wire)
        let expected: Set<String> = wire.alerts == true ? ["journal"] : []
        let changed = after.changes(since: before).filter { !expected.contains($0) }
        found += changed.map { "the table \($0) is not as it was" }
        if after.logged != before.logged + 1 { found.append("the log has \(after.logged - before.logged) more") }
        let verdict = try await lastMessage()?.verdict ?? ""
        if !verdict.hasPrefix("refused: \(wire.code ?? 0) ") { found.append("the log says \(verdict)") }
        return found.map { "\(wire.name): \($0) [\(answer.description.prefix(600))]" }
    }

    private func complaints(about answer: InstallationBench.Answer, to wire: WireCase) -> [String] {
        var found: [String] = []
        if answer.status != wire.status { found.append("expected \(wire.status)") }
        if answer.body.utf8.count > Self.answerBytesMax { found.append("\(answer.body.utf8.count) bytes of answer") }
        guard let error = answer.error else { return found + ["the answer is no error"] }
        if error.code != wire.code { found.append("expected \(wire.code ?? 0)") }
        if let pointers = wire.pointers, error.pointers.sorted() != pointers.sorted() {
            found.append("expected \(pointers.sorted()), not \(error.pointers.sorted())")
        }
        return found
    }

    /// The same of a case that must be taken.
    func complaints(aboutTaken wire: WireCase) async throws -> [String] {
        for message in wire.before ?? [] { _ = try await bench.post(nil, JSONTree.messageText(message)) }
        let answer = try await send(wire)
        var found: [String] = []
        if answer != .ok("{}") { found.append("expected {}") }
        let logged = try await lastMessage()
        if logged?.verdict != (wire.duplicate == true ? "duplicate" : "accepted") {
            found.append("the log says \(logged?.verdict ?? "nothing")")
        }
        let warnings = logged?.warnings ?? []
        let clauses = warnings.compactMap { $0.firstMatch(of: /\(([A-Z]-[0-9]+)\)$/).map { String($0.1) } }
        if clauses.sorted() != (wire.warnings ?? []).sorted() { found.append("warned of \(warnings)") }
        if warnings.count - clauses.count != wire.remarks ?? 0 { found.append("remarked on \(warnings)") }
        for (reference, state) in wire.state ?? [:] {
            let job = try await bench.job(try #require(InstallationJob.id(reference: reference)))
            if job.stateName != state { found.append("\(reference) is \(job.stateName), not \(state)") }
        }
        return found.map { "\(wire.name): \($0) [\(answer.description.prefix(600))]" }
    }

    func send(_ wire: WireCase) async throws -> InstallationBench.Answer {
        var headers: HTTPFields = [.contentType: wire.contentType ?? "application/json"]
        headers[.contentEncoding] = wire.coding
        if let name = InstallationBench.partnerHeader { headers[name] = wire.partner ?? "PARTNER1" }
        let response = try await bench.client.executeRequest(
            uri: "/prod/ftth-installer" + (wire.method.map { "/\($0)" } ?? ""),
            method: .post,
            headers: headers,
            body: ByteBuffer(bytes: try wire.bytes)
        )
        return InstallationBench.Answer(status: response.status.code, body: String(buffer: response.body))
    }

    private func lastMessage() async throws -> LoggedMessage? {
        try await bench.exchange.read { try $0.messages(after: 0, limit: 100_000) }.last
    }
}
