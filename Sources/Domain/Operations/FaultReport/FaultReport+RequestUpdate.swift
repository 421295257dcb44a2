import FoundationEssentials

extension FaultReport {
    /// The buyer asks to hear it all again: the whole ticket follows once, its status as it is (T-035, G-141).
    package mutating func requestUpdate(at now: Date) -> [Effect] { [notify(.amended, at: now)] }
}
