import Domain
import Engine
import Formats
import Foundation
import HTTPTypes

@testable import patchbay

/// A tenant that orders and reports faults while the house is killed under it, and remembers what it was promised.
actor BusyCustomer {
    struct Promises {
        var orders: [Int64] = []
        var problems: [Int64] = []
    }

    /// A request of which no answer came: the same one is sent again, under the same id.
    private struct Unanswered {
        let path: String
        let requestID: String
        let conversation: String
        let body: [UInt8]
    }

    private(set) var accepted = Promises()
    private var unanswered: [Unanswered] = []
    private var next = 0

    /// Works until the house no longer answers.
    func work(in life: DemoWorld, round: Int) async {
        do {
            try await askAgain(in: life)
            for step in 0..<50 {
                try await order(in: life)
                if step % 3 == 0 { try await report(in: life) }
                try await life.advance("PT7H")
            }
        } catch {
            // It was killed; what was asked is asked again in its next life.
        }
    }

    func askAgain(in life: DemoWorld) async throws {
        while let request = unanswered.first {
            try await send(request, in: life)
        }
    }

    /// The orders and problems that were promised and did not reach their end, with the state they are in.
    func unfinished(in life: DemoWorld) async throws -> [String] {
        var all: [String] = []
        for (path, ids) in [("service-orders", accepted.orders), ("service-problems", accepted.problems)] {
            for id in ids {
                let entity = try await life.tenant(.get, "/\(path)/\(id)", conversation: "audit")
                let status = entity.root["status"]?.string ?? "nothing"
                if status != "COMPLETED" { all.append("\(path)/\(id) is \(status)") }
            }
        }
        return all
    }

    // MARK: -

    private func order(in life: DemoWorld) async throws {
        next += 1
        let address = #"{"id":"\#(10_090_000_000 + next)","type":"UPRN"}"#
        let journey = Journey(world: life, timeline: Timeline(isSilent: true))
        let visit = try await journey.book(
            purpose: .provide,
            address: address,
            supplier: "DUMMY_SUPPLIER",
            product: "ftthl2r"
        )
        let body = OrderJourney.order(supplier: "DUMMY_SUPPLIER", product: "ftthl2r", address: address, visit: visit.id)
        try await promise("/service-orders", body, in: life)
    }

    private func report(in life: DemoWorld) async throws {
        next += 1
        let service = "S\(1_000_000 + next)"
        let address = #"{"id":"\#(10_095_000_000 + next)","type":"UPRN"}"#
        let journey = Journey(world: life, timeline: Timeline(isSilent: true))
        let visit = try await journey.book(
            purpose: .repair,
            address: address,
            supplier: "DUMMY_SUPPLIER",
            product: "ftthl2r",
            service: service
        )
        let body = ReportedFault.problem(
            service: service,
            supplier: "DUMMY_SUPPLIER",
            product: "ftthl2r",
            test: nil,
            visit: visit.id,
            lastWorked: "2026-01-01T08:00:00Z"
        )
        try await promise("/service-problems", body, in: life)
    }

    private func promise(_ path: String, _ body: [UInt8], in life: DemoWorld) async throws {
        let request = Unanswered(
            path: path,
            requestID: UUID().uuidString.lowercased(),
            conversation: "kill-\(next)",
            body: body
        )
        unanswered.append(request)
        try await send(request, in: life)
    }

    private func send(_ request: Unanswered, in life: DemoWorld) async throws {
        let answer = try await life.tenant(
            .post,
            request.path,
            conversation: request.conversation,
            requestID: request.requestID,
            body: request.body
        )
        guard let id = answer.root["id"]?.integer else { throw DemoFailure("A promise without a number.") }
        unanswered.removeAll { $0.requestID == request.requestID }
        if request.path == "/service-orders" {
            accepted.orders.append(id)
        } else {
            accepted.problems.append(id)
        }
    }
}
