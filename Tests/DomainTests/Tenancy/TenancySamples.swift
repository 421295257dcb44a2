import Foundation

@testable import Domain

/// Entities of an invented tenant, in any state.
extension Date {
    /// A Monday in March, 09:00 in London.
    static let placed = Date(timeIntervalSince1970: 1_772_442_000)
}

extension OrderRequest {
    static func sample(
        type: ProvideType = .new,
        completion: CivilDate? = nil,
        characteristics: [Characteristic] = []
    ) -> OrderRequest {
        .provide(
            ProvideRequest(
                type: type,
                supplier: "DUMMY_SUPPLIER",
                address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
                specification: ServiceSpecification(id: "ftthl2r"),
                characteristics: characteristics,
                primaryContact: Contact(name: "Ada Example", phoneNumber: "+44 20 7946 0001"),
                requestedCompletionDate: completion
            )
        )
    }

    static func modification(_ characteristics: [Characteristic]) -> OrderRequest {
        .modify(ModifyRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", characteristics: characteristics))
    }

    static func cessation(on date: CivilDate) -> OrderRequest {
        .cease(CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", requestedCompletionDate: date))
    }
}

extension ServiceOrder {
    static func sample(_ state: State = .receivedByGateway) throws -> ServiceOrder {
        var (order, _) = try place(ID(1), .sample(), visit: nil, for: "TENANT1", in: "c-1", at: .placed)
        order.state = state
        switch state {
        case .pendingAmendment: order.openRequest = .amendment
        case .pendingCancellation: order.openRequest = .cancellation
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .acknowledged, .inProgress, .held, .pending,
            .cancelled, .failed, .partial, .completed:
            break
        }
        return order
    }
}

extension ServiceOrder.OpenRequest {
    static let amendment = ServiceOrder.OpenRequest(
        id: ID(71),
        content: .amendment(changes: OrderChanges(site: SiteNotes(notes: "Ring twice")), visit: nil)
    )
    static let cancellation = ServiceOrder.OpenRequest(id: ID(72), content: .cancellation)
}

extension ChangeRequest {
    static func sample(_ state: State = .receivedByGateway) throws -> ChangeRequest {
        var order = try ServiceOrder.sample(.inProgress)
        _ = try order.amend(ID(71), OrderChanges(site: SiteNotes(notes: "Ring twice")), visit: nil, at: .placed)
        let content = Content.amendment(changes: OrderChanges(site: SiteNotes(notes: "Ring twice")), visit: nil)
        var (request, _) = ask(ID(71), about: order, content, in: "c-1", at: .placed)
        request.state = state
        return request
    }
}

extension SupplierNews {
    /// An update with everything that any reason needs.
    static func sample(
        _ reason: SupplyUpdate.Reason,
        _ sequence: Int64? = nil,
        target: CivilDate? = nil,
        ending: Ending? = nil
    ) -> SupplierNews {
        SupplierNews(
            message: MessageID("\(reason.rawValue)-\(sequence ?? 0)-\(target?.description ?? "")"),
            sequence: sequence,
            reason: reason,
            issuedOn: .placed,
            receivedOn: .placed + 1,
            problemCode: "NETWORK_ISSUE",
            committedDate: CivilDate("2026-03-09"),
            targetDate: target,
            ending: ending,
            serviceID: "S2000001",
            result: .sample
        )
    }
}

extension TestResult {
    static let sample = TestResult(
        outcome: .red,
        code: "NO_LIGHT",
        text: "The ONT is down.",
        raiseProblem: true,
        validUntil: nil
    )
}

extension TestRequest {
    static func sample(_ type: ProblemType = .outage, _ characteristics: [Characteristic]? = nil) -> TestRequest {
        TestRequest(
            supplier: "DUMMY_SUPPLIER",
            serviceID: "S1000001",
            problemType: type,
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: characteristics ?? [Characteristic(name: "SERVICE_HAS_WORKED", value: "false")]
        )
    }
}

extension ServiceTest {
    static func sample(_ state: State = .receivedByGateway) throws -> ServiceTest {
        var (test, _) = try request(ID(2), .sample(), for: "TENANT1", in: "c-1", at: .placed)
        test.state = state
        return test
    }
}

extension ProblemReport {
    static func sample(
        _ type: ProblemType = .cpe,
        externalIdentifier: String? = nil,
        reservation: ID<Reservation>? = nil
    ) -> ProblemReport {
        ProblemReport(
            supplier: "DUMMY_SUPPLIER",
            externalIdentifier: externalIdentifier,
            problemType: type,
            problemText: "No light since this morning",
            serviceID: "S1000001",
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: [Characteristic(name: "SERVICE_HAS_WORKED", value: "false")],
            primaryContact: Contact(name: "Ada Example", phoneNumber: "+44 20 7946 0001"),
            reservation: reservation
        )
    }
}

extension ServiceProblem {
    /// With the request of the tenant's that its state stands for, numbered 9.
    static func sample(_ state: State = .receivedByGateway) throws -> ServiceProblem {
        var problem = try sample(state, confirmsResolutions: true)
        switch state {
        case .pendingAmendment:
            problem.openChange = OpenChange(id: ID(9), wish: .amendment(wanted: .sample), visit: nil)
        case .pendingCancellation:
            problem.openChange = OpenChange(id: ID(9), wish: .cancellation(wanted: .sample), visit: nil)
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .resolved, .cancelled, .completed:
            break
        }
        return problem
    }

    static func sample(_ state: State, confirmsResolutions: Bool) throws -> ServiceProblem {
        let around = Circumstances(
            buyerIdentifier: "BUYER1",
            isReferenceFree: true,
            confirmsResolutions: confirmsResolutions
        )
        var (problem, _) = try raise(ID(3), .sample(), around, for: "TENANT1", in: "c-1", at: .placed)
        problem.state = state
        return problem
    }

    /// Puts a request to it, unless one of its kind is open.
    mutating func asking(_ wish: ProblemChange.Wish) throws -> ID<ProblemChange> {
        switch (wish, openChange?.wish) {
        case (.amendment, .amendment), (.cancellation, .cancellation): return openChange?.id ?? ID(0)
        case (.amendment(let amendment), _): _ = try amend(ID(10), amendment, at: .placed + 5)
        case (.cancellation(let cancellation), _): _ = try askToCancel(ID(11), cancellation, at: .placed + 5)
        }
        return openChange?.id ?? ID(0)
    }
}

extension ProblemAmendment {
    static let sample = ProblemAmendment(
        problemText: "No light, and the box hums",
        primaryContact: ContactChange(phoneNumber: "+44 20 7946 0009"),
        site: SiteNotes(notes: "After noon")
    )
}

extension ProblemCancellation {
    static let sample = ProblemCancellation(reason: .issueResolved)
}

extension ProblemChange {
    static func sample(_ state: State = .receivedByGateway) throws -> ProblemChange {
        var change = ProblemChange(id: ID(9), of: try .sample(), .amendment(wanted: .sample), in: "c-1", at: .placed)
        change.state = state
        return change
    }
}

extension Resolution {
    static func sample(_ status: Status = .pending) -> Resolution {
        Resolution(
            id: ID(77),
            status: status,
            resolvedDate: .placed,
            dueBy: .placed + 48 * 3_600,
            text: nil,
            supplierCodes: [],
            reference: "R-77"
        )
    }
}

extension TicketNews {
    static func sample(_ status: Status, _ event: Event = .status, reason: String? = nil) -> TicketNews {
        TicketNews(
            message: MessageID("\(status.rawValue) \(event) \(reason ?? "")"),
            event: event,
            status: status,
            sentAt: .placed,
            receivedOn: .placed + 1,
            maintainerFaultReference: "CS0000001",
            statusReason: reason
        )
    }
}

extension Reservation {
    static func sample(_ state: State = .requesting, _ purpose: AppointmentPurpose = .provide) throws -> Reservation {
        let slot = try TimeSlot.sample()
        let request = ReservationRequest(
            supplier: "DUMMY_SUPPLIER",
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            specification: ServiceSpecification(id: "ftthl2r"),
            serviceID: "S1000001",
            purpose: purpose,
            slot: slot
        )
        var (reservation, _) = try Self.request(
            ID(4),
            request,
            for: "TENANT1",
            in: "c-1",
            requestKey: "k",
            at: .placed
        )
        reservation.state = state
        return reservation
    }
}

extension TimeSlot {
    struct NoSlot: Error {}

    static func sample() throws -> TimeSlot {
        guard let slot = TimeSlot(start: .placed + 7 * 86_400, end: .placed + 7 * 86_400 + 18_000) else {
            throw NoSlot()
        }
        return slot
    }
}

extension [Effect] {
    /// What the tenant reads, in order.
    var told: [String] {
        compactMap { effect in
            guard case .send(.kci(let kci), _) = effect else { return nil }
            return kci.headline
        }
    }

    var sequences: [Int64] {
        compactMap { effect in
            guard case .send(.kci(let kci), _) = effect else { return nil }
            return kci.sequence
        }
    }

    /// What became of requests.
    var settled: [String] {
        compactMap { effect in
            guard case .settle(_, let fate) = effect else { return nil }
            return switch fate {
            case .taken: "request PENDING"
            case .completed: "request COMPLETED"
            case .rejected: "request REJECTED"
            case .sendingFailed: "request FAILED_TO_SEND"
            }
        }
    }

    /// What else goes out.
    var sent: [Message] {
        compactMap { effect in
            guard case .send(let message, _) = effect else { return nil }
            if case .kci = message { return nil }
            return message
        }
    }
}

/// A small generator of its own, so that a seed means the same everywhere.
struct TenancyDice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
