import FoundationEssentials

/// Where a party listens.
package struct Endpoint: Codable, Equatable, Sendable {
    package var url: String

    package init(url: String) { self.url = url }
}

package struct TenantTerms: Codable, Equatable, Sendable {
    package var clients: [APIClient]
    /// Base of its Tenant Updates API; `/kcis` is appended.
    package var updates: Endpoint?
    package var suppliers: [SupplierID]
    /// The `buyerIdentifier` under which the gateway raises this tenant's faults (G-118).
    package var buyerIdentifier: String
    /// The status of a refused order, 400 or 422.
    package var rejectStatus: Int
    /// Refuse unknown fields (strict), or ignore them with a warning (decision 38).
    package var isStrict: Bool
    /// Which supplier looks addresses up for it; `nil`: the first of its suppliers that can (G-010).
    package var addressSource: SupplierID?
    /// How much it may ask; `nil`: as much as the house allows anybody.
    package var rateLimit: RateLimit?
    /// Who we are at its Updates API; `nil`: nobody asks.
    package var updatesAccess: UpdatesAccess?
    /// Standard Webhooks' keys, the newest first; each signs every KCI. `nil`: the house's own key does.
    package internal(set) var webhookSecrets: [SealedSecret]?

    package init(
        clients: [APIClient],
        updates: Endpoint? = nil,
        suppliers: [SupplierID],
        buyerIdentifier: String,
        rejectStatus: Int = 400,
        isStrict: Bool = false,
        addressSource: SupplierID? = nil,
        rateLimit: RateLimit? = nil
    ) {
        self.clients = clients
        self.updates = updates
        self.suppliers = suppliers
        self.buyerIdentifier = buyerIdentifier
        self.rejectStatus = rejectStatus
        self.isStrict = isStrict
        self.addressSource = addressSource
        self.rateLimit = rateLimit
    }
}

/// So many requests in so many seconds; all of them may come at once.
package struct RateLimit: Codable, Equatable, Sendable {
    package let requests: Int
    package let seconds: Int

    package init(requests: Int, seconds: Int) {
        self.requests = max(1, requests)
        self.seconds = max(1, seconds)
    }
}

/// A customer of the operator's Supplier API: a gateway, under a `Tenant` header a tenant of it.
package struct CustomerTerms: Codable, Equatable, Sendable {
    package var clients: [APIClient]
    /// Base of its Supplier Updates API; `/kcis` is appended.
    package var updates: Endpoint?

    package init(clients: [APIClient], updates: Endpoint? = nil) {
        self.clients = clients
        self.updates = updates
    }
}

/// A supplier that posts its updates to the gateway.
package struct SupplierTerms: Codable, Equatable, Sendable {
    package var clients: [APIClient]
    /// With which certificate it notifies us as its buyer; `nil` for one whose faults aren't raised over ticketing.
    package var access: MutualTLSTerms?

    package init(clients: [APIClient], access: MutualTLSTerms? = nil) {
        self.clients = clients
        self.access = access
    }
}

/// Who it is on a mutual-TLS connection, checked on every request (T-003, I-001, decision 39).
package struct MutualTLSTerms: Codable, Equatable, Sendable {
    /// SHA-256 of each certificate in DER, lower-case hex; several, for rotation.
    package var certificateFingerprints: [String]
    /// Source addresses it may come from, as CIDR, IPv4 and IPv6.
    package var sources: [String]
    /// Until when each certificate is valid, by fingerprint; `nil` where only the fingerprints are known.
    package var expiries: [String: Date]?

    package init(certificateFingerprints: [String], sources: [String], expiries: [String: Date]? = nil) {
        self.certificateFingerprints = certificateFingerprints
        self.sources = sources
        self.expiries = expiries
    }
}

package struct BuyerTerms: Codable, Equatable, Sendable {
    package var access: MutualTLSTerms
    /// The `buyerIdentifier`s it may use on the wire.
    package var buyerIdentifiers: [BuyerIdentifier]
    package var notifications: Endpoint?
    /// Send notifications in a SOAP envelope; by default bare, as the published samples are.
    package var usesEnvelope: Bool
    /// What broken XML is answered with: 500 as published, or 400.
    package var brokenXMLStatus: Int
    /// How a notification has the ticket's appointments; `nil`: as a list.
    package var appointmentStyle: AppointmentStyle?
    /// Refuse what is else forgiven with a warning: a long `sentAt`, an unknown type of fault. `nil`: no.
    package var isStrict: Bool?
    /// Which root its notifications have; `nil`: in no namespace, as published.
    package var ticketNamespace: TicketNamespace?

    /// Of a `buyerIdentifier` on the wire (T-051).
    package static let identifierCharactersMax = 36

    package enum AppointmentStyle: String, Codable, CaseIterable, Sendable {
        /// Every appointment, in `appointments`, which the published schema lacks.
        case list
        /// The latest alone, in `appointment`: for buyers who check with the published schema.
        case single
    }

    /// The namespace of a ticket message's root element; its children are in none either way.
    package enum TicketNamespace: String, Codable, CaseIterable, Sendable {
        /// No namespace, as the published contract has it.
        case unqualified = "none"
        /// The WSDL's namespace, which code that a SOAP stack generated reads.
        case wsdl
    }

    package init(
        access: MutualTLSTerms,
        buyerIdentifiers: [BuyerIdentifier],
        notifications: Endpoint? = nil,
        usesEnvelope: Bool = false,
        brokenXMLStatus: Int = 500,
        appointmentStyle: AppointmentStyle? = nil,
        isStrict: Bool? = nil,
        ticketNamespace: TicketNamespace? = nil
    ) {
        self.access = access
        self.buyerIdentifiers = buyerIdentifiers
        self.notifications = notifications
        self.usesEnvelope = usesEnvelope
        self.brokenXMLStatus = brokenXMLStatus
        self.appointmentStyle = appointmentStyle
        self.isStrict = isStrict
        self.ticketNamespace = ticketNamespace
    }
}
