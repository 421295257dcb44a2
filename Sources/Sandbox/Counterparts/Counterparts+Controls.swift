import Domain
import Engine
import Formats
import FoundationEssentials
import Storage

/// Where the counterparts listen, once they do; different after each start.
package struct CounterpartAddresses: Equatable, Sendable {
    /// Base of a tenant's updates: `/kcis` is appended by whoever sends.
    package let tenantUpdates: String
    package let secondTenantUpdates: String
    package let deskNews: String
    /// Exact.
    package let buyerNotifications: String
    package let rivalBuyerNotifications: String
    /// Base of the installer: `/{method}` is appended by whoever sends.
    package let installer: String

    init(plainPort: Int, securePort: Int) {
        let plain = "http://127.0.0.1:\(plainPort)"
        let secure = "https://localhost:\(securePort)"
        tenantUpdates = "\(plain)/tenant"
        secondTenantUpdates = "\(plain)/secondTenant"
        deskNews = "\(plain)/desk/news"
        buyerNotifications = "\(secure)/buyer/notifications"
        rivalBuyerNotifications = "\(secure)/rivalBuyer/notifications"
        installer = "\(secure)/installer"
    }
}

/// What the sandbox's controls ask of the counterparts.
extension Counterparts {
    /// Waits until they listen; throws what kept them from it.
    package func addresses() async throws -> CounterpartAddresses {
        let ports = try await ports()
        return CounterpartAddresses(plainPort: ports.plain, securePort: ports.secure)
    }

    /// What a party received, oldest first; ask again after the last one's `sequence`.
    package func messages(party: InboxParty, after: Int64, limit: Int) async throws -> [LoggedMessage] {
        try await inbox.messages(party: party, after: after, limit: limit)
    }

    /// Messages and timers due now: with `Activity`, all that "settled" needs of them (decision 20).
    package func dueCount() async throws -> Int {
        let now = time.now()
        let due = try await store.read { try $0.dueCount(at: now) }
        return due.lanes + due.timers
    }

    /// When the next of them acts by itself; `nil` if nobody will.
    package func nextDue() async throws -> Date? { try await store.read { try $0.nextDue() } }

    /// The virtual clock was turned.
    package func ring() {
        bell.ring()
        installer.book.ring()
    }

    package func behaviour() async throws -> Behaviour { try await store.read { try $0.behaviour() } }

    /// From now on, and after a restart. What becomes automatic takes up what was left to a hand; what becomes manual
    /// finishes only the message that is under way.
    package func change(to behaviour: Behaviour) async throws {
        let now = time.now()
        try await store.write { [installer, desk] transaction in
            let before = try transaction.behaviour()
            try transaction.save(KeptBehaviour(behaviour, at: now))
            if behaviour.installer == .automatic, before.installer == .manual {
                try installer.takeUp(in: transaction, at: now)
            }
            if behaviour.networkDesk == .automatic, before.networkDesk == .manual {
                try desk.takeUp(in: transaction, at: now)
            }
        }
        bell.ring()
    }

    /// Does by hand what the installer would do (`POST /sandbox/jobs/{ref}/{event}`).
    ///
    /// - Parameter body: JSON: `reason`, `closureCode`, `secondaryClosureCode`, `fsan`, `serialNumber`, `vendor`.
    /// - Throws: ``CounterpartRefusal``, with the operator's reason.
    package func perform(job ref: String, event name: String, body: [UInt8] = []) async throws {
        guard let event = VisitEvent(rawValue: name) else {
            throw CounterpartRefusal(.invalid, "There is no event \(name) of a job.")
        }
        try await installer.perform(event, on: ref, try VisitWords(json: body))
    }

    /// Does by hand what the network desk would do (`POST /sandbox/fault-reports/{reference}/{event}`).
    ///
    /// - Parameter body: JSON for the operator's interface, as it stands.
    /// - Throws: ``CounterpartRefusal``, with the operator's reason.
    package func perform(ticket reference: String, event name: String, body: [UInt8] = []) async throws {
        guard let event = DeskStep(rawValue: name) else {
            throw CounterpartRefusal(.invalid, "There is no event \(name) of a ticket.")
        }
        try await desk.perform(event, on: reference, body: body.isEmpty ? nil : String(decoding: body, as: UTF8.self))
    }

    /// Forgets visits, tickets, inboxes and the behaviour. Numbers go on.
    package func reset() async throws {
        try await store.write { try $0.wipe() }
        bell.ring()
    }
}

extension VisitWords {
    init(json bytes: [UInt8]) throws(CounterpartRefusal) {
        self.init()
        guard !bytes.isEmpty else { return }
        guard let root = (try? JSONDocument(parsing: bytes))?.root, root.kind == .object else {
            throw CounterpartRefusal(.invalid, "The body is no JSON object.")
        }
        reason = root["reason"]?.string
        closureCode = root["closureCode"]?.string
        secondaryClosureCode = root["secondaryClosureCode"]?.string
        fsan = root["fsan"]?.string
        serialNumber = root["serialNumber"]?.string
        vendor = root["vendor"]?.string
    }
}
