import Domain
import FoundationEssentials
import Testing

/// Tickets of an invented buyer, brought into a state by the inputs that lead there.
enum TicketFixture {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
    static let buyer = BuyerID("harbour-telecom")
    static let customer = FaultBuyer.customer(account: FaultCustomer("GATEWAY"))
    static let service = ServiceID("S1000042")

    static func claim(type: String = "Impaired Service", of raiser: FaultBuyer = .account(id: buyer)) throws
        -> FaultClaim
    {
        FaultClaim(
            buyer: raiser,
            buyerIdentifier: "HARBOUR1",
            buyerReference: "HT-0001",
            service: service,
            conversation: ConversationID("c-1"),
            reporter: TicketContact(name: "Desk Four", phone: "+441632960001"),
            details: FaultDetails(
                description: "The light is red",
                type: try #require(FaultType.named(type)),
                started: start - 3_600,
                location: "1 Quay Walk",
                siteAccess: "Ring twice",
                siteContact: TicketContact(),
                buyerTriage: Triage(isComplete: true, findings: "Router replaced, no change")
            )
        )
    }

    static func visit(key: String = "KEY1", from: TimeInterval = 86_400) throws -> Visit {
        let slot = try #require(TimeSlot(start: start + from, end: start + from + 18_000))
        return Visit(key: key, slot: slot, appointment: ID(77))
    }

    static func pending(outage: Bool = false, of raiser: FaultBuyer = .account(id: buyer)) throws -> FaultReport {
        try FaultReport.add(
            ID(42),
            claim: claim(type: outage ? "Service Outage" : "Impaired Service", of: raiser),
            visit: outage ? visit() : nil,
            prior: nil,
            isServiceKnown: true,
            pace: .timetable,
            at: start
        ).0
    }

    static func ticket(
        _ status: FaultStatus,
        outage: Bool = false,
        of raiser: FaultBuyer = .account(id: buyer)
    ) throws -> FaultReport {
        var ticket = try pending(outage: outage, of: raiser)
        switch status {
        case .pending: break
        case .rejected: _ = try ticket.reject(because: "Not ours", at: start)
        case .accepted: _ = try ticket.wake(.accept, at: start)
        case .open:
            ticket = try Self.ticket(.accepted, outage: outage, of: raiser)
            _ = try ticket.triage(findings: "Loss of light", isNetworkFault: true, because: nil, at: start)
        case .inProgress:
            ticket = try Self.ticket(.open, outage: outage, of: raiser)
            _ = try ticket.start(because: nil, at: start)
        case .onHold:
            ticket = try Self.ticket(.inProgress, outage: outage, of: raiser)
            _ = try ticket.hold(because: "No answer from the end user", at: start)
        case .resolved:
            ticket = try Self.ticket(.inProgress, outage: outage, of: raiser)
            if ticket.openVisit != nil { _ = try ticket.cancelVisit(because: nil, at: start) }
            _ = try ticket.resolve(because: "Splice mended", at: start)
        case .reopened:
            ticket = try Self.ticket(.resolved, outage: outage, of: raiser)
            _ = try ticket.answer(accepted: false, because: "Still dark", at: start)
            if outage { _ = try ticket.amend(FaultAmendment(), visit: visit(), at: start) }
        case .closed:
            ticket = try Self.ticket(.resolved, outage: outage, of: raiser)
            _ = try ticket.answer(accepted: true, because: nil, at: start)
        case .cancelled:
            ticket = try Self.ticket(.accepted, outage: outage, of: raiser)
            _ = try ticket.cancel(by: .seller, because: "Raised twice", at: start)
        }
        return ticket
    }
}

extension [Effect] {
    /// The changes that the buyer is told of, in order.
    var changes: [TicketChange] { notifications.map(\.change) }

    var notifications: [FaultNotification] {
        compactMap {
            guard case .send(.faultNotification(let notification), to: .buyer) = $0 else { return nil }
            return notification
        }
    }

    /// What a customer is told, in order.
    var supplyUpdates: [SupplyUpdate] {
        compactMap {
            guard case .send(.supplyUpdate(let update), to: .customer) = $0 else { return nil }
            return update
        }
    }

    var deskNews: [DeskNews.Event] {
        compactMap {
            guard case .send(.deskNews(let news), to: .desk) = $0 else { return nil }
            return news.cause
        }
    }
}
