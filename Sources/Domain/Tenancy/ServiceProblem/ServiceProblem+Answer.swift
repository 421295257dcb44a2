import FoundationEssentials

extension ServiceProblem {
    /// The tenant accepts or rejects a resolution (G-116). The supplier closes or re-opens its ticket, and says so.
    package mutating func answer(
        _ id: ID<Resolution>,
        accepted: Bool,
        notes: String?,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard accepted || !(notes ?? "").isEmpty else {
            throw Rejection(
                .invalid,
                "A rejection needs a reason.",
                problems: [Rejection.Problem("/tenantNotes", "is required with REJECTED")]
            )
        }
        switch state {
        case .resolved(var resolution):
            guard resolution.id == id, resolution.status == .pending else { throw alreadyAnswered(id) }
            guard confirmsResolutions ?? true else {
                guard accepted else { throw Rejection(.notOffered, "The supplier takes no rejection of a resolution.") }
                resolution.tenantNotes = notes
                state = .resolved(resolution: resolution)
                close(lateRepair: nil, at: now)
                let told = inform(.completed, KCIDetails(resolution: id), at: now)
                return [.disarm(timer(.closes)), told] + settleAtEnd(at: now)
            }
            resolution.status = accepted ? .accepted : .rejected
            resolution.tenantNotes = notes
            state = .resolved(resolution: resolution)
            let message = Message.resolutionAnswered(
                accepted: accepted,
                reason: notes,
                reference: resolution.reference
            )
            return [.send(message, to: .supplier(id: report.supplier))]

        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .pendingAmendment,
            .pendingCancellation, .cancelled, .completed:
            throw alreadyAnswered(id)
        }
    }

    /// The supplier didn't take the answer. While the problem is still resolved the tenant may answer again.
    mutating func answerFailed(because reason: String, at now: Date) -> [Effect] {
        switch state {
        case .resolved(var resolution):
            resolution.status = .pending
            state = .resolved(resolution: resolution)
            let about = KCIDetails(resolution: resolution.id)
            return [tell(.error(code: "SUPPLIER_FAULT", messages: [reason], about: about), at: now)]
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .pendingAmendment,
            .pendingCancellation, .cancelled, .completed:
            return []
        }
    }

    /// Any resolution of this problem by its number.
    package func resolution(_ id: ID<Resolution>) -> Resolution? {
        if let current = resolution, current.id == id { return current }
        return refusedResolutions.first { $0.id == id }
    }

    private func alreadyAnswered(_ id: ID<Resolution>) -> Rejection {
        Rejection(
            .illegalTransition,
            "Resolution \(id) is no longer open.",
            problems: [Rejection.Problem("/status", "the resolution is no longer open")]
        )
    }
}
