import FoundationEssentials

/// What a tenant reports (G-110).
package struct ProblemReport: Codable, Equatable, Sendable {
    package let supplier: SupplierID
    package let externalIdentifier: String?
    package let problemType: ProblemType
    package let problemText: String
    package let serviceID: ServiceID
    package let specification: ServiceSpecification
    package internal(set) var address: PremisesAddress?
    package let test: ID<ServiceTest>?
    package let characteristics: [Characteristic]
    package let primaryContact: Contact
    package let secondaryContact: Contact?
    package let reservation: ID<Reservation>?
    package let parent: ID<ServiceProblem>?
    package let site: SiteNotes

    package init(
        supplier: SupplierID,
        externalIdentifier: String? = nil,
        problemType: ProblemType,
        problemText: String,
        serviceID: ServiceID,
        specification: ServiceSpecification,
        address: PremisesAddress? = nil,
        test: ID<ServiceTest>? = nil,
        characteristics: [Characteristic],
        primaryContact: Contact,
        secondaryContact: Contact? = nil,
        reservation: ID<Reservation>? = nil,
        parent: ID<ServiceProblem>? = nil,
        site: SiteNotes = SiteNotes()
    ) {
        self.supplier = supplier
        self.externalIdentifier = externalIdentifier
        self.problemType = problemType
        self.problemText = problemText
        self.serviceID = serviceID
        self.specification = specification
        self.address = address
        self.test = test
        self.characteristics = characteristics
        self.primaryContact = primaryContact
        self.secondaryContact = secondaryContact
        self.reservation = reservation
        self.parent = parent
        self.site = site
    }

    /// What a fault of this type is to the network: only a total loss of service gets a visit at once (T-012, G-118).
    package enum FaultKind: String, Codable, CaseIterable, Sendable {
        case serviceOutage, performanceIssue, impairedService

        package var needsAppointment: Bool { self == .serviceOutage }

        package init(_ type: ProblemType) {
            self =
                switch type {
                case .outage: .serviceOutage
                case .performance: .performanceIssue
                case .stability, .synchronisation, .customer, .cpe: .impairedService
                }
        }
    }

    package var faultKind: FaultKind { FaultKind(problemType) }

    /// What is wrong with it beyond its spelling; with pointers, all at once.
    package var problems: [Rejection.Problem] { characteristics.historyProblems }

    /// Refused here, before anything is sent, as the supplier would refuse it (T-012, G-118).
    package func requireAppointmentRule() throws(Rejection) {
        if faultKind.needsAppointment && reservation == nil {
            throw Rejection(
                .appointmentRule,
                "\(problemType.rawValue) needs an appointment.",
                problems: [Rejection.Problem("/appointmentReservationId", "is required for \(problemType.rawValue)")]
            )
        }
        if !faultKind.needsAppointment && reservation != nil {
            throw Rejection(
                .appointmentRule,
                "\(problemType.rawValue) takes no appointment.",
                problems: [Rejection.Problem("/appointmentReservationId", "is not allowed for \(problemType.rawValue)")]
            )
        }
    }

    /// The gateway's reference at the supplier: the tenant's own if it fits and is free, else the problem's number.
    ///
    /// A tenant's that looks like one of ours is not taken: it could be another problem's.
    package func faultReference(of id: ID<ServiceProblem>, isFree: Bool) -> String {
        guard isFree, let own = usableReference else { return "SP-\(id)" }
        return own
    }

    /// The tenant's identifier, where it may serve as the supplier's reference (G-118).
    package var usableReference: String? {
        guard let own = externalIdentifier, !own.isEmpty, own.unicodeScalars.count <= 36, !own.hasPrefix("SP-") else {
            return nil
        }
        return own
    }
}
