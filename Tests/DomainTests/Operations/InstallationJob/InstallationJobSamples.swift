import Domain
import FoundationEssentials

/// Invented people, places and moments for the tests of jobs.
extension JobPack {
    static func sample(vendor: DeviceVendor = .nokia, headEnd: [HeadEndAnswer] = []) throws -> JobPack {
        guard let slot = TimeSlot(start: .noon, end: .noon + 4 * 3_600) else { throw Rejection(.invalid, "no slot") }
        return JobPack(
            supplyOrder: ID(7),
            appointment: ID(3),
            partner: "PARTNER1",
            conversation: "conversation-1",
            serviceID: "S2000001",
            orderReference: "SO7",
            productName: "ftthl2r",
            visit: Visit(key: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", slot: slot),
            customer: Contact(name: "Robin Example", phoneNumber: "07700900123"),
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            expectedDevice: ExpectedDevice(vendor: vendor),
            headEnd: headEnd
        )
    }
}

extension Date {
    /// Noon in London, on a winter's day.
    static let noon = Date(timeIntervalSince1970: 1_767_960_000)
}

extension Engineer {
    static let sam = Engineer(engineerId: "E1", name: "Sam Sample", phoneNumber: "07700900456")
    static let alex = Engineer(engineerId: "E2", name: "Alex Sample", phoneNumber: "07700900789")
}

extension ScannedDevice {
    static func sample(
        fsan: String = "ALCL0123ABCD",
        serialNumber: String = "SN-000001",
        vendor: DeviceVendor = .nokia
    ) -> ScannedDevice {
        ScannedDevice(fsan: fsan, serialNumber: serialNumber, vendor: vendor, scannedAt: .noon)
    }
}

extension PartnerReport {
    static func at(_ time: Date = .noon, number: String = "P-1") -> PartnerReport {
        PartnerReport(providerJobId: number, eventTime: time)
    }
}

extension ClosingReport {
    static func sample(_ code: String = "SP", notes: String? = nil) -> ClosingReport {
        ClosingReport(code: ClosureCode(code), closedAt: .noon + 5_400, notes: notes)
    }
}

/// Everything that can happen to a job, by the name it has in the drawing and the table.
enum JobInput: String, CaseIterable {
    case dispatchedAgain = "dispatched again"
    case placed = "a partner was chosen"
    case unplaced = "no partner is left"
    case redispatched = "re-dispatched by the desk"
    case withdrawn
    case withdrawnByForce = "withdrawn by force"
    case cancelledByDesk = "cancelled by the desk"
    case answeredEmpty = "createJob answered {}"
    case answeredNumbered = "createJob answered providerJobId"
    case declined = "createJob refused"
    case sendingFailed = "createJob given up"
    case engineerAssigned = "ENGINEER_ASSIGNED"
    case enRoute = "EN_ROUTE"
    case onSite = "ON_SITE"
    case scanned = "ONT_SCANNED"
    case progress = "PROGRESS"
    case closed = "closeJob SP"
    case closedUnvisited = "closeJob NTR"
    case cancellationAcknowledged = "cancelJob answered"
    case cancellationRefused = "cancelJob refused"
    case cancellationUnanswered = "cancelJob given up"
    case push = "timer push"
    case lightCheck = "timer lightCheck"
    case retry = "timer retry"
    case noWord = "timer noWord"

    @discardableResult
    func happen(to job: inout InstallationJob, at now: Date = .noon) throws(Rejection) -> [Effect] {
        let place = Location(latitude: 51.5, longitude: -0.1)
        let report = PartnerReport.at(now)
        return switch self {
        case .dispatchedAgain: try job.hear(.dispatched(pack: job.pack), at: now)
        case .placed: try job.hear(.placed(partner: "PARTNER1"), at: now)
        case .unplaced: try job.hear(.placed(partner: nil), at: now)
        case .redispatched: try job.redispatch(to: "PARTNER2", at: now)
        case .withdrawnByForce: try job.hear(.withdrawn(reason: .customerCancelled, isForced: true), at: now)
        case .cancelledByDesk: try job.cancel(at: now)
        case .withdrawn: try job.hear(.withdrawn(reason: .customerCancelled), at: now)
        case .answeredEmpty: try job.hear(.partnerAnswered(providerJobId: nil), at: now)
        case .answeredNumbered: try job.hear(.partnerAnswered(providerJobId: "P-1"), at: now)
        case .declined: try job.hear(.partnerDeclined(code: -32000, reason: "no capacity"), at: now)
        case .sendingFailed: try job.hear(.sendingFailed(reason: "no route"), at: now)
        case .engineerAssigned: try job.assign(.sam, by: report, at: now)
        case .enRoute: try job.setOut(from: place, engineer: nil, by: report, at: now)
        case .onSite: try job.arrive(at: place, engineer: nil, by: report, at: now)
        case .scanned: try job.scan(.sample(), isDuplicate: false, by: report, at: now)
        case .progress: try job.report(report, at: now)
        case .closed: try job.close(.sample(), by: report, at: now)
        case .closedUnvisited: try job.close(.sample("NTR"), by: report, at: now)
        case .cancellationAcknowledged: try job.hear(.cancellationAcknowledged(), at: now)
        case .cancellationRefused: try job.hear(.cancellationRefused(code: -32002, reason: "on site"), at: now)
        case .cancellationUnanswered: try job.hear(.cancellationUnanswered(reason: "no route"), at: now)
        case .push: try job.wake(.push, at: now)
        case .lightCheck: try job.wake(.lightCheck, at: now)
        case .retry: try job.wake(.retry, at: now)
        case .noWord: try job.wake(.noWord, at: now)
        }
    }
}

/// A job in each of its states, as the table's columns.
enum JobColumn: String, CaseIterable {
    case created
    case sent
    case accepted
    case assigned
    case enRoute = "en-route"
    case onSite = "on-site"
    case ontScanned = "ont-scanned"
    case provisionFailed = "provision-failed"
    case provisioned
    case closed
    case declined
    case failedToSend = "failed-to-send"
    case cancelRequested = "cancel-requested"
    case cancelled

    private var way: [JobInput] {
        switch self {
        case .created: []
        case .sent: [.answeredEmpty]
        case .accepted: [.answeredNumbered]
        case .assigned: [.answeredNumbered, .engineerAssigned]
        case .enRoute: [.answeredNumbered, .engineerAssigned, .enRoute]
        case .onSite: [.answeredNumbered, .engineerAssigned, .enRoute, .onSite]
        case .ontScanned, .provisionFailed: [.answeredNumbered, .engineerAssigned, .enRoute, .onSite, .scanned]
        case .provisioned: [.answeredNumbered, .engineerAssigned, .enRoute, .onSite, .scanned, .push]
        case .closed: [.answeredNumbered, .engineerAssigned, .enRoute, .onSite, .scanned, .push, .lightCheck, .closed]
        case .declined: [.declined]
        case .failedToSend: [.sendingFailed]
        case .cancelRequested: [.answeredNumbered, .engineerAssigned, .withdrawn]
        case .cancelled: [.answeredNumbered, .engineerAssigned, .withdrawn, .cancellationAcknowledged]
        }
    }

    func job() throws -> InstallationJob {
        let headEnd: [HeadEndAnswer] = self == .provisionFailed ? [.fails] : []
        var job = try InstallationJob(id: ID(701), pack: .sample(headEnd: headEnd), at: .noon)
        for input in [.placed] + way + (self == .provisionFailed ? [.push] : []) { try input.happen(to: &job) }
        return job
    }
}
