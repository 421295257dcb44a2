import FoundationEssentials

/// An engineer's visit, handed to an installation partner (§3.7): from the order's commitment to the closure code.
///
///     created ──200──▶ sent ──▶ accepted ──▶ assigned ──▶ en-route ──▶ on-site ──▶ ont-scanned ──▶ provisioned
///        │  ▲           │                                                            ▲    │
///        │  └─next─ declined                                                          └── provision-failed
///     failed-to-send ─the partner speaks─▶ open
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
        /// By force: whatever the answer is.
        case cancelRequested(reason: JobCancellation, stage: Stage, isForced: Bool? = nil)
        case closed(report: ClosingReport, closure: JobClosure)
        /// No partner has it: one refused it and the next is being chosen, or nobody is left.
        case declined(code: Int, reason: String)
        case failedToSend(reason: String)
        case cancelled(reason: JobCancellation, at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// From a supply order: founds the job and sends `createJob`.
        case dispatched(pack: JobPack)
        /// Which partner gets it; `nil`: nobody can.
        case placed(partner: PartnerID?)
        /// From a supply order: take it back from the partner (G-129).
        case withdrawn(reason: JobCancellation, isForced: Bool? = nil)
        /// `createJob` was acknowledged; `{}` brings no number, the first `jobHeader` will. What a partner answers
        /// about an earlier `placing` means nothing.
        case partnerAnswered(providerJobId: String?, placing: Int? = nil)
        case partnerDeclined(code: Int, reason: String, placing: Int? = nil)
        case sendingFailed(reason: String, placing: Int? = nil)
        case cancellationAcknowledged(placing: Int? = nil)
        case cancellationRefused(code: Int, reason: String, placing: Int? = nil)
        case cancellationUnanswered(reason: String, placing: Int? = nil)
        case filesLookedFor(findings: [VisitFile.Finding])

        /// The placing that an answer of a partner's is about; `nil`: it is no such answer.
        var placing: Int? {
            switch self {
            case .partnerAnswered(_, let placing), .partnerDeclined(_, _, let placing), .sendingFailed(_, let placing),
                .cancellationAcknowledged(let placing), .cancellationRefused(_, _, let placing),
                .cancellationUnanswered(_, let placing):
                placing
            case .dispatched, .placed, .withdrawn, .filesLookedFor: nil
            }
        }
    }

    package enum Alarm: String, CaseIterable, Sendable {
        // the waits of ``Provisioning``
        case push, lightCheck, retry
        /// The slot began an hour ago.
        case noWord
    }
    package static let fixedAlarms: [Alarm] = [.noWord]

    package static let kind = Kind.installationJob
    package let id: ID<InstallationJob>
    @EncodedOnce package private(set) var pack: JobPack
    package let created: Date
    package var updated: Date
    package internal(set) var state = State.open(stage: .created)
    /// The partner that has it; `nil` until one was chosen.
    package internal(set) var placedWith: PartnerID?
    /// How often it was placed: a partner may get it twice, and answer twice.
    package internal(set) var placing: Int?
    /// Who had it and doesn't any more.
    package internal(set) var formerPartners: [PartnerID]?
    /// The partner's own number for it, from the acknowledgement or the first message.
    package internal(set) var providerJobId: String?
    package internal(set) var engineer: Engineer?
    package internal(set) var lastScan: ScannedDevice?
    package internal(set) var provisioning = Provisioning()
    /// What the partner told, by the time at which it happened.
    package internal(set) var history: [JobStep] = []
    package internal(set) var answers: [QuestionAnswer] = []
    /// What the answers came with; `nil`: nothing.
    package internal(set) var files: [VisitFile]?
    /// What a person should look at: accepted, but odd.
    package internal(set) var remarks: [JobRemark] = []

    package init(id: ID<InstallationJob>, pack: JobPack, at now: Date) {
        self.id = id
        self.pack = pack
        created = now
        updated = now
    }

    /// Who has it, or is the first to be asked.
    package var partner: PartnerID { placedWith ?? pack.partner }
    package var owner: Owner { .partner(partner) }
    package var conversation: ConversationID { pack.conversation }

    /// What both sides call it (`ref`, G-121).
    package var reference: String { Self.reference(id) }
    package static func reference(_ id: ID<InstallationJob>) -> String { "J\(id)" }

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
        let day = pack.visit.slot.day.description
        var lookups = [Lookup("supplyOrder", pack.supplyOrder.description), Lookup(Self.dayLookup, day)]
        if takesRoom { lookups.append(Lookup(Self.partnerDayLookup, Self.partnerDay(partner, day))) }
        if let providerJobId { lookups.append(Lookup("providerJobId", providerJobId)) }
        // Only an open installation holds its device's numbers (I-041, result 7).
        if stage != nil, let device = provisioning.device {
            lookups += device.keys.map { Lookup(Self.deviceLookup, $0) }
        }
        return lookups
    }

    /// By which the jobs of a day are found.
    package static let dayLookup = "visitDay"
    /// By which a partner's jobs of a day are counted: those that take an engineer's time.
    package static let partnerDayLookup = "partnerDay"
    package static func partnerDay(_ partner: PartnerID, _ day: String) -> String { "\(partner)/\(day)" }

    /// Whether an engineer's time is needed for it, or was.
    private var takesRoom: Bool {
        switch state {
        case .open, .cancelRequested, .closed: placedWith != nil
        case .declined, .failedToSend, .cancelled: false
        }
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
        case .open(let stage), .cancelRequested(_, let stage, _): stage
        case .closed, .declined, .failedToSend, .cancelled: nil
        }
    }

    /// How far it has come for its partner: one that `createJob` could not be said to have reached may have it after all.
    var stageOfPartner: Stage? {
        if case .failedToSend = state { .created } else { stage }
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        if let placing = input.placing, placing != self.placing { return [] }
        return switch input {
        case .dispatched(let pack): try dispatch(pack)
        case .placed(let partner): place(with: partner, at: now)
        case .withdrawn(let reason, let isForced): withdraw(reason: reason, isForced: isForced ?? false, at: now)
        case .partnerAnswered(let providerJobId, _): answer(providerJobId: providerJobId, at: now)
        case .partnerDeclined(let code, let reason, _): decline(code: code, reason: reason, at: now)
        case .sendingFailed(let reason, _): fail(reason: reason, at: now)
        case .cancellationAcknowledged: confirmCancellation(at: now)
        case .cancellationRefused(let code, _, _): keep(afterRefusal: code, at: now)
        case .cancellationUnanswered: keep(afterRefusal: nil, at: now)
        case .filesLookedFor(let findings): note(findings)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .push, .lightCheck, .retry: provision(on: alarm, at: now)
        case .noWord: watch()
        }
    }

    func tellPartner(_ message: Message) -> Effect { .send(message, to: .partner(id: partner)) }

    func tellOrder(_ event: JobEvent, at time: Date) -> Effect {
        .tell(.supplyOrder(id: pack.supplyOrder, input: .jobEvent(job: id, event: event, at: time)))
    }

    func tellAppointment(_ input: Appointment.Input) -> [Effect] {
        pack.appointment.map { [.tell(.appointment(id: $0, input: input))] } ?? []
    }

    /// Nothing is waited for any more.
    var silence: [Effect] { Alarm.allCases.map { .disarm(timer($0)) } }
}
