import FoundationEssentials
import Storage

extension Exchange {
    /// Waits until there may be work: a ring, or on a real clock the next due time.
    func pause(on bell: Bell) async {
        guard !time.isVirtual else { return await bell.wait() }
        let due = try? await store.read { try $0.nextDue() }
        // A second at most: the store may be changed by another node, whose ring isn't heard here.
        let wait = min(1, max(0.002, due?.timeIntervalSince(time.now()) ?? 1))
        await bell.wait(atMost: .milliseconds(Int(wait * 1_000)))
    }
}
