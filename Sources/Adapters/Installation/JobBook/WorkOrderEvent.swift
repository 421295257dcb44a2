import Domain
import FoundationEssentials

/// What a partner's people do with a job: the last part of `/partner/v1/jobs/{id}/{event}`, and what is said with it.
enum WorkOrderEvent: Equatable, Sendable {
    /// The names in the path.
    enum Name: String, CaseIterable, Sendable {
        case accept, decline, assign, enRoute = "en-route", onSite = "on-site", scan, progress, close
    }

    case accept
    case decline(code: ClosureCode?, reason: String)
    case assign(engineer: Engineer, at: Date)
    case enRoute(location: Location, at: Date)
    case onSite(location: Location, at: Date)
    case scan(device: ScannedDevice)
    case progress(answers: [QuestionAnswer], at: Date)
    case close(report: ClosingReport)
}

extension WorkOrder {
    mutating func perform(
        _ event: WorkOrderEvent,
        _ catalogue: ClosureCatalogue,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch event {
        case .accept: return try accept(at: now)
        case .decline(let code?, let reason): return try decline(code: code, reason: reason, at: now)
        case .decline(nil, let reason): return try decline(reason: reason, at: now)
        case .assign(let engineer, let time): return try assign(engineer, at: time, now: now)
        case .enRoute(let location, let time): return try setOut(from: location, at: time, now: now)
        case .onSite(let location, let time): return try arrive(at: location, at: time, now: now)
        case .scan(let device): return try scan(device, now: now)
        case .progress(let answers, let time): return try progress(answers, at: time, now: now)
        case .close(let report):
            try report.check(against: catalogue)
            return try close(report, now: now)
        }
    }
}
