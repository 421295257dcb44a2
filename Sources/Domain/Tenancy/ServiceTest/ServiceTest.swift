import FoundationEssentials

/// A test of a live line that a tenant asks for before it raises a problem (§3.5, G-100…G-104).
///
///     receivedByGateway ──▶ sentToSupplier ──▶ inProgress ──▶ completed(result) | failed
///         ├─▶ failedToSend      └─▶ rejected
///         └─▶ rejected
package struct ServiceTest: SupplierListener {
    package enum State: Codable, Equatable, Sendable {
        case receivedByGateway
        case sentToSupplier
        /// A new test is needed: this one is not tried again (§3.5).
        case failedToSend(reason: String)
        case rejected(at: Date)
        case inProgress
        case failed(at: Date)
        case completed(result: TestResult, at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// 201; with the result, if the supplier tests while we wait.
        case supplierAcknowledged(reference: String?, result: TestResult?)
        case supplierAccepted
        case supplierRejected(problems: [String])
        case supplierUpdated(SupplierNews)
        case sendingFailed(reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// What is missing before an early update is given up (G-079).
        case release
    }

    package static let kind = Kind.serviceTest
    static let releaseAlarm = Alarm.release
    package let id: ID<ServiceTest>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let request: TestRequest
    package internal(set) var state = State.receivedByGateway
    package internal(set) var supplierReference: String?
    package internal(set) var log = KCILog()
    package internal(set) var heard = HeardUpdates()
    /// Updates of the supplier's that wait for others before them.
    package internal(set) var early: EarlyUpdates?

    package var owner: Owner { .tenant(tenant) }
    package var stateName: String { status.rawValue }

    package static let namesGivenOnce: Set<String> = ["supplierReference"]

    package var lookups: [Lookup] {
        let reference =
            supplierReference.map { [Lookup("supplierReference", KeyParts.joined(request.supplier.rawValue, $0))] }
            ?? []
        return reference + [Self.lookup(service: request.serviceID, of: tenant)]
    }

    /// A tenant's tests of one line.
    package static func lookup(service: ServiceID, of tenant: TenantID) -> Lookup {
        Lookup("service", KeyParts.joined(tenant.rawValue, service.rawValue))
    }

    package func showsMore(than before: ServiceTest) -> Bool {
        log.sequence != before.log.sequence || supplierReference != before.supplierReference
    }

    /// A reference that comes late is told too: updates alone must show a tenant what a GET does.
    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects = try heed(input, at: now)
        return effects + tellOfDetails(unlike: before, at: now)
    }

    private mutating func tellOfDetails(unlike before: ServiceTest, at now: Date) -> [Effect] {
        guard log.sequence == before.log.sequence, showsMore(than: before) else { return [] }
        return [inform(isTerminal ? .additional : .update, KCIDetails(text: KCIDetails.filledIn), at: now)]
    }

    private mutating func heed(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .supplierAcknowledged(let reference, let result):
            return acknowledge(reference: reference, result: result, at: now)
        case .supplierAccepted: return catchUpToSent(at: now)
        case .supplierRejected(let problems): return try reject(because: problems, at: now)
        case .supplierUpdated(let news): return try take(news, at: now)
        case .sendingFailed(let reason): return failToSend(because: reason, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects =
            switch alarm {
            case .release: release(at: now)
            }
        return effects + tellOfDetails(unlike: before, at: now)
    }
}

/// What is to be tested, and what the tenant knows of it (G-100).
package struct TestRequest: Codable, Equatable, Sendable {
    package let supplier: SupplierID
    package let serviceID: ServiceID
    package let problemType: ProblemType
    package let specification: ServiceSpecification
    package let characteristics: [Characteristic]

    package init(
        supplier: SupplierID,
        serviceID: ServiceID,
        problemType: ProblemType,
        specification: ServiceSpecification,
        characteristics: [Characteristic]
    ) {
        self.supplier = supplier
        self.serviceID = serviceID
        self.problemType = problemType
        self.specification = specification
        self.characteristics = characteristics
    }
}
