import Adapters
import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// The stand-alone buyers when they don't believe a resolution: writes `resolveResponse` with their own certificates.
struct Objector: Sendable {
    let store: any Store
    let time: TimeSource
    let ids: IDSource
    let pace: Pace
    let bell: Bell
    /// By the party that objects; one without is silent.
    let calls: [InboxParty: OutboundCall]
    /// The Ticketing API, such as `https://localhost:8081/prod/api2`.
    let ticketingURL: String

    /// What a notification means for the buyer's story, in the commit that takes it in.
    func learn(
        _ notification: BuyerInbox.Notification,
        to party: InboxParty,
        in transaction: any Transaction,
        at now: Date
    ) throws {
        let ticket = PlayedObjection.ticket(notification.buyerIdentifier, notification.buyerReference)
        let known = try transaction.find(PlayedObjection.self, by: PlayedObjection.ticketLookup, ticket, limit: 1).first
        switch notification.status {
        case .accepted:
            guard known == nil, calls[party] != nil, try transaction.behaviour().scenario == .reopenedTwice else {
                return
            }
            try transaction.save(
                PlayedObjection(
                    id: ID(transaction.draw("playedObjection")),
                    party: party,
                    buyerIdentifier: notification.buyerIdentifier,
                    buyerReference: notification.buyerReference,
                    at: now
                )
            )
        case .resolved:
            guard var known else { return }
            try transaction.keep(&known, at: now) { $0.resolved(objectingAt: now + pace.triage) }
        case .pending, .rejected, .open, .reopened, .inProgress, .closed, .onHold, .cancelled, nil:
            break
        }
    }

    /// Plays what a timer stands for; its hands are taken.
    func act(_ id: ID<PlayedObjection>, _ alarm: PlayedObjection.Alarm) async throws {
        let now = time.now()
        let fresh = ids.messageID(at: now).rawValue
        let begun = try await store.write { transaction -> PlayedObjection? in
            guard var objection = try transaction.find(id) else { return nil }
            guard try transaction.isArmed(objection.timer(alarm), dueBy: now) else { return nil }
            switch (alarm, objection.state) {
            case (.object, .planned):
                try transaction.keep(&objection, at: now) { $0.begin(messageID: fresh, at: now) }
                return objection
            case (.send, .reporting):
                return objection
            case (_, _):
                try transaction.disarm(objection.timer(alarm))
                return nil
            }
        }
        guard let begun, case .reporting(let messageID) = begun.state, let call = calls[begun.party] else { return }
        let reception = await send(begun, messageID, by: call)
        let then = time.now()
        try await store.write { transaction in
            guard var objection = try transaction.find(id) else { return }
            try transaction.keep(&objection, at: then) { $0.ended(reception, at: then) }
        }
    }

    private func send(_ objection: PlayedObjection, _ messageID: String, by call: OutboundCall) async -> Reception {
        let sentAt = Date(timeIntervalSince1970: objection.updated.timeIntervalSince1970.rounded(.down))
        let body = XMLWriter.document { xml in
            xml.element("resolveResponse") { xml in
                xml.text("apiVersion", "1.0")
                xml.text("buyerIdentifier", objection.buyerIdentifier)
                xml.text("sentAt", Timestamp.format(sentAt))
                xml.text("messageId", messageID)
                xml.text("resolveAccepted", false)
                xml.text("buyerFaultReference", objection.buyerReference)
                xml.text("rejectedReason", "It does not work yet")
            }
        }
        let request = OutboundRequest(
            url: ticketingURL + "/resolveResponse",
            headers: [("Content-Type", "text/xml"), ("SOAPAction", "\"\"")],
            body: body
        )
        switch await call.send(request) {
        case .success(let answer): return Reception(restStatus: answer.status, body: answer.body)
        case .failure(let failure): return .unanswered(reason: failure.text)
        }
    }
}
