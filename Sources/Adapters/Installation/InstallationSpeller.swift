import Domain
import Engine
import FoundationEssentials

extension Installation {
    /// Spells what goes to a partner; `nil` for what isn't this contract's (decision 1).
    package static func spell(
        _ message: Message,
        to recipient: Recipient,
        from sender: any Aggregate,
        with data: InstallationData,
        bucket: String? = nil,
        _ context: SpellingContext
    ) -> Spelling? {
        guard case .partner = recipient, let job = sender as? InstallationJob else { return nil }
        switch message {
        case .jobCreated:
            return .json(CreateJob.spell(job, bucket: bucket ?? PartnerTerms.sharedBucket, sent: context.now))
        case .jobCancelled(let reason, _):
            return .json(CancelJob.spell(job, reason: reason, sent: context.now))
        case .provisioningResult(let result):
            return .json(ProvisioningNotice.spell(job, result, saying: data.provisioning, sent: context.now))
        case .kci, .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested,
            .problemRaised,
            .resolutionAnswered, .problemAmended,
            .problemCancelled, .appointmentRequested, .reservationReleased,
            .supplyUpdate, .faultNotification, .deskNews, .jobReport, .filesReported, .telling:
            return nil
        }
    }
}
