import Domain
import Engine
import Storage

/// A tenant's questions to a supplier, each once it has one of the tenant's connections (``ConnectionShares``).
struct SharedQuestions: SupplierQuestions {
    let base: any SupplierQuestions
    let shares: ConnectionShares
    /// How long a question waits for a connection.
    let patience: Duration

    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] {
        try await asking(question.asker) { try await base.addresses(question) }
    }

    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        try await asking(question.asker) { try await base.availability(question) }
    }

    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] {
        try await asking(question.asker) { try await base.slots(question) }
    }

    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        try await asking(question.asker) { try await base.reserve(question) }
    }

    private func asking<Answer>(_ asker: Asker, _ ask: () async throws -> Answer) async throws -> Answer {
        do {
            return try await shares.with(.question, of: Owner.tenant(asker.tenant).rawValue, within: patience, ask)
        } catch let busy as ConnectionShares.Busy {
            switch busy {
            case .timedOut: throw Unanswered.timedOut
            case .tooManyWait: throw Unanswered.failed(reason: "too many of your questions wait for this supplier")
            }
        }
    }
}

/// Messages to a supplier, each once it has one of its tenant's connections.
struct SharedCourier: Courier {
    let base: any Courier
    let shares: ConnectionShares
    let patience: Duration

    /// Looked at again after this, without an attempt: the tenant's own questions have its connections.
    private static let pause: Duration = .seconds(1)

    func carry(_ parcel: Parcel) async -> Delivered {
        // Written by an earlier version, which did not say.
        guard let owner = parcel.row.content.share else { return await base.carry(parcel) }
        do {
            return try await shares.with(.message, of: owner, within: patience) { await base.carry(parcel) }
        } catch {
            return Delivered(.postponed(for: Self.pause, reason: "all connections to the supplier are in use"))
        }
    }
}
