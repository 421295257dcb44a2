import FoundationEssentials

/// What a tenant is shown of a problem, and that it is told of each change of it.
extension ServiceProblem {
    package func showsMore(than before: ServiceProblem) -> Bool {
        log.sequence != before.log.sequence || showsOther(than: before)
    }

    /// The tenant's own answer to a resolution shows too, and is told by the answer to its request alone (G-116).
    private func showsOther(than before: ServiceProblem) -> Bool {
        status != before.status || maintainerFaultReference != before.maintainerFaultReference
            || report != before.report || resolution != before.resolution
            || refusedResolutions.count != before.refusedResolutions.count
    }

    /// What an input filled in and no update says: updates alone must show a tenant what a GET does.
    mutating func tellOfDetails(unlike before: ServiceProblem, at now: Date) -> [Effect] {
        guard log.sequence == before.log.sequence, showsOther(than: before) else { return [] }
        return [inform(isTerminal ? .additional : .update, KCIDetails(text: KCIDetails.filledIn), at: now)]
    }
}
