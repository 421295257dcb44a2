/// What a tenant wants to know the price of (G-030): items, each of one supplier.
package struct QuoteRequest: Codable, Equatable, Sendable {
    package let externalIdentifier: String
    package let items: [QuoteItem]

    package init(externalIdentifier: String, items: [QuoteItem]) {
        self.externalIdentifier = externalIdentifier
        self.items = items
    }

    /// What is wrong with it beyond its spelling; with pointers, all at once.
    package var problems: [Rejection.Problem] {
        var problems: [Rejection.Problem] = []
        var seen: Set<Int> = []
        for (index, item) in items.enumerated() {
            if !seen.insert(item.number).inserted {
                problems.append(Rejection.Problem("/quoteItems/\(index)/id", "is another item's too"))
            }
            if !item.hasItsEnds {
                problems.append(
                    Rejection.Problem(
                        "/quoteItems/\(index)/sites",
                        "must be one A-END and at least one B-END, or two or more MULTI-POINT"
                    )
                )
            }
        }
        return problems
    }
}

/// One connection that is to be priced.
package struct QuoteItem: Codable, Equatable, Sendable {
    /// The tenant's own number for it.
    package let number: Int
    package let supplier: SupplierID
    package let sites: [QuoteSite]
    package let contract: QuoteContract
    package let services: [QuotedService]

    package init(
        number: Int,
        supplier: SupplierID,
        sites: [QuoteSite],
        contract: QuoteContract,
        services: [QuotedService]
    ) {
        self.number = number
        self.supplier = supplier
        self.sites = sites
        self.contract = contract
        self.services = services
    }

    ///
    var hasItsEnds: Bool {
        let roles = sites.map(\.role)
        let (starts, ends) = (roles.filter { $0 == .aEnd }.count, roles.filter { $0 == .bEnd }.count)
        let points = roles.count - starts - ends
        return points == 0 ? starts == 1 && ends >= 1 : starts + ends == 0 && points >= 2
    }
}

/// A place that a connection reaches.
package struct QuoteSite: Codable, Equatable, Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable {
        case aEnd = "A-END"
        case bEnd = "B-END"
        case multiPoint = "MULTI-POINT"
    }

    package let name: String
    package let address: String
    package let postcode: String
    package let role: Role
    package let characteristics: [Characteristic]

    package init(
        name: String,
        address: String,
        postcode: String,
        role: Role,
        characteristics: [Characteristic] = []
    ) {
        self.name = name
        self.address = address
        self.postcode = postcode
        self.role = role
        self.characteristics = characteristics
    }
}

package struct QuoteContract: Codable, Equatable, Sendable {
    package enum Unit: String, Codable, CaseIterable, Sendable {
        case month = "MONTH"
        case year = "YEAR"
    }

    package enum Billing: String, Codable, CaseIterable, Sendable {
        case monthly = "MONTHLY"
        case quarterly = "QUARTERLY"
        case annually = "ANNUALLY"
    }

    package let length: Int
    package let unit: Unit
    package let billing: Billing
    package let priceAlteration: String?

    package init(length: Int, unit: Unit, billing: Billing, priceAlteration: String? = nil) {
        self.length = length
        self.unit = unit
        self.billing = billing
        self.priceAlteration = priceAlteration
    }

    package var months: Int { unit == .year ? length * 12 : length }
}

package struct QuotedService: Codable, Equatable, Sendable {
    package let specification: ServiceSpecification
    package let characteristics: [Characteristic]

    package init(specification: ServiceSpecification, characteristics: [Characteristic]) {
        self.specification = specification
        self.characteristics = characteristics
    }
}
