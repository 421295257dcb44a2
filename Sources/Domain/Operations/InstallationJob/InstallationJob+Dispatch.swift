import FoundationEssentials

extension InstallationJob {
    package static func found(
        _ id: ID<InstallationJob>,
        on input: Input,
        at now: Date
    ) throws(Rejection) -> (InstallationJob, [Effect])? {
        switch input {
        case .dispatched(let pack):
            let job = InstallationJob(id: id, pack: pack, at: now)
            return (job, [job.wantsPartner])
        case .placed, .withdrawn, .partnerAnswered, .partnerDeclined, .sendingFailed, .cancellationAcknowledged,
            .cancellationRefused, .cancellationUnanswered, .filesLookedFor:
            return nil
        }
    }

    /// The order's news again: the job is there already.
    func dispatch(_ pack: JobPack) throws(Rejection) -> [Effect] {
        guard pack == self.pack else {
            throw Rejection(.alreadyExists, "Job \(reference) was dispatched with another pack.")
        }
        return []
    }
}
