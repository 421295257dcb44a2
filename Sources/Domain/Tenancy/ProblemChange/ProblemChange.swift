import FoundationEssentials

/// A tenant's request to amend a problem or to give it up, as the tenant follows it (G-114, G-115, §3.2).
///
///     receivedByGateway ──▶ pending ──▶ completed | rejected
///         ├──▶ completed | rejected
///         └──▶ failedToSend
///
/// The problem itself talks to its supplier, and says here what came of it.
package struct ProblemChange: Aggregate {
    package enum Wish: Codable, Equatable, Sendable {
        case amendment(wanted: ProblemAmendment)
        case cancellation(wanted: ProblemCancellation)
    }

    package enum State: Codable, Equatable, Sendable {
        case receivedByGateway
        case pending
        case failedToSend(reason: String)
        case rejected(reason: String, at: Date)
        case completed(at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// 202: the supplier has it, and will say.
        case taken
        case made
        case refused(reason: String)
        case unsent(reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case none }

    package static let kind = Kind.problemChange
    package let id: ID<ProblemChange>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let problem: ID<ServiceProblem>
    package let supplier: SupplierID
    package let wish: Wish
    package internal(set) var state = State.receivedByGateway

    /// - Parameter problem: as it is once it has agreed to be asked.
    package init(
        id: ID<ProblemChange>,
        of problem: ServiceProblem,
        _ wish: Wish,
        in conversation: ConversationID,
        at now: Date
    ) {
        self.id = id
        tenant = problem.tenant
        self.conversation = conversation
        created = now
        updated = now
        self.problem = problem.id
        supplier = problem.report.supplier
        self.wish = wish
        // Cancelled before it left the house: the supplier never heard of the problem, nor will it of this (decision 10).
        if problem.status == .cancelled, problem.openChange?.id != id { state = .completed(at: now) }
    }

    package var owner: Owner { .tenant(tenant) }
    package var root: EntityRef { EntityRef(kind: .serviceProblem, number: problem.number) }
    package var stateName: String { status.rawValue }

    package var status: RequestStatus {
        switch state {
        case .receivedByGateway: .receivedByGateway
        case .pending: .pending
        case .failedToSend: .failedToSend
        case .rejected: .rejected
        case .completed: .completed
        }
    }

    /// Each decision is told once and is final; what comes after it is an echo.
    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .pending:
            switch input {
            case .taken: state = .pending
            case .made: state = .completed(at: now)
            case .refused(let reason): state = .rejected(reason: reason, at: now)
            case .unsent(let reason): state = .failedToSend(reason: reason)
            }
            return []
        case .failedToSend, .rejected, .completed:
            return []
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

/// Why a tenant gives a problem up (G-115).
package struct ProblemCancellation: Codable, Equatable, Sendable {
    package enum Reason: String, Codable, CaseIterable, Sendable {
        case issueResolved = "ISSUE_RESOLVED"
        case customerNetworkIssue = "CUSTOMER_NETWORK_ISSUE"
        case noLongerRequired = "NO_LONGER_REQUIRED"
        case other = "OTHER"
    }

    package let reason: Reason
    package let text: String?

    package init(reason: Reason, text: String? = nil) {
        self.reason = reason
        self.text = text
    }
}
