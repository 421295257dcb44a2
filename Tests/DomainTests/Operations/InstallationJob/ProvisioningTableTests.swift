import Domain
import Foundation
import Testing

/// Every scan and alarm in every state of provisioning, compared with `docs/state-machines/provisioning.md`.
@Suite struct ProvisioningTableTests {
    @Test func `the machine does what the documented table says`() throws {
        let documented = try String(contentsOf: StateMachineDocument.url("provisioning"), encoding: .utf8)

        let rows = try Deed.allCases.map { deed in
            let cells = try Column.allCases.map { try Self.cell(deed, in: $0) }
            return "| \(deed.rawValue) | " + cells.joined(separator: " | ") + " |"
        }

        let table = StateMachineDocument.table(Column.allCases.map(\.rawValue), rows)
        for line in table.split(separator: "\n") { #expect(documented.contains(line), "provisioning.md needs \(line)") }
    }

    @Test func `a failure for now is tried again after five minutes, three times at most`() throws {
        var job = try Column.idle.job(answering: [.failsForNow, .failsForNow, .failsForNow])
        var now = Date.noon
        var results: [ProvisioningResult] = []
        _ = try job.scan(.sample(), isDuplicate: false, by: .at(now), at: now)

        for _ in 1...3 {
            now += 180
            _ = try job.wake(.push, at: now)
            results = job.provisioning.results
            now = results.last?.retryAt ?? now
            _ = try job.wake(.retry, at: now)
        }

        #expect(results.map(\.outcome) == [.retrying, .retrying, .failed])
        #expect(
            results.map { $0.retryAt.map { Int($0.timeIntervalSince1970) } ?? 0 } == [
                Int(Date.noon.timeIntervalSince1970) + 480, Int(Date.noon.timeIntervalSince1970) + 960, 0,
            ]
        )
    }

    private static func cell(_ deed: Deed, in column: Column) throws -> String {
        var job = try column.job(answering: column.before + [deed.answer])
        let before = job
        do {
            try deed.happen(to: &job)
        } catch {
            #expect(job == before, "refused, so unchanged")
            return "refused"
        }
        let told = job.provisioning.results.dropFirst(before.provisioning.results.count)
        guard job.provisioning != before.provisioning else { return "·" }
        return ([job.provisioning.state.name] + told.map { "`\($0.outcome.rawValue)`" }).joined(separator: " ")
    }
}

/// A job in each state of its provisioning.
private enum Column: String, CaseIterable {
    case idle, pushing
    case lastTry = "pushing, third try"
    case waiting, lightCheck, successful, failed

    /// What the head-end answered on the way.
    var before: [HeadEndAnswer] {
        switch self {
        case .idle, .pushing: []
        case .lastTry: [.failsForNow, .failsForNow]
        case .waiting: [.failsForNow]
        case .lightCheck, .successful: [.works]
        case .failed: [.fails]
        }
    }

    private var alarms: [InstallationJob.Alarm] {
        switch self {
        case .idle, .pushing: []
        case .lastTry: [.push, .retry, .push, .retry]
        case .waiting, .lightCheck, .failed: [.push]
        case .successful: [.push, .lightCheck]
        }
    }

    func job(answering answers: [HeadEndAnswer]) throws -> InstallationJob {
        var job = try InstallationJob(id: ID(701), pack: .sample(headEnd: answers), at: .noon)
        let place = Location(latitude: 51, longitude: 0)
        _ = try job.arrive(at: place, engineer: .sam, by: .at(), at: .noon)
        if self != .idle { _ = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon) }
        for alarm in alarms { _ = try job.wake(alarm, at: .noon) }
        return job
    }
}

private enum Deed: String, CaseIterable {
    case scan = "scan of another good device"
    case sameScan = "scan of the same device"
    case olderScan = "scan older than the last"
    case wrongFormat = "scan, wrong format of FSAN or serial number"
    case duplicate = "scan, a number on another open installation"
    case otherVendor = "scan, another vendor than the line's"
    case works = "alarm push, the head-end works"
    case failsForNow = "alarm push, it fails for now"
    case fails = "alarm push, it fails"
    case retry = "alarm retry"
    case lightCheck = "alarm lightCheck"

    var answer: HeadEndAnswer {
        switch self {
        case .failsForNow: .failsForNow
        case .fails: .fails
        case .scan, .sameScan, .olderScan, .wrongFormat, .duplicate, .otherVendor, .works, .retry, .lightCheck: .works
        }
    }

    func happen(to job: inout InstallationJob) throws {
        let (later, earlier) = (Date.noon + 60, Date.noon - 60)
        let other = ScannedDevice.sample(fsan: "ALCL00000001", serialNumber: "SN-000002")
        _ =
            switch self {
            case .scan: try job.scan(other, isDuplicate: false, by: .at(later), at: later)
            case .sameScan: try job.scan(.sample(), isDuplicate: false, by: .at(later), at: later)
            case .olderScan: try job.scan(other, isDuplicate: false, by: .at(earlier), at: later)
            case .wrongFormat: try job.scan(.sample(fsan: "short"), isDuplicate: false, by: .at(later), at: later)
            case .duplicate: try job.scan(other, isDuplicate: true, by: .at(later), at: later)
            case .otherVendor:
                try job.scan(
                    .sample(fsan: "ALCL00000001", vendor: .calix),
                    isDuplicate: false,
                    by: .at(later),
                    at: later
                )
            case .works, .failsForNow, .fails: try job.wake(.push, at: later)
            case .retry: try job.wake(.retry, at: later)
            case .lightCheck: try job.wake(.lightCheck, at: later)
            }
    }
}

extension Provisioning.State {
    fileprivate var name: String {
        switch self {
        case .idle: "idle"
        case .pushing: "pushing"
        case .waiting: "waiting"
        case .lightCheck: "lightCheck"
        case .successful: "successful"
        case .failed: "failed"
        }
    }
}
