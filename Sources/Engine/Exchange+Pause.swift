import FoundationEssentials
import Storage

extension Exchange {
    /// How long nobody looks at lanes and timers at most, on a real clock: the store may be changed by another node,
    /// whose ring isn't heard here.
    static let looksAgain: Duration = .seconds(1)

    /// Waits until there may be work: a ring, or on a real clock the next due time.
    func pause(on bell: Bell) async {
        guard !time.isVirtual else { return await bell.wait() }
        let due = try? await store.read { try $0.nextDue() }
        let limit = Self.looksAgain.seconds
        let wait = min(limit, max(0.002, due?.timeIntervalSince(time.now()) ?? limit))
        await bell.wait(atMost: .milliseconds(Int(wait * 1_000)))
    }
}
