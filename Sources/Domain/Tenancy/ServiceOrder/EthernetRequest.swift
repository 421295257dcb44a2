import FoundationEssentials

/// A circuit between sites that a tenant orders on a supplier's quote, as it was accepted (F-040).
package struct EthernetRequest: Codable, Equatable, Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable {
        case aEnd = "A-END"
        case bEnd = "B-END"
        case multiPoint = "MULTI-POINT"
    }

    package struct Site: Codable, Equatable, Sendable {
        package let name: String
        package internal(set) var address: PremisesAddress?
        package let postcode: String?
        package let role: Role
        package let characteristics: [Characteristic]
        package let wayleave: Wayleave?
        package let primaryContact: Contact
        package let secondaryContact: Contact?
        package let notes: SiteNotes

        package init(
            name: String,
            address: PremisesAddress?,
            postcode: String?,
            role: Role,
            characteristics: [Characteristic] = [],
            wayleave: Wayleave? = nil,
            primaryContact: Contact,
            secondaryContact: Contact? = nil,
            notes: SiteNotes = SiteNotes()
        ) {
            self.name = name
            self.address = address
            self.postcode = postcode
            self.role = role
            self.characteristics = characteristics
            self.wayleave = wayleave
            self.primaryContact = primaryContact
            self.secondaryContact = secondaryContact
            self.notes = notes
        }
    }

    /// Leave to lay the fibre over the land.
    package struct Wayleave: Codable, Equatable, Sendable {
        package let isOwner: Bool
        package let characteristics: [Characteristic]
        package let contact: Contact?

        package init(isOwner: Bool, characteristics: [Characteristic], contact: Contact?) {
            self.isOwner = isOwner
            self.characteristics = characteristics
            self.contact = contact
        }
    }

    package struct Item: Codable, Equatable, Sendable {
        package let specification: ServiceSpecification
        package let characteristics: [Characteristic]
        package let contract: Contract
        package let requestedCompletionDate: CivilDate?
        package let technicalContact: Contact?

        package init(
            specification: ServiceSpecification,
            characteristics: [Characteristic],
            contract: Contract,
            requestedCompletionDate: CivilDate?,
            technicalContact: Contact?
        ) {
            self.specification = specification
            self.characteristics = characteristics
            self.contract = contract
            self.requestedCompletionDate = requestedCompletionDate
            self.technicalContact = technicalContact
        }
    }

    package struct Contract: Codable, Equatable, Sendable {
        package let length: Int
        package let unit: String
        package let billingFrequency: String
        package let priceAlteration: String?

        package init(length: Int, unit: String, billingFrequency: String, priceAlteration: String?) {
            self.length = length
            self.unit = unit
            self.billingFrequency = billingFrequency
            self.priceAlteration = priceAlteration
        }
    }

    /// Tells the variant in a stored row.
    private var type = OrderType.ethernet
    package let supplier: SupplierID
    package let supplierQuoteID: String
    package internal(set) var sites: [Site]
    package let items: [Item]

    package init(supplier: SupplierID, supplierQuoteID: String, sites: [Site], items: [Item]) {
        self.supplier = supplier
        self.supplierQuoteID = supplierQuoteID
        self.sites = sites
        self.items = items
    }

    /// When all of it is wanted.
    package var requestedCompletionDate: CivilDate? { items.compactMap(\.requestedCompletionDate).max() }

    /// One end and at least one other, or several points alike.
    package static func isCircuit(_ roles: [Role]) -> Bool {
        let (aEnds, bEnds) = (roles.count { $0 == .aEnd }, roles.count { $0 == .bEnd })
        let points = roles.count - aEnds - bEnds
        return points == 0 ? aEnds == 1 && bEnds >= 1 : aEnds + bEnds == 0 && points >= 2
    }

    func problems(on today: CivilDate) -> [Rejection.Problem] {
        var problems: [Rejection.Problem] = []
        if !Self.isCircuit(sites.map(\.role)) {
            let words = "must have one A-END and at least one B-END, or at least two MULTI-POINT and nothing else"
            problems.append(Rejection.Problem("/siteInformation", words))
        }
        for (index, item) in items.enumerated() {
            guard let date = item.requestedCompletionDate, date < today else { continue }
            let pointer = "/ethernetOrderItems/\(index)/requestedCompletionDate"
            problems.append(Rejection.Problem(pointer, "is in the past"))
        }
        return problems
    }
}
