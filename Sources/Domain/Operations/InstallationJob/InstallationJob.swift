import FoundationEssentials

/// An engineer's visit, handed to an installation partner (§3.7): from the order's commitment to the closure code.
///
///     created ──200──▶ sent ──▶ accepted ──▶ assigned ──▶ en-route ──▶ on-site ──▶ ont-scanned ──▶ provisioned
///        │              │                                                            ▲    │
///     failed-to-send  declined                                                       └── provision-failed
///
///     created … assigned ─withdraw─▶ cancel-requested ──▶ cancelled          assigned … provisioned ─close─▶ closed
///
/// Stages only rise: a message that was skipped is filled in, one that comes late is kept in the history by its own
/// time and moves nothing. Only a rescan goes back, from `provision-failed` to `ont-scanned`.
package struct InstallationJob: Aggregate {
    /// How far the visit has come.
    package enum Stage: String, Codable, CaseIterable, Comparable, Sendable {
        case created
        case sent
        case accepted
        case assigned
        case enRoute = "en-route"
        case onSite = "on-site"
        case ontScanned = "ont-scanned"
        case provisionFailed = "provision-failed"
        case provisioned

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package enum State: Codable, Equatable, Sendable {
        case open(stage: Stage)
        /// `cancelJob` is on its way; the visit goes on until the partner has answered.
        case cancelRequested(reason: JobCancellation, stage: Stage)
        case closed(report: ClosingReport, closure: JobClosure)
        case declined(code: Int, reason: String)
        case failedToSend(reason: String)
        case cancelled(reason: JobCancellation, at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// From a supply order: founds the job and sends `createJob`.
        case dispatched(pack: JobPack)
        /// From a supply order: take it back from the partner (G-129).
        case withdrawn(reason: JobCancellation)
        /// `createJob` was acknowledged; `{}` brings no number, the first `jobHeader` will.
        case partnerAnswered(providerJobId: String?)
        case partnerDeclined(code: Int, reason: String)
        case sendingFailed(reason: String)
        case cancellationAcknowledged
        case cancellationRefused(code: Int, reason: String)
        case cancellationUnanswered(reason: String)
    }

    /// The waits of ``Provisioning``.
    package enum Alarm: String, CaseIterable, Sendable { case push, lightCheck, retry }

    package static let kind = Kind.installationJob
    package let id: ID<InstallationJob>
    package let pack: JobPack
    package let created: Date
    package var updated: Date
    package internal(set) var state = State.open(stage: .created)
    /// The partner's own number for it, from the acknowledgement or the first message.
    package internal(set) var providerJobId: String?
    package internal(set) var engineer: Engineer?
    package internal(set) var lastScan: ScannedDevice?
    package internal(set) var provisioning = Provisioning()
    /// What the partner told, by the time at which it happened.
    package internal(set) var history: [JobStep] = []
    package internal(set) var answers: [QuestionAnswer] = []
    /// What a person should look at: accepted, but odd.
    package internal(set) var remarks: [JobRemark] = []

    package init(id: ID<InstallationJob>, pack: JobPack, at now: Date) {
        self.id = id
        self.pack = pack
        created = now
        updated = now
    }

    package var owner: Owner { .partner(pack.partner) }
    package var conversation: ConversationID { pack.conversation }

    /// What both sides call it (`ref`, G-121).
    package var reference: String { "J\(id)" }

    package var stateName: String {
        switch state {
        case .open(let stage): stage.rawValue
        case .cancelRequested: "cancel-requested"
        case .closed: "closed"
        case .declined: "declined"
        case .failedToSend: "failed-to-send"
        case .cancelled: "cancelled"
        }
    }

    package var lookups: [Lookup] {
        var lookups = [Lookup("supplyOrder", pack.supplyOrder.description)]
        if let providerJobId { lookups.append(Lookup("providerJobId", providerJobId)) }
        // Only an open installation holds its device's numbers (I-041, result 7).
        if stage != nil, let device = provisioning.device {
            lookups += device.keys.map { Lookup(Self.deviceLookup, $0) }
        }
        return lookups
    }

    /// By which a device's numbers are found on the open installation that uses them.
    package static let deviceLookup = "device"

    /// Reads `J` and a number; anything else is a job that never was.
    package static func id(reference: some StringProtocol) -> ID<InstallationJob>? {
        guard reference.hasPrefix("J") else { return nil }
        return ID(text: reference.dropFirst())
    }

    /// How far it has come, while it is still open.
    package var stage: Stage? {
        switch state {
        case .open(let stage), .cancelRequested(_, let stage): stage
        case .closed, .declined, .failedToSend, .cancelled: nil
        }
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .dispatched(let pack): try dispatch(pack)
        case .withdrawn(let reason): withdraw(reason: reason, at: now)
        case .partnerAnswered(let providerJobId): answer(providerJobId: providerJobId, at: now)
        case .partnerDeclined(let code, let reason): decline(code: code, reason: reason, at: now)
        case .sendingFailed(let reason): fail(reason: reason, at: now)
        case .cancellationAcknowledged: confirmCancellation(at: now)
        case .cancellationRefused(let code, _): keep(afterRefusal: code, at: now)
        case .cancellationUnanswered: keep(afterRefusal: nil, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        provision(on: alarm, at: now)
    }

    func tellPartner(_ message: Message) -> Effect { .send(message, to: .partner(id: pack.partner)) }

    func tellOrder(_ event: JobEvent, at time: Date) -> Effect {
        .tell(.supplyOrder(id: pack.supplyOrder, input: .jobEvent(job: id, event: event, at: time)))
    }

    func tellAppointment(_ input: Appointment.Input) -> [Effect] {
        pack.appointment.map { [.tell(.appointment(id: $0, input: input))] } ?? []
    }

    /// Nothing is waited for any more.
    var silence: [Effect] { Alarm.allCases.map { .disarm(timer($0)) } }
}
