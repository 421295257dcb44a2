import Testing

/// The auditor is itself held to account: each fault that a gateway could have is played to it on a forged wire, and it must
/// find it; of a faultless order it finds nothing.
@Suite struct TenancyAuditorTests {
    @Test func `of a faultless order it finds nothing`() {
        #expect(findings { $0.faultless() } == [])
    }

    @Test func `an update that is named while it is missing, and sent once more, is no fault`() {
        #expect(findings { $0.parked() } == [])
    }

    @Test func `an update whose answer was lost may come again`() {
        #expect(findings { $0.repeatedInVain() } == [])
    }

    @Test func `what was taken as the gateway died may come again, and be named as missing`() {
        #expect(findings { $0.forgottenInDeath() } == [])
    }

    @Test func `a request's fate and its reason are read in the updates`() {
        #expect(findings { $0.refusedCancellation() } == [])
    }

    @Test(arguments: ForgedUpdates.Fault.allCases)
    func `a fault of the gateway's is found`(fault: ForgedUpdates.Fault) {
        let found = findings { $0.play(fault) }

        #expect(found.contains { $0.contains(fault.rawValue) }, "\(found)")
    }

    private func findings(_ body: (inout ForgedUpdates) -> Void) -> [String] {
        var updates = ForgedUpdates()
        body(&updates)
        return updates.auditor.findings
    }
}
