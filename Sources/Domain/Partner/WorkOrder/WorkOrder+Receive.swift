import FoundationEssentials

extension WorkOrder {
    /// What the book says to a job pack.
    package enum Admission: Equatable, Sendable {
        case accepted
        /// Somebody will look at it.
        case pending
        case declined(reason: String)
    }

    /// `createJob`: a new job in the book. Nothing is told: the answer to the operator says it all.
    package init(
        id: ID<WorkOrder>,
        from dispatcher: DispatcherID,
        reference: String,
        providerJobId: String,
        pack: ReceivedPack,
        admission: Admission,
        at now: Date
    ) {
        self.id = id
        self.dispatcher = dispatcher
        self.reference = reference
        self.providerJobId = providerJobId
        self.pack = pack
        created = now
        updated = now
        switch admission {
        case .accepted: state = .open(stage: .accepted)
        case .pending: state = .open(stage: .received)
        case .declined(let reason): state = .declined(reason: reason)
        }
        remember(.received, at: now, recorded: now)
        switch admission {
        case .accepted: remember(.accepted, at: now, recorded: now)
        case .pending: break
        case .declined: remember(.declined, at: now, recorded: now)
        }
    }

    /// The same pack under another number: the operator has lost our answer. Another pack is another job, and refused.
    package func receiveAgain(_ pack: ReceivedPack) throws(Rejection) -> [Effect] {
        if case .cancelled = state {
            throw Rejection(.illegalTransition, "Job \(reference) is cancelled.")
        }
        guard pack == self.pack else {
            throw Rejection(.alreadyExists, "Job \(reference) is in the book with another pack.")
        }
        return []
    }
}
