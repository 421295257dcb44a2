import Domain
import Foundation
import Formats
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Adapters

/// The Ticketing API with the tickets that the corpus is about, and an eye on every table.
struct HostileBench {
    let bench: TicketingBench
    let path: String

    /// What an answer may have: room for twenty problems, and nothing that grows with the request.
    static let answerBytesMax = 16 * 1_024

    static func run(_ body: @escaping @Sendable (HostileBench) async throws -> Void) async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        try await withTicketing(.file(path: place.path)) { bench in
            let first = try await bench.accepted()
            let second = try await bench.call("addFaultReport", Samples.add(reference: "HT-2", messageID: "m-9"))
            try #require(second.status == 201)
            try #require(first.reference == CorpusMessage.maintainerReference)
            await bench.settle()
            let other = try #require(try await bench.tickets().last)
            for event in ["triage", "start", "resolve"] { _ = try await bench.desk(other, event) }
            try await body(HostileBench(bench: bench, path: place.path))
        }
    }

    /// What is wrong with the answer to a case, and with what it left behind; nothing, if all is well.
    func complaints(about hostile: HostileCase) async throws -> [String] {
        let before = try Ledger(path)
        let reply = try await send(hostile)
        let after = try Ledger(path)
        var found = complaints(about: reply, to: hostile)
        found += after.changes(since: before).map { "the table \($0) is not as it was" }
        if after.logged != before.logged + 1 { found.append("the log has \(after.logged - before.logged) more") }
        return found.map { "\(hostile.name): \($0) [\(reply.status) \(reply.text.prefix(600))]" }
    }

    private func complaints(about reply: TicketingBench.Reply, to hostile: HostileCase) -> [String] {
        var found: [String] = []
        if reply.status != hostile.status { found.append("expected \(hostile.status)") }
        if reply.text.utf8.count > Self.answerBytesMax { found.append("\(reply.text.utf8.count) bytes of answer") }
        guard let element = try? reply.element else { return found + ["the answer is no XML"] }
        if let code = hostile.fault {
            if SOAPFault(element)?.code != code { found.append("no SOAP Fault \(code)") }
            if !reply.text.contains(hostile.says) { found.append("it does not say \(hostile.says)") }
            return found
        }
        let operation = hostile.operation ?? .addFaultReport
        found +=
            operation.isAppointment
            ? complaints(aboutFault: element) : complaints(about: element, of: operation, hostile)
        let said = operation.isAppointment ? reply.text : element.text(of: "errorMessage") ?? ""
        if !said.contains(hostile.says) { found.append("it does not say \(hostile.says)") }
        return found
    }

    /// Appointments are refused by a SOAP Fault in an envelope, with a place (G-048).
    private func complaints(aboutFault element: XMLElement) -> [String] {
        guard let fault = SOAPFault(element) else { return ["no SOAP Fault"] }
        return fault.code == .client && !fault.validationErrors.isEmpty ? [] : ["a Fault without a place"]
    }

    /// Tickets are refused in the operation's own element, valid, with the status in it (decision 33).
    private func complaints(
        about element: XMLElement,
        of operation: TicketingOperation,
        _ hostile: HostileCase
    ) -> [String] {
        var found = element.validate(bench.schemas.faultReport).map { "the answer is not valid: \($0.message)" }
        if element.name != operation.answer { found.append("answered with \(element.name)") }
        if element.text(of: "responseCode") != String(hostile.status) { found.append("another responseCode") }
        return found
    }

    func send(_ hostile: HostileCase) async throws -> TicketingBench.Reply {
        try await bench.client.execute(
            uri: hostile.path,
            method: .post,
            headers: hostile.headers,
            body: ByteBuffer(bytes: hostile.bytes)
        ) { response in
            TicketingBench.Reply(
                status: response.status.code,
                text: String(buffer: response.body),
                contentType: response.headers[.contentType]
            )
        }
    }
}
