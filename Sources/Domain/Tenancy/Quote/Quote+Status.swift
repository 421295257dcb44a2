import FoundationEssentials

extension Quote {
    /// G-032.
    package enum Status: String, Codable, CaseIterable, Sendable {
        case receivedByGateway = "RECEIVED_BY_GATEWAY"
        case pending = "PENDING"
        case approved = "APPROVED"
        case rejected = "REJECTED"
        case failed = "FAILED"
        case accepted = "ACCEPTED"
        case expired = "EXPIRED"
    }

    /// What its items come to: open while one is, and then the best of them.
    package var status: Status {
        let each = Set(items.map(\.status))
        if each == [.receivedByGateway] { return .receivedByGateway }
        if !each.isDisjoint(with: [.receivedByGateway, .pending]) { return .pending }
        let byRank: [Status] = [.accepted, .approved, .expired, .rejected, .failed]
        return byRank.first { each.contains($0) } ?? .failed
    }

    /// Until when all of what is still offered can be had.
    package var validUntil: Date? { items.compactMap(\.validUntil).min() }
}

extension Quote.Item {
    package var status: Quote.Status {
        switch state {
        case .asked: .receivedByGateway
        case .taken: .pending
        case .offered: .approved
        case .declined: .rejected
        case .failed: .failed
        case .accepted: .accepted
        case .expired: .expired
        }
    }

    package var offer: QuoteOffer? {
        switch state {
        case .offered(let offer), .accepted(let offer, _), .expired(let offer): offer
        case .asked, .taken, .declined, .failed: nil
        }
    }

    /// Whether the supplier's word is still to come.
    var isOpen: Bool {
        switch state {
        case .asked, .taken: true
        case .offered, .declined, .failed, .accepted, .expired: false
        }
    }

    var validUntil: Date? {
        guard case .offered(let offer) = state else { return nil }
        return offer.validUntil
    }
}
