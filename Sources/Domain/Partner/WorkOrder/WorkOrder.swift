import FoundationEssentials

/// An installation partner's own book of one job: from the operator's job pack to the closure code (§3.7, the other end).
///
///     received ─accept─▶ accepted ─assign─▶ assigned ─▶ en-route ─▶ on-site ─scan─▶ scanned ──1, 2──▶ provisioned
///                                                                                ▲    │3 5 6 7
///                                                                                └─ provisioning-failed
///     received … assigned ─decline─▶ declining ──▶ declined       assigned … provisioned ─close─▶ closing ──▶ closed
///     received … en-route ─cancelJob─▶ cancelled
///
/// Stages only rise: an app without a signal may leave steps out, or tell them late. Every step of ours is one message to
/// the operator, in order; what the operator made of it is written beside the step. The end of a job is the operator's to
/// take: until then it is closing, and a refusal opens it again where it was.
package struct WorkOrder: Aggregate {
    /// How far the visit has come.
    package enum Stage: String, Codable, CaseIterable, Comparable, Sendable {
        case received
        case accepted
        case assigned
        case enRoute = "en-route"
        case onSite = "on-site"
        case scanned
        case provisioningFailed = "provisioning-failed"
        case provisioned

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package enum State: Codable, Equatable, Sendable {
        case open(stage: Stage)
        /// `closeJob` is on its way.
        case closing(report: ClosingReport, stage: Stage)
        case closed(report: ClosingReport)
        /// The `closeJob` that gives the job back is on its way.
        case declining(report: ClosingReport, stage: Stage)
        case declined(reason: String)
        case cancelled(reason: JobCancellation, text: String?, at: Date)
    }

    /// What the operator made of a report.
    package enum Input: Codable, Equatable, Sendable {
        case reportTaken(sequence: Int64)
        case reportRefused(sequence: Int64, code: Int?, reason: String)
        case reportGivenUp(sequence: Int64, reason: String)
    }

    /// A partner waits for nobody: the day's times are the engineers'.
    package enum Alarm: String, CaseIterable, Sendable { case none }

    package static let kind = Kind.workOrder
    package let id: ID<WorkOrder>
    package let dispatcher: DispatcherID
    /// The operator's name for the job.
    package let reference: String
    /// Ours.
    package let providerJobId: String
    package let pack: ReceivedPack
    package let created: Date
    package var updated: Date
    package internal(set) var state: State
    package internal(set) var engineer: Engineer?
    /// The ONT that was scanned last and not refused.
    package internal(set) var device: ScannedDevice?
    package internal(set) var results: [HeardResult] = []
    package internal(set) var answers: [QuestionAnswer] = []
    package internal(set) var steps: [WorkOrderStep] = []
    /// How many messages it has sent.
    package internal(set) var reports: Int64 = 0

    package static let referenceLookup = "reference"
    /// By the day of the visit, in London.
    package static let dayLookup = "day"

    package static func referenceKey(_ reference: String, of dispatcher: DispatcherID) -> String {
        KeyParts.joined(dispatcher.rawValue, reference)
    }

    package var owner: Owner { .dispatcher(dispatcher) }
    package var conversation: ConversationID { ConversationID(reference) }

    package var stateName: String {
        switch state {
        case .open(let stage): stage.rawValue
        case .closing: "closing"
        case .closed: "closed"
        case .declining: "declining"
        case .declined: "declined"
        case .cancelled: "cancelled"
        }
    }

    package static let stateNames =
        Stage.allCases.map(\.rawValue) + ["closing", "closed", "declining", "declined", "cancelled"]

    package var lookups: [Lookup] {
        [
            Lookup(Self.referenceLookup, Self.referenceKey(reference, of: dispatcher), isUnique: true),
            Lookup(Self.dayLookup, pack.visit.slot.day.description),
        ]
    }

    /// How far it has come, while it may still go on.
    package var stage: Stage? {
        switch state {
        case .open(let stage): stage
        case .closing, .closed, .declining, .declined, .cancelled: nil
        }
    }

    /// Result 2 came: the line gives light.
    package var hasLight: Bool { results.contains { $0.outcome == .installSuccessful } }

    /// Something that the operator does not know, or would not hear.
    package var needsAttention: Bool { steps.contains { $0.needsAttention } }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .reportTaken(let sequence): conclude(sequence, .taken, at: now)
        case .reportRefused(let sequence, let code, let reason):
            conclude(sequence, .refused(code: code, reason: reason), at: now)
        case .reportGivenUp(let sequence, let reason): conclude(sequence, .givenUp(reason: reason), at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
