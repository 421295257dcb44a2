import Testing

@testable import Domain

/// G-077: what each code may explain.
@Suite struct ProblemCodeTests {
    @Test(
        arguments: [
            ("CAPACITY_ISSUE", "cancel"), ("COST_ISSUE", "cancel delay inform"), ("APPOINTMENT_NOT_REQUIRED", "inform"),
            ("INFORMATION_REQUIRED", "delay inform"), ("INVALID_REQUEST", "cancel delay reappoint"),
            ("FAULT_AT_NODE", "cancel delay inform reappoint"), ("FAULT_AT_POP", "cancel delay inform reappoint"),
            ("FAULT_AT_ONT", "cancel delay inform reappoint"), ("NETWORK_ISSUE", "cancel delay inform reappoint"),
            // Nothing is published of it.
            ("WAYLEAVE_ISSUE", "cancel delay inform reappoint"),
        ]
    )
    func `a code explains what it is published for`(code: String, uses: String) {
        let reasons: [SupplyUpdate.Reason] = [.cancelled, .delay, .update, .reappoint]
        let allowed = reasons.filter { $0.misuse(of: code) == nil }.compactMap { $0.use?.rawValue }
        #expect(allowed.joined(separator: " ") == uses)
    }

    @Test func `what is wrong with a code is said with what it is for`() {
        let misuse = SupplyUpdate.Reason.delay.misuse(of: "CAPACITY_ISSUE")
        #expect(misuse == "CAPACITY_ISSUE is published for cancel; DELAY is delay")
    }

    @Test func `nothing is said of a code that is not known, nor of one beside good news`() {
        #expect(SupplyUpdate.Reason.delay.misuse(of: "WEATHER") == nil)
        #expect(SupplyUpdate.Reason.completed.misuse(of: "CAPACITY_ISSUE") == nil)
    }
}

extension SupplyUpdate {
    /// Whether its problem code is not for what it says.
    var isMisexplained: Bool { problemCode.flatMap { reason.misuse(of: $0.rawValue) } != nil }
}
