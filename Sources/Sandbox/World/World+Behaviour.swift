import Domain
import Engine
import FoundationEssentials
import Synchronization

extension World {
    /// Changes how people behave, and what a scenario needs of the world besides.
    package func change(to behaviour: Behaviour) async throws {
        try await counterparts.change(to: behaviour)
        try await prepare()
    }

    /// Puts in place what the scenario at hand needs on the operator's side: at the start, and after each change.
    package func prepare() async throws {
        let scenario = try await counterparts.behaviour().scenario
        headEnd.answers = scenario.headEnd
        if scenario == .duplicateONT { try await beginStandingInstallation() }
    }

    /// An installation elsewhere, begun and never ended, whose box the engineer of `duplicate-ont` scans again: a box is
    /// refused with result 7 only while it is on another open installation (I-041).
    private func beginStandingInstallation() async throws {
        // Jobs of orders have numbers from 101 on (ADR 0002).
        let id = ID<InstallationJob>(1)
        try await exchange.change(Cause("StandingInstallation", by: "sandbox")) { change in
            guard try change.find(id) == nil, let job = try InstallationJob.standing(id, at: change.now) else { return }
            try change.found(job, [])
        }
    }
}

extension InstallationJob {
    /// Scanned, and left there: nothing is told to anybody, and no timer runs.
    fileprivate static func standing(_ id: ID<InstallationJob>, at now: Date) throws(Rejection) -> InstallationJob? {
        guard let slot = TimeSlot(start: now, end: now + 4 * 3_600) else { return nil }
        let pack = JobPack(
            supplyOrder: ID(0),
            appointment: nil,
            partner: "ELSEWHERE",
            conversation: "standing-installation",
            serviceID: "S1000000",
            orderReference: "0",
            productName: "ftthl2r",
            visit: JobPack.Visit(key: "STANDING", slot: slot),
            customer: Contact(name: "Nobody", phoneNumber: nil),
            address: PremisesAddress(identifier: .init(id: "10090000000", type: "UPRN"))
        )
        var job = InstallationJob(id: id, pack: pack, at: now)
        let box = VisitStory.usedBox
        _ = try job.scan(
            ScannedDevice(fsan: box.fsan, serialNumber: box.serialNumber, vendor: .nokia, scannedAt: now),
            isDuplicate: false,
            by: PartnerReport(providerJobId: "ELSEWHERE-1", eventTime: now),
            at: now
        )
        return job
    }
}

/// What the operator's simulated head end answers to the tries of jobs to come.
package final class HeadEndScript: Sendable {
    private let script = Mutex<[HeadEndAnswer]?>(nil)

    package init() {}

    package var answers: [HeadEndAnswer]? {
        get { script.withLock { $0 } }
        set { script.withLock { $0 = newValue } }
    }
}
