import FoundationEssentials

extension FaultReport {
    /// The buyer asks to hear it all again: the whole ticket follows once, its status as it is (T-035, G-141).
    package func requestUpdate() -> [Effect] { [notify(.amended)] }
}
