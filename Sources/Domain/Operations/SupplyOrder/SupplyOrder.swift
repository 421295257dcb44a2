import FoundationEssentials

/// The operator's side of an order: what a customer of the Supplier API wants connected (decision 30).
///
///     received ─acknowledge─▶ acknowledged ─commit─▶ committed ─job event─▶ inProgress ─job closed─▶ completed, partial
///                                  │  └─no visit agreed─▶ awaitingInformation ◀─┤ (SM-04)
///                                  ├─cancel─▶ cancelled      held ◀────────────┘
///                                  └─fail───▶ failed
///
/// It can be cancelled until the engineer sets out, or activation starts where nobody need come: the point of no return.
/// Each step that a customer must hear of is a ``SupplyUpdate`` with the next number of the order's own sequence.
package struct SupplyOrder: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case received
        case acknowledged
        case committed(dates: Commitment)
        case inProgress(dates: Commitment, stage: Stage)
        case held(dates: Commitment, problem: ProblemCode)
        /// The customer must act first: agree another visit, or say what it wants. No dates: never committed.
        case awaitingInformation(dates: Commitment?, problem: ProblemCode)
        case completed(dates: Commitment, at: Date)
        case partial(dates: Commitment, at: Date)
        case cancelled(at: Date)
        case failed(reason: String, at: Date)
    }

    /// What the customer was promised, and what is expected now (F-024).
    package struct Commitment: Codable, Equatable, Sendable {
        package let committedDate: CivilDate
        package internal(set) var targetDate: CivilDate
    }

    /// How far an order in progress has come.
    package enum Stage: String, Codable, Sendable {
        case preparing
        /// The engineer is on the way, or activation has begun: past the point of no return.
        case underWay
    }

    package enum Input: Codable, Equatable, Sendable {
        case jobEvent(job: ID<InstallationJob>, event: JobEvent, at: Date)
        case jobClosed(job: ID<InstallationJob>, closure: JobClosure, at: Date)
        /// The order on the other side of a line that changes hands came to nothing.
        case linkedOrderEnded
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// The operator has looked at its diary: it commits itself.
        case commit
        /// The day has come on which a line is switched without a visit.
        case due
        /// The operator decides what the customer asked for.
        case decision
        /// A line that needs no visit is switched on, over, or off.
        case activated
    }
    package static let fixedAlarms: [Alarm] = [.due]

    package static let kind = Kind.supplyOrder
    package let id: ID<SupplyOrder>
    package let created: Date
    package var updated: Date
    package internal(set) var request: SupplyRequest
    package internal(set) var state = State.received
    /// How many updates were sent: the last one's number.
    package internal(set) var updates: Int64 = 0
    /// How many jobs were dispatched for it.
    package internal(set) var jobs: Int64 = 0
    /// The job that is under way.
    package internal(set) var openJob: ID<InstallationJob>?
    /// What kind of visit the last job is.
    package internal(set) var openJobType: JobPack.JobType?
    /// What the customer asked for, and the operator has not decided yet.
    package internal(set) var change: SupplyChange?
    /// Of a line that changes hands: the taking order's cease, and the cease's taking order.
    package internal(set) var linkedOrder: ID<SupplyOrder>?
    /// The last appointment that was agreed for it, where it isn't the one that came with the order.
    package internal(set) var latestVisit: SupplyRequest.AgreedVisit?

    package init(id: ID<SupplyOrder>, request: SupplyRequest, at now: Date) {
        self.id = id
        self.request = request
        created = now
        updated = now
    }

    package var owner: Owner { .customer(request.customer) }
    package var conversation: ConversationID { request.conversation }
    package var stateName: String { state.name }

    /// The order's number as customers and partners know it.
    package var reference: String {
        let digits = String(id.number)
        return "SO" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }
    /// The order behind such a number; `nil` for what is none.
    package static func id(reference: String) -> ID<SupplyOrder>? {
        guard reference.hasPrefix("SO"), reference.utf8.count >= 9 else { return nil }
        return ID(text: reference.dropFirst(2).drop { $0 == "0" })
    }

    /// The service that it is about; one that it makes is outside the samples (decision 12).
    package var serviceID: ServiceID { request.service ?? ServiceID("S\(2_000_000 + id.number)") }

    /// The appointment that counts: the last that was agreed.
    package var visit: SupplyRequest.AgreedVisit? { latestVisit ?? request.visit }
    /// Why an order is held that no partner has a job of.
    static let noInstaller = ProblemCode.supplierIssue

    package static let serviceLookup = "serviceID"
    package static let ceaseLookup = "cease"
    package static let customerReferenceLookup = "customerReference"

    package static func referenceKey(_ reference: String, of customer: CustomerID) -> String {
        KeyParts.joined(customer.rawValue, reference)
    }

    package var lookups: [Lookup] {
        let reference = Lookup(
            Self.customerReferenceLookup,
            Self.referenceKey(request.customerReference, of: request.customer),
            isUnique: true
        )
        return switch request.orderType.work {
        case .provide, .ethernet: [Lookup(Self.serviceLookup, serviceID.rawValue, isUnique: true), reference]
        case .modify: [reference]
        // One cease of a service at a time, and one for ever: until it is withdrawn, the service is spoken for.
        case .cease:
            isGivenUp ? [reference] : [Lookup(Self.ceaseLookup, serviceID.rawValue, isUnique: true), reference]
        }
    }

    package var dates: Commitment? {
        switch state {
        case .received, .acknowledged, .cancelled, .failed: nil
        case .committed(let dates), .inProgress(let dates, _), .held(let dates, _), .completed(let dates, _),
            .partial(let dates, _):
            dates
        case .awaitingInformation(let dates, _): dates
        }
    }

    /// Whether what was ordered is there, wholly or in part: a line it made can be tested, and faults raised on it.
    package var isDone: Bool {
        switch state {
        case .completed, .partial: true
        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .cancelled, .failed: false
        }
    }

    /// Whether nothing will come of it.
    package var isGivenUp: Bool {
        switch state {
        case .cancelled, .failed: true
        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial: false
        }
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .jobEvent(let job, let event, let at): note(event, of: job, at: at)
        case .jobClosed(let job, let closure, let at): close(with: closure, job: job, at: at)
        case .linkedOrderEnded: try letGo(at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .commit: commit(at: now)
        case .due: activate(at: now)
        case .decision: decide(at: now)
        case .activated: finishActivation(at: now)
        }
    }

    /// Tells the customer, with the sequence's next number.
    mutating func inform(
        _ reason: SupplyUpdate.Reason,
        problem: ProblemCode? = nil,
        _ text: String? = nil,
        codes: [String] = [],
        answering change: SupplyChange? = nil,
        at time: Date
    ) -> Effect {
        updates += 1
        let update = SupplyUpdate(
            sequence: updates,
            reason: reason,
            issuedOn: time,
            problemCode: problem,
            text: text,
            supplierCodes: codes,
            answering: change
        )
        return .send(.supplyUpdate(update), to: .customer(id: request.customer))
    }
}

extension SupplyOrder.State {
    /// The state in a column, a log and `docs/state-machines/supply.md`.
    package var name: String {
        switch self {
        case .received: "received"
        case .acknowledged: "acknowledged"
        case .committed: "committed"
        case .inProgress: "in-progress"
        case .held: "held"
        case .awaitingInformation: "awaiting-information"
        case .completed: "completed"
        case .partial: "partial"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }
}
