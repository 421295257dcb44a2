import FoundationEssentials

extension InstallationJob {
    /// `ONT_SCANNED`: which device it is. Provisioning begins, or the device is refused at once (§3.8).
    ///
    /// - Parameter isDuplicate: one of its numbers is on another open installation; the caller has looked, in this
    ///   commit.
    /// - Parameter fsan: what this partner's FSANs look like (G-124).
    package mutating func scan(
        _ device: ScannedDevice,
        isDuplicate: Bool,
        fsan: FSANPattern = .published,
        by report: PartnerReport,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        let begins = try begins(with: device, at: report.eventTime)
        let effects = try advance(to: .onSite, as: .scanned, by: report, at: now)
        guard begins else { return effects }
        lastScan = device
        move(to: .ontScanned)
        let step = provisioning.begin(
            with: device,
            expected: pack.expectedDevice,
            isWellFormed: device.isWellFormed(fsan),
            isDuplicate: isDuplicate,
            pace: pack.pace,
            at: now
        )
        return effects + [tellOrder(.scanned, at: report.eventTime)] + follow(step, at: now)
    }

    /// Whether this scan starts provisioning: it doesn't if it is older than the last one, or the same device again.
    private func begins(with device: ScannedDevice, at time: Date) throws(Rejection) -> Bool {
        if history.contains(where: { $0.happening == .scanned && $0.at > time }) { return false }
        switch provisioning.state {
        case .idle, .failed:
            return true
        case .pushing(let known, _), .waiting(let known, _), .lightCheck(let known), .successful(let known):
            guard device.isSame(as: known) else {
                throw Rejection(
                    .illegalTransition,
                    "Job \(reference) is provisioning or has provisioned another device; it cannot change now."
                )
            }
            return false
        }
    }
}
