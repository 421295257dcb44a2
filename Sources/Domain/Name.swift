/// A name that a party gave, told apart by what it names: a tenant's cannot be passed where a buyer's is wanted.
///
/// Two names are one only if their bytes are (``ExactText``).
package struct Name<Bearer>: Hashable, Comparable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ text: String) { rawValue = text }
    package init(stringLiteral text: String) { rawValue = text }

    package static func == (left: Self, right: Self) -> Bool { left.rawValue.isExactly(right.rawValue) }

    package static func < (left: Self, right: Self) -> Bool { ExactText(left.rawValue) < ExactText(right.rawValue) }

    package func hash(into hasher: inout Hasher) { ExactText(rawValue).hash(into: &hasher) }
}

extension Name: CustomStringConvertible {
    package var description: String { rawValue }
}

extension Name: Codable {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// What the names name; never made.
package enum Named {
    package enum Tenant {}
    package enum Supplier {}
    package enum Customer {}
    package enum Buyer {}
    package enum BuyerIdentifier {}
    package enum Partner {}
    package enum Dispatcher {}
    package enum Service {}
    package enum Owner {}
    package enum Conversation {}
    package enum Message {}
}

/// A communication provider that orders through the gateway.
package typealias TenantID = Name<Named.Tenant>
/// A supplier as tenants name it: `^\w{1,20}$` (F-020).
package typealias SupplierID = Name<Named.Supplier>
/// A customer of the operator's Supplier API; the gateway is one.
package typealias CustomerID = Name<Named.Customer>
/// An account of the Ticketing API. It may use several `buyerIdentifier`s on the wire.
package typealias BuyerID = Name<Named.Buyer>
/// A `buyerIdentifier` on the wire (T-051).
package typealias BuyerIdentifier = Name<Named.BuyerIdentifier>
/// An installation partner.
package typealias PartnerID = Name<Named.Partner>
/// An operator that dispatches jobs to us as its installation partner.
package typealias DispatcherID = Name<Named.Dispatcher>
/// A live service as operator and provider name it, such as `S1000001`.
package typealias ServiceID = Name<Named.Service>
/// Ties together everything that one request caused, in every contract: `X-Conversation-ID` (G-001).
package typealias ConversationID = Name<Named.Conversation>
/// A message's own identity, a UUIDv7, the same for every attempt to deliver it.
package typealias MessageID = Name<Named.Message>
