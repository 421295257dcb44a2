import FoundationEssentials

/// How a scanned ONT becomes a live line (§3.8): a value inside its job, moved by the scan and by three alarms.
///
///     idle ─scan─▶ validating ─▶ pushing ──1──▶ lightCheck ──2──▶ successful
///      ▲             │6 7 5        ▲   │4 (three tries at most)
///      └─────────────┘             └─waiting
///                                  pushing ──3──▶ failed ─scan─▶ validating
///
/// Validating takes no time, so it is no state: a scan goes straight on, or back to idle.
package struct Provisioning: Codable, Equatable, Sendable {
    package enum State: Codable, Equatable, Sendable {
        /// Nothing scanned yet, or the last scan was refused with 5, 6 or 7.
        case idle
        /// With the head-end; `attempt` counts from 1.
        case pushing(device: ScannedDevice, attempt: Int)
        /// Result 4 was told; the next try comes by itself.
        case waiting(device: ScannedDevice, attempt: Int)
        /// Result 1 was told; is there light?
        case lightCheck(device: ScannedDevice)
        /// Result 2.
        case successful(device: ScannedDevice)
        /// Result 3: the order desk must help, or another device be scanned.
        case failed(device: ScannedDevice)
    }

    /// What a step came to: a result to tell, and the alarm to wait for.
    struct Step: Equatable {
        var result: ProvisioningResult?
        var next: Wait?
    }

    /// Which wait begins, and when it ends.
    enum Wait: Equatable {
        case push(until: Date)
        case lightCheck(until: Date)
        case retry(until: Date)
    }

    /// Transient failures are told with 4; the third is final (§3.8).
    static let attemptsMax = 3

    package internal(set) var state = State.idle
    package internal(set) var results: [ProvisioningResult] = []

    package init() {}

    /// The device that holds its numbers on this job, so that no other open job may use them.
    package var device: ScannedDevice? {
        switch state {
        case .idle: nil
        case .pushing(let device, _), .waiting(let device, _): device
        case .lightCheck(let device), .successful(let device), .failed(let device): device
        }
    }

    /// The line gave light: result 2 was told.
    package var isSuccessful: Bool {
        switch state {
        case .successful: true
        case .idle, .pushing, .waiting, .lightCheck, .failed: false
        }
    }

    /// A device was scanned: refused at once, or pushed to the head-end.
    mutating func begin(
        with device: ScannedDevice,
        expected: ExpectedDevice,
        isWellFormed: Bool,
        isDuplicate: Bool,
        pace: Pace,
        at now: Date
    ) -> Step {
        let refusal: ProvisioningResult.Outcome? =
            if !isWellFormed {
                .incorrectFormat
            } else if isDuplicate {
                .duplicateDevice
            } else if device.vendor != expected.vendor {
                .incorrectDeviceType
            } else {
                nil
            }
        if let refusal {
            state = .idle
            return Step(result: tell(refusal, at: now))
        }
        state = .pushing(device: device, attempt: 1)
        return Step(next: .push(until: now + pace.provisioning))
    }

    /// The head-end has answered.
    mutating func pushed(answering answers: [HeadEndAnswer], pace: Pace, at now: Date) -> Step {
        switch state {
        case .pushing(let device, let attempt):
            let answer = attempt <= answers.count ? answers[attempt - 1] : .works
            switch answer {
            case .works:
                state = .lightCheck(device: device)
                return Step(result: tell(.provisioned, at: now), next: .lightCheck(until: now + pace.lightCheck))
            case .failsForNow where attempt < Self.attemptsMax:
                let again = now + pace.provisioningRetry
                state = .waiting(device: device, attempt: attempt)
                return Step(result: tell(.retrying, at: now, retryAt: again), next: .retry(until: again))
            case .failsForNow, .fails:
                state = .failed(device: device)
                return Step(result: tell(.failed, at: now))
            }
        case .idle, .waiting, .lightCheck, .successful, .failed:
            return Step()
        }
    }

    /// The five minutes are over.
    mutating func retry(pace: Pace, at now: Date) -> Step {
        switch state {
        case .waiting(let device, let attempt):
            state = .pushing(device: device, attempt: attempt + 1)
            return Step(next: .push(until: now + pace.provisioning))
        case .idle, .pushing, .lightCheck, .successful, .failed:
            return Step()
        }
    }

    /// The light was read.
    mutating func lightChecked(at now: Date) -> Step {
        switch state {
        case .lightCheck(let device):
            state = .successful(device: device)
            return Step(result: tell(.installSuccessful, at: now))
        case .idle, .pushing, .waiting, .successful, .failed:
            return Step()
        }
    }

    private mutating func tell(
        _ outcome: ProvisioningResult.Outcome,
        at now: Date,
        retryAt: Date? = nil
    ) -> ProvisioningResult {
        let result = ProvisioningResult(outcome: outcome, at: now, retryAt: retryAt)
        results.append(result)
        return result
    }
}
