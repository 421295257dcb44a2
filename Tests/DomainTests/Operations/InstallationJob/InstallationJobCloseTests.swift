import Domain
import FoundationEssentials
import Testing

@Suite struct InstallationJobCloseTests {
    @Test func `closing as SP after result 2 is clean, and tells the appointment and the order`() throws {
        var job = try JobColumn.provisioned.job()
        _ = try job.wake(.lightCheck, at: .noon)

        let effects = try job.close(.sample(), by: .at(), at: .noon)

        let closure = JobClosure(code: ClosureCode("SP"), isProvisioned: true)
        #expect(job.stateName == "closed")
        #expect(job.remarks.isEmpty)
        #expect(effects.contains(.tell(.appointment(id: ID(3), input: .closed(code: "SP", at: .noon + 5_400)))))
        #expect(
            effects.last
                == .tell(
                    .supplyOrder(id: ID(7), input: .jobClosed(job: ID(701), closure: closure, at: .noon + 5_400))
                )
        )
    }

    @Test(arguments: [JobColumn.assigned, .onSite, .ontScanned, .provisionFailed, .provisioned])
    func `SP without result 2 is accepted and flagged`(column: JobColumn) throws {
        var job = try column.job()

        _ = try job.close(.sample(), by: .at(), at: .noon)

        #expect(job.remarks == [.serviceWithoutLight])
    }

    @Test func `closing disarms what provisioning waits for, and gives the device free`() throws {
        var job = try JobColumn.ontScanned.job()
        #expect(job.lookups.contains(Lookup("device", "fsan/ALCL0123ABCD")))

        let effects = try job.close(.sample("HAZ"), by: .at(), at: .noon)

        #expect(effects.contains(.disarm(job.timer(.push))))
        #expect(!job.lookups.contains { $0.key == "device" })
        #expect(try job.wake(.push, at: .noon).isEmpty, "a timer that was already on its way finds nothing to do")
    }

    @Test func `the same closure again is the same answer, with no effect`() throws {
        var job = try JobColumn.closed.job()
        let closed = job

        #expect(try job.close(.sample(), by: .at(.noon + 1), at: .noon + 1).isEmpty)
        #expect(job == closed)
    }

    @Test func `another closure of a closed job is refused`() throws {
        var job = try JobColumn.closed.job()

        let refusal = #expect(throws: Rejection.self) {
            _ = try job.close(.sample(notes: "and another thing"), by: .at(), at: .noon)
        }

        #expect(refusal?.code == .illegalTransition)
    }

    @Test func `a job nobody was assigned to cannot be closed as a visit`() throws {
        var job = try JobColumn.accepted.job()

        let refusal = #expect(throws: Rejection.self) { try job.close(.sample(), by: .at(), at: .noon) }

        #expect(refusal?.code == .illegalTransition)
    }

    @Test(arguments: ["NTR", "MBORC", "FTA"])
    func `a visit that never was is closed without an engineer`(code: String) throws {
        var job = try JobColumn.accepted.job()

        _ = try job.close(.sample(code), by: .at(), at: .noon)

        #expect(job.stateName == "closed")
    }

    @Test(arguments: ["SP", "NA", "REVCOMP", "CIVCOMP"])
    func `a code that only who was there can give fills in the way there`(code: String) throws {
        var job = try JobColumn.assigned.job()

        let effects = try job.close(.sample(code), by: .at(), at: .noon)

        #expect(effects.contains(.tell(.appointment(id: ID(3), input: .attended(at: .noon)))))
        #expect(
            effects.tellings.filter { $0.target.kind == .supplyOrder }.dropLast()
                == [told(.enRoute), told(.onSite)]
        )
        #expect(job.history.suffix(3).map(\.happening) == [.enRoute, .onSite, .closed])
        #expect(job.arrival == nil, "nobody knows when it was")
    }

    @Test(arguments: ["NTR", "MBORC", "FTA", "CIVWAY", "ASQ"])
    func `a code that needs no visit fills in none`(code: String) throws {
        var job = try JobColumn.assigned.job()

        let effects = try job.close(.sample(code), by: .at(), at: .noon)

        #expect(!effects.contains(.tell(.appointment(id: ID(3), input: .attended(at: .noon)))))
    }

    private func told(_ event: JobEvent) -> Telling {
        .supplyOrder(id: ID(7), input: .jobEvent(job: ID(701), event: event, at: .noon))
    }

    @Test func `an unknown code is stored as it came and remarked`() throws {
        var job = try JobColumn.onSite.job()

        _ = try job.close(.sample("XYZ9"), by: .at(), at: .noon)

        #expect(job.remarks == [.unknownClosureCode(raw: "XYZ9")])
    }
}
