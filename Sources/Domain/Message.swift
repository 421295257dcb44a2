/// Everything that leaves the house, in the words of the domain. An adapter spells each for its wire, inside the commit,
/// from the message and the aggregate as it is after the change.
package enum Message: Codable, Equatable, Sendable {
    // The gateway to a tenant.
    case kci(KCI)

    // The gateway to a supplier.
    case orderPlaced
    case ethernetOrderPlaced
    case amendmentRequested(order: ID<ServiceOrder>)
    case cancellationRequested(order: ID<ServiceOrder>)
    case testRequested
    case problemRaised
    /// `reference`: the supplier's own name of the resolution, where its contract has one.
    case resolutionAnswered(accepted: Bool, reason: String?, reference: String? = nil)
    case problemAmended(change: ID<ProblemChange>)
    case problemCancelled(change: ID<ProblemChange>)
    case quoteRequested(of: SupplierID)
    case reservationReleased
    /// Once more, under the identity of the first time (decision 3).
    case appointmentRequested(as: MessageID, purpose: AppointmentPurpose)

    // The operator to a gateway: its Supplier Updates API (G-092).
    case supplyUpdate(SupplyUpdate)

    // The operator to a buyer (T-090…T-101).
    case faultNotification(FaultNotification)

    // The operator to its own desk.
    case deskNews(DeskNews)

    // The operator to an installation partner (G-128…G-130).
    /// `placing`: which placing of the job it is about, so that a late answer is not taken for one to the next.
    case jobCreated(placing: Int? = nil)
    case jobCancelled(reason: JobCancellation, placing: Int? = nil)
    case provisioningResult(ProvisioningResult)

    // An installation partner to an operator (G-121…G-127).
    case jobReport(JobReport)

    // The operator to its object store: are these there?
    case filesReported(paths: [String])

    // From one aggregate to another.
    case telling(Telling)

    /// The operation as logs, metrics and the demo's timeline name it.
    package var operation: String {
        switch self {
        case .kci(let kci): "KCI \(kci.headline)"
        case .orderPlaced: "POST /service-orders"
        case .ethernetOrderPlaced: "POST /ethernet/service-orders"
        case .amendmentRequested: "POST /service-order-amendments"
        case .cancellationRequested: "POST /service-order-cancellations"
        case .testRequested: "POST /service-tests"
        case .problemRaised: "addFaultReport"
        case .resolutionAnswered: "resolveResponse"
        case .problemAmended: "amendFaultReport"
        case .problemCancelled: "amendFaultReport cancelled"
        case .quoteRequested: "POST /quote"
        case .reservationReleased: "DELETE /appointments"
        case .appointmentRequested: "POST /appointments"
        case .supplyUpdate(let update): "KCI \(update.reason.rawValue)"
        case .faultNotification: "notifyFaultReportUpdate"
        case .deskNews(let news): "desk \(news.event)"
        case .jobCreated: "createJob"
        case .jobCancelled: "cancelJob"
        case .provisioningResult(let result): "notifyJob \(result.outcome.rawValue)"
        case .jobReport(let report): report.operation
        case .filesReported: "look for files"
        case .telling(let telling): "tell \(telling.target.kind.rawValue)"
        }
    }
}

extension Message {
    /// What its sender must hear once it is given up: retries exhausted, or no way to the recipient at all.
    ///
    /// `nil` where nobody waits for the answer; the outbox row stays, parked or expired, for a person to find.
    package func givenUp(from entity: EntityRef, because reason: String) -> Telling? {
        switch self {
        case .orderPlaced, .ethernetOrderPlaced:
            .serviceOrder(id: ID(entity.number), input: .sendingFailed(reason: reason))
        case .amendmentRequested(let order), .cancellationRequested(let order):
            .serviceOrder(
                id: order,
                input: .requestAnswered(request: ID(entity.number), answer: .failed(reason: reason))
            )
        case .testRequested: .serviceTest(id: ID(entity.number), input: .sendingFailed(reason: reason))
        case .quoteRequested(let supplier):
            .quote(id: ID(entity.number), input: .sendingFailed(supplier: supplier, reason: reason))
        case .problemRaised: .serviceProblem(id: ID(entity.number), input: .sendingFailed(reason: reason))
        case .resolutionAnswered: .serviceProblem(id: ID(entity.number), input: .answerFailed(reason: reason))
        case .problemAmended(let change), .problemCancelled(let change):
            .serviceProblem(id: ID(entity.number), input: .changeUnsent(change: change, reason: reason))
        case .jobCreated(let placing):
            .installationJob(id: ID(entity.number), input: .sendingFailed(reason: reason, placing: placing))
        case .jobCancelled(_, let placing):
            .installationJob(id: ID(entity.number), input: .cancellationUnanswered(reason: reason, placing: placing))
        case .jobReport(let report):
            .workOrder(id: ID(entity.number), input: .reportGivenUp(sequence: report.sequence, reason: reason))
        // What asks once more has a timer that ends it.
        case .kci, .reservationReleased, .appointmentRequested, .supplyUpdate, .faultNotification, .deskNews,
            .provisioningResult,
            .filesReported, .telling:
            nil
        }
    }
}
