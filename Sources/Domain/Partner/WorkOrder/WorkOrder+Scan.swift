import FoundationEssentials

extension WorkOrder {
    /// The engineer scanned the ONT's label. After a failure another may be scanned; once the line is provisioned only
    /// the same one, which says nothing new.
    package mutating func scan(_ device: ScannedDevice, now: Date) throws(Rejection) -> [Effect] {
        if try goingOn(.provisioning) == .provisioned, let known = self.device, !device.isSame(as: known) {
            throw Rejection(.illegalTransition, "Job \(reference) is provisioned with another device.")
        }
        let effects = try tell(
            .scanned(device: device),
            as: .scanned,
            reaching: .scanned,
            at: device.scannedAt,
            now: now
        )
        self.device = device
        if state == .open(stage: .provisioningFailed) { state = .open(stage: .scanned) }
        return effects
    }
}
