import Domain
import FoundationEssentials

/// Invented jobs in a partner's book.
extension WorkOrder {
    static func sample(_ admission: Admission = .accepted, jobType: JobPack.JobType = .install) throws -> WorkOrder {
        WorkOrder(
            id: ID(17),
            from: "OPERATOR1",
            reference: "J701",
            providerJobId: "WO-17",
            pack: try .sample(jobType: jobType),
            admission: admission,
            at: .noon
        )
    }
}

extension ReceivedPack {
    static func sample(jobType: JobPack.JobType = .install, notes: String? = nil) throws -> ReceivedPack {
        guard let slot = TimeSlot(start: .noon, end: .noon + 4 * 3_600) else { throw Rejection(.invalid, "no slot") }
        return ReceivedPack(
            jobType: jobType,
            serviceID: "S2000001",
            orderReference: "SO7",
            productName: "ftthl2r",
            visit: JobPack.Visit(key: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", slot: slot),
            customer: Customer(name: "Robin Sample", phoneNumber: "07700900123"),
            address: Address(uprn: "10090000001", lines: ["1 Sample Street"]),
            notes: notes
        )
    }
}

/// Everything that can happen to a work order, by the name it has in the table.
enum WorkOrderInput: String, CaseIterable {
    case received = "createJob again"
    case accept, decline, assign
    case enRoute = "en-route"
    case onSite = "on-site"
    case scan
    case scanOther = "scan another ONT"
    case progress
    case close
    case closeUnvisited = "close NTR"
    case cancelled = "cancelJob"
    case provisioned = "result 1 or 2"
    case retrying = "result 4"
    case failed = "result 3, 5, 6 or 7"
    case taken = "last report taken"
    case refused = "last report refused"
    case gone = "last report refused with −32001 or −32005"
    case givenUp = "last report given up"

    @discardableResult
    func happen(to order: inout WorkOrder, at now: Date = .noon) throws(Rejection) -> [Effect] {
        let place = Location(latitude: 51.5, longitude: -0.1)
        let last = order.reports
        return switch self {
        case .received: try order.receiveAgain(order.pack)
        case .accept: try order.accept(at: now)
        case .decline: try order.decline(reason: "no engineer", at: now)
        case .assign: try order.assign(.sam, at: now, now: now)
        case .enRoute: try order.setOut(from: place, at: now, now: now)
        case .onSite: try order.arrive(at: place, at: now, now: now)
        case .scan: try order.scan(.sample(), now: now)
        case .scanOther: try order.scan(.sample(fsan: "ALCL0000BEEF", serialNumber: "SN-00BEEF"), now: now)
        case .progress: try order.progress([.sample], at: now, now: now)
        case .close: try order.close(.sample(), now: now)
        case .closeUnvisited: try order.close(.sample("NTR"), now: now)
        case .cancelled: try order.withdraw(because: .customerCancelled, text: nil, at: now)
        case .provisioned: try order.learn(.sample(.provisioned), at: now)
        case .retrying: try order.learn(.sample(.retrying), at: now)
        case .failed: try order.learn(.sample(.duplicateDevice), at: now)
        case .taken: try order.hear(.reportTaken(sequence: last), at: now)
        case .refused: try order.hear(.reportRefused(sequence: last, code: -32602, reason: "no"), at: now)
        case .gone: try order.hear(.reportRefused(sequence: last, code: -32005, reason: "not yours"), at: now)
        case .givenUp: try order.hear(.reportGivenUp(sequence: last, reason: "no route"), at: now)
        }
    }
}

/// A work order in each of its states, as the table's columns; what it told was taken, but for the last message.
enum WorkOrderColumn: String, CaseIterable {
    case received
    case accepted
    case assigned
    case enRoute = "en-route"
    case onSite = "on-site"
    case scanned
    case provisioningFailed = "provisioning-failed"
    case provisioned
    case closing
    case closed
    case declining
    case declined
    case cancelled

    private var way: [WorkOrderInput] {
        switch self {
        case .received: []
        case .accepted: [.accept]
        case .assigned: [.accept, .assign]
        case .enRoute: [.accept, .assign, .enRoute]
        case .onSite: [.accept, .assign, .enRoute, .onSite]
        case .scanned: [.accept, .assign, .enRoute, .onSite, .scan]
        case .provisioningFailed: [.accept, .assign, .enRoute, .onSite, .scan, .failed]
        case .provisioned: [.accept, .assign, .enRoute, .onSite, .scan, .provisioned]
        case .closing, .closed: [.accept, .assign, .enRoute, .onSite, .scan, .provisioned, .close]
        case .declining, .declined: [.accept, .decline]
        case .cancelled: [.accept, .cancelled]
        }
    }

    func order() throws -> WorkOrder {
        var order = try WorkOrder.sample(.pending)
        for input in way {
            let before = order.reports
            if before > 0, input != .failed, input != .provisioned {
                _ = try order.hear(.reportTaken(sequence: before), at: .noon)
            }
            try input.happen(to: &order)
        }
        if self == .closed || self == .declined { try WorkOrderInput.taken.happen(to: &order) }
        return order
    }
}

extension QuestionAnswer {
    static let sample = QuestionAnswer(
        question: "Is the pole safe?",
        code: "7",
        answer: "Yes",
        received: .noon,
        source: .notifyJob
    )
}

extension HeardResult {
    static func sample(_ outcome: ProvisioningResult.Outcome) -> HeardResult {
        HeardResult(outcome: outcome, details: "", at: .noon)
    }
}

extension [Effect] {
    /// The reports among them, in order.
    var reports: [JobReport] {
        compactMap { effect -> JobReport? in
            guard case .send(.jobReport(let report), _) = effect else { return nil }
            return report
        }
    }
}
