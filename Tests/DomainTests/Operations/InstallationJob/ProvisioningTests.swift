import Domain
import FoundationEssentials
import Testing

@Suite struct ProvisioningTests {
    @Test func `a good device gets result 1, then 2`() throws {
        var job = try JobColumn.onSite.job()
        _ = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon)

        let pushed = try job.wake(.push, at: .noon + 180)
        #expect(pushed == [result(.provisioned, at: .noon + 180), .arm(job.timer(.lightCheck), at: .noon + 360)])
        #expect(job.stateName == "provisioned")
        let lit = try job.wake(.lightCheck, at: .noon + 360)

        #expect(lit.first == result(.installSuccessful, at: .noon + 360))
        #expect(job.provisioning.isSuccessful)
        #expect(job.provisioning.results.map(\.outcome) == [.provisioned, .installSuccessful])
    }

    @Test(arguments: [
        ScannedDevice.sample(fsan: "ALCL0123ABC"), .sample(fsan: "alcl0123abcd"), .sample(fsan: "ALCL0123ABCG"),
        .sample(serialNumber: "SN-1"), .sample(serialNumber: "SN 000001"),
        .sample(serialNumber: String(repeating: "9", count: 33)),
    ])
    func `numbers of a wrong format get result 6, and the engineer may scan again`(device: ScannedDevice) throws {
        var job = try JobColumn.onSite.job()

        let effects = try job.scan(device, isDuplicate: false, by: .at(), at: .noon)

        #expect(effects.contains(result(.incorrectFormat, at: .noon)))
        #expect(job.stateName == "provision-failed")
        _ = try job.scan(.sample(), isDuplicate: false, by: .at(.noon + 60), at: .noon + 60)
        #expect(job.stateName == "ont-scanned")
    }

    @Test func `a device of another open installation gets result 7`() throws {
        var job = try JobColumn.onSite.job()

        let effects = try job.scan(.sample(), isDuplicate: true, by: .at(), at: .noon)

        #expect(effects.contains(result(.duplicateDevice, at: .noon)))
        #expect(!job.lookups.contains { $0.key == "device" }, "it holds no numbers that are another's")
    }

    @Test func `another vendor's device gets result 5`() throws {
        var job = try JobColumn.onSite.job()

        let effects = try job.scan(.sample(vendor: .calix), isDuplicate: false, by: .at(), at: .noon)

        #expect(effects.contains(result(.incorrectDeviceType, at: .noon)))
    }

    @Test func `a transient failure gets result 4 and is tried again after five minutes`() throws {
        var job = try scanned(headEnd: [.failsForNow])

        let failed = try job.wake(.push, at: .noon)
        let retryAt = Date.noon + 300
        #expect(
            failed == [
                .send(
                    .provisioningResult(ProvisioningResult(outcome: .retrying, at: .noon, retryAt: retryAt)),
                    to: .partner(id: "PARTNER1")
                ),
                .arm(job.timer(.retry), at: retryAt),
            ]
        )
        #expect(job.stateName == "ont-scanned")
        _ = try job.wake(.retry, at: retryAt)

        #expect(try job.wake(.push, at: retryAt + 180).first == result(.provisioned, at: retryAt + 180))
    }

    @Test func `the third transient failure is final: result 3`() throws {
        var job = try scanned(headEnd: [.failsForNow, .failsForNow, .failsForNow])

        for alarm in [InstallationJob.Alarm.push, .retry, .push, .retry, .push] { _ = try job.wake(alarm, at: .noon) }

        #expect(job.provisioning.results.map(\.outcome) == [.retrying, .retrying, .failed])
        #expect(job.stateName == "provision-failed")
    }

    @Test func `the same device scanned again starts nothing anew`() throws {
        var job = try JobColumn.ontScanned.job()

        #expect(try job.scan(.sample(), isDuplicate: false, by: .at(.noon + 9), at: .noon + 9).isEmpty)
        #expect(job.provisioning.results.isEmpty)
    }

    @Test func `another device while one is being provisioned is refused`() throws {
        var job = try JobColumn.ontScanned.job()

        let refusal = #expect(throws: Rejection.self) {
            _ = try job.scan(.sample(fsan: "ALCL00000001"), isDuplicate: false, by: .at(.noon + 9), at: .noon + 9)
        }

        #expect(refusal?.code == .illegalTransition)
    }

    @Test func `a scan older than the last one moves nothing`() throws {
        var job = try JobColumn.provisionFailed.job()

        _ = try job.scan(.sample(fsan: "ALCL00000001"), isDuplicate: false, by: .at(.noon - 60), at: .noon + 9)

        #expect(job.stateName == "provision-failed")
    }

    private func scanned(headEnd: [HeadEndAnswer]) throws -> InstallationJob {
        var job = try InstallationJob(id: ID(701), pack: .sample(headEnd: headEnd), at: .noon)
        _ = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon)
        return job
    }

    private func result(_ outcome: ProvisioningResult.Outcome, at time: Date) -> Effect {
        .send(.provisioningResult(ProvisioningResult(outcome: outcome, at: time)), to: .partner(id: "PARTNER1"))
    }
}
