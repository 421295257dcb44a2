import Formats
import Foundation
import HTTPTypes

@testable import patchbay

/// Reads every inbox and keeps its own account of what each counterpart was told. It shares no code with the domain.
struct Audit {
    private(set) var complaints: [String] = []

    init(of life: DemoWorld) async throws {
        try await checkUpdates(in: life)
        try await checkJobs(in: life)
    }

    /// Of each entity's updates, repeats removed: numbers from 1 without a gap, in order.
    private mutating func checkUpdates(in life: DemoWorld) async throws {
        var seen: Set<String> = []
        var last: [String: Int64] = [:]
        for message in try await inbox("tenant", of: life) {
            let body = try JSONDocument(parsing: message.body).root
            guard let id = body["id"]?.string, let sequence = body["sequenceNumber"]?.integer,
                let kind = body["entityType"]?.string, let entity = body["entity"]?["id"]?.integer
            else {
                complaints.append("an update that cannot be read: \(message.body.prefix(200))")
                continue
            }
            guard seen.insert(id).inserted else { continue }
            let key = "\(kind)/\(entity)"
            if sequence != (last[key] ?? 0) + 1 {
                complaints.append("\(key): update \(sequence) after \(last[key] ?? 0)")
            }
            last[key] = sequence
        }
        if seen.isEmpty { complaints.append("the tenant was told nothing") }
    }

    /// Each job was made once, and its results came in order.
    private mutating func checkJobs(in life: DemoWorld) async throws {
        var numbers: [String: Set<Int64>] = [:]
        var results: [String: [Int64]] = [:]
        var seen: Set<Int64> = []
        for message in try await inbox("installer", of: life) {
            let body = try JSONDocument(parsing: message.body).root
            guard let id = body["id"]?.integer, let method = body["method"]?.string, let ref = body["ref"]?.string
            else {
                complaints.append("a dispatch that cannot be read: \(message.body.prefix(200))")
                continue
            }
            guard seen.insert(id).inserted else { continue }
            if method == "createJob" { numbers[ref, default: []].insert(id) }
            if method == "notifyJob", let result = body["response"]?["id"]?.integer {
                results[ref, default: []].append(result)
            }
        }
        for (ref, ids) in numbers where ids.count != 1 { complaints.append("\(ref) was created \(ids.count) times") }
        for (ref, told) in results where told != [1, 2] { complaints.append("\(ref) was told results \(told)") }
        if numbers.isEmpty { complaints.append("the installer was sent nothing") }
    }

    private func inbox(_ party: String, of life: DemoWorld) async throws -> [(body: String, verdict: JSONValue?)] {
        var after: Int64 = 0
        var all: [(body: String, verdict: JSONValue?)] = []
        while true {
            let page = try await life.control(.get, "/inbox?party=\(party)&after=\(after)")
            for message in page.root["messages"]?.elements.map({ $0 }) ?? [] {
                all.append((message["body"]?.string ?? "", message["verdict"]))
            }
            guard let next = page.root["next"]?.integer, next > after else { return all }
            after = next
        }
    }
}
