import Domain
import FoundationEssentials
import Storage

/// How the simulated people behave (`PUT /sandbox/behaviour`): by themselves, or only when told to by hand.
package struct Behaviour: Codable, Equatable, Sendable {
    package enum Mode: String, Codable, CaseIterable, Sendable { case automatic, manual }

    package var networkDesk = Mode.automatic
    package var installer = Mode.automatic
    /// For entities that come from now on; the others keep theirs (decision 22).
    package var scenario = Scenario.happy

    package init(networkDesk: Mode = .automatic, installer: Mode = .automatic, scenario: Scenario = .happy) {
        self.networkDesk = networkDesk
        self.installer = installer
        self.scenario = scenario
    }
}

/// A story that a visit or a ticket may take, by the name that `/sandbox/behaviour` knows it by.
package enum Scenario: String, Codable, CaseIterable, Sendable {
    case happy
    /// The installer refuses the job pack.
    case declined
    /// The engineer comes, and nobody opens.
    case noAccess = "no-access"
    /// The splitter at the node is full: closed under CON, with its secondary code.
    case nodeFault = "node-fault-with-secondary-code"
    /// The light is too low before the box is even there: POP, with its secondary code and the reading.
    case lightOutOfRange = "light-out-of-range"
    case poleNeedsCherryPicker = "pole-needs-cherry-picker"
    /// The first box scanned is on another installation (result 7), the second one does it.
    case duplicateONT = "duplicate-ont"
    /// The head end fails once for a moment (result 4), and then works.
    case provisioningRetry = "provisioning-retry-then-success"
    /// The head end will not have the box (result 3): the visit ends without a line.
    case provisioningFailed = "provisioning-failed"
    /// The customer calls off while the engineer is on the way.
    case cancelledOnTheWay = "cancelled-on-the-way"
    /// The installer takes the job pack, and is never heard of again.
    case silence
    /// The desk's triage finds nothing wrong in the network.
    case noFaultFound = "no-fault-found"
    /// The desk waits for the buyer: it leaves a message and calls twice, in vain. A comment or a key sets it going again.
    case holdForInformation = "hold-for-information"
    /// The end user isn't there: the ticket waits for the buyer's word or another key.
    case missedByEndUser = "missed-by-end-user"
    /// The engineer doesn't come: the desk waits for another key.
    case missedByOperator = "missed-by-operator"
    /// The operator cannot honour the appointment: the desk waits for another key.
    case appointmentFailed = "appointment-failed"
    /// A stand-alone buyer refuses the first two resolutions of a ticket of its own.
    case reopenedTwice = "re-opened-twice"
    /// Nobody answers a resolution: nothing differs here, the ticket closes by its own deadline.
    case neverAnswered = "never-answered"
    /// The buyers' inboxes acknowledge with a closing tag of another name, whatever ticket it is about.
    case brokenAcknowledgement = "broken-acknowledgement"

    /// The visit ends without a scan, as soon as the engineer has seen what there is to see.
    var endsAtTheDoor: Bool {
        [.noAccess, .nodeFault, .lightOutOfRange, .poleNeedsCherryPicker, .cancelledOnTheWay].contains(self)
    }

    /// What the operator's head end answers to the boxes of such a visit.
    var headEnd: [HeadEndAnswer]? {
        switch self {
        case .provisioningRetry: [.failsForNow]
        case .provisioningFailed: [.fails]
        case _: nil
        }
    }

    /// - Throws: ``CounterpartRefusal``, naming those that there are.
    package init(named name: String) throws(CounterpartRefusal) {
        guard let scenario = Scenario(rawValue: name) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw CounterpartRefusal(.invalid, "There is no scenario of that name; there are: \(known).")
        }
        self = scenario
    }
}

/// Why a counterpart does not do what it was told to do by hand.
package struct CounterpartRefusal: Error, Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// It knows of no such job or ticket (404).
        case notFound
        /// It was told something that it does not understand (400).
        case invalid
        /// The operator refused it, in its own words, or it is about something else just now (409).
        case conflict
        /// The operator gave no answer; it is tried again by itself (502).
        case unreachable
    }

    package let kind: Kind
    package let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// The behaviour as it is kept, so that a restart changes nothing. There is one.
struct KeptBehaviour: Aggregate {
    enum Input: Codable, Equatable, Sendable { case none }
    enum Alarm: String, CaseIterable, Sendable { case none }

    static let kind = Kind.playedBehaviour
    static let only = ID<KeptBehaviour>(1)

    let id: ID<KeptBehaviour>
    let created: Date
    var updated: Date
    var behaviour: Behaviour

    init(_ behaviour: Behaviour, at now: Date) {
        id = Self.only
        created = now
        updated = now
        self.behaviour = behaviour
    }

    var owner: Owner { .house }
    var conversation: ConversationID { "behaviour" }
    var stateName: String { "kept" }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

extension ReadTransaction {
    func behaviour() throws -> Behaviour { try find(KeptBehaviour.only)?.behaviour ?? Behaviour() }
}
