import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /ethernet/service-orders`: a customer orders a circuit on a quote (F-040); ours, beside the contract's
    /// operations (G-090 has none for it). Planned and built outside this house: it is committed to the day that was asked
    /// for, and completed on it.
    @Sendable func placeEthernetSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "PlaceEthernetSupplyOrder") { asked in
            let wish = try CircuitWish(reading: asked.body)
            let id = try await exchange.draw(SupplyOrder.self)
            let (partner, pace) = (partner, pace())
            return try await answer(asked) { change in
                try wish.check(at: change.now)
                var order = SupplyOrder(id: id, request: wish.request(asked, partner, pace), at: change.now)
                let effects = try order.acknowledge(at: change.now)
                try change.found(order, effects)
                return CustomerAnswer(status: 201, about: order.ref) { json in
                    json.object { json in
                        json.field("id", wish.number)
                        json.field("supplierOrderReference", order.reference)
                        json.field("status", "ACKNOWLEDGED")
                    }
                }
            }
        }
    }
}

/// A circuit as it came to the operator: what it needs to plan by.
private struct CircuitWish: Sendable {
    let number: Int
    private let quote: String
    private let roles: [EthernetRequest.Role]
    private let address: PremisesAddress
    private let contact: Contact
    private let specification: ServiceSpecification
    private let date: CivilDate?

    init(reading body: [UInt8]) throws {
        self = try WholesaleReading.read(body) { object -> CircuitWish? in
            let number = object.requiredInteger("id", range: WholesaleLimits.numbers)
            let quote = object.requiredString("supplierQuoteId", length: WholesaleLimits.reference)
            let sites = object.requiredObjects("siteInformation", count: WholesaleLimits.sites) ?? []
            let roles = sites.compactMap { $0.requiredEnum("role", as: EthernetRequest.Role.self) }
            let addresses = sites.map(Self.address(of:))
            let contacts = sites.map { WholesaleReading.contact($0.requiredObject("primaryContact")) }
            let items = object.requiredObjects("ethernetOrderItems", count: WholesaleLimits.elements) ?? []
            let specifications = items.map {
                WholesaleReading.specification($0.requiredObject("service")?.requiredObject("serviceSpecification"))
            }
            let dates = items.compactMap { WholesaleReading.date($0.optionalDate("requestedCompletionDate")) }
            guard let number, let quote, let address = addresses.first ?? nil, let contact = contacts.first ?? nil,
                let specification = specifications.first ?? nil
            else { return nil }
            return CircuitWish(
                number: number,
                quote: quote,
                roles: roles,
                address: address,
                contact: contact,
                specification: specification,
                date: dates.max()
            )
        }
    }

    private init(
        number: Int,
        quote: String,
        roles: [EthernetRequest.Role],
        address: PremisesAddress,
        contact: Contact,
        specification: ServiceSpecification,
        date: CivilDate?
    ) {
        self.number = number
        self.quote = quote
        self.roles = roles
        self.address = address
        self.contact = contact
        self.specification = specification
        self.date = date
    }

    /// A site by its address, else by its postcode.
    private static func address(of site: ObjectReader) -> PremisesAddress? {
        if let address = site.optionalObject("address") { return WholesaleReading.address(address) }
        return site.requiredString("postcode", length: WholesaleLimits.postcode).map {
            PremisesAddress(identifier: .init(id: $0, type: "POSTCODE"))
        }
    }

    func check(at now: Date) throws {
        var problems: [Rejection.Problem] = []
        if !EthernetRequest.isCircuit(roles) {
            problems.append(.init("/siteInformation", "These sites make no circuit."))
        }
        if let date, date < LondonTime.day(at: now) {
            problems.append(.init("/ethernetOrderItems", "A requestedCompletionDate is in the past."))
        }
        guard problems.isEmpty else { throw Rejection(.invalid, "The order cannot be accepted.", problems: problems) }
    }

    func request(_ asked: CustomerRequest, _ partner: PartnerID, _ pace: Pace) -> SupplyRequest {
        SupplyRequest(
            customer: asked.customer,
            tenant: asked.tenant,
            customerReference: String(number),
            conversation: asked.conversation,
            orderType: .ethernet,
            quote: quote,
            address: address,
            specification: specification,
            contact: contact,
            visitNeed: .notNeeded,
            requestedCompletionDate: date,
            partner: partner,
            pace: pace
        )
    }
}
