import FoundationEssentials

/// The operator's side of a service test: a line is measured, and the customer told what was found (§3.5, G-103).
///
///     inProgress ─measured─▶ completed
///         └──────abandoned─▶ failed
package struct LineTest: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case inProgress
        case completed(result: TestResult)
        case failed(reason: String)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// The line could not be measured at all.
        case abandoned(reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case measured }

    package static let kind = Kind.lineTest
    package let id: ID<LineTest>
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let customer: CustomerID
    /// The customer's own tenant; header `Tenant`.
    package let tenant: String
    /// The customer's number for the test.
    package let customerReference: String
    package let serviceID: ServiceID
    package let problemType: ProblemType
    package let specification: ServiceSpecification
    package let characteristics: [Characteristic]
    package let pace: Pace
    package internal(set) var state = State.inProgress
    /// How many updates were sent: the last one's number.
    package internal(set) var updates: Int64 = 0

    package init(
        id: ID<LineTest>,
        customer: CustomerID,
        tenant: String,
        customerReference: String,
        conversation: ConversationID,
        serviceID: ServiceID,
        problemType: ProblemType,
        specification: ServiceSpecification,
        characteristics: [Characteristic],
        pace: Pace,
        at now: Date
    ) {
        self.id = id
        self.customer = customer
        self.tenant = tenant
        self.customerReference = customerReference
        self.conversation = conversation
        created = now
        updated = now
        self.serviceID = serviceID
        self.problemType = problemType
        self.specification = specification
        self.characteristics = characteristics
        self.pace = pace
    }

    package var owner: Owner { .customer(customer) }
    package var stateName: String { state.name }
    package var reference: String { "LT\(id)" }
    package static let customerReferenceLookup = "customerReference"

    package var lookups: [Lookup] {
        [Lookup(Self.customerReferenceLookup, Self.referenceKey(customerReference, of: customer), isUnique: true)]
    }

    package static func referenceKey(_ reference: String, of customer: CustomerID) -> String {
        KeyParts.joined(customer.rawValue, reference)
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .abandoned(let reason): abandon(because: reason, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .measured: complete(at: now)
        }
    }
}

extension LineTest.State {
    package var name: String {
        switch self {
        case .inProgress: "in-progress"
        case .completed: "completed"
        case .failed: "failed"
        }
    }
}
