import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /service-orders`: a customer orders a line, and the operator takes the order on at once (G-091: 201).
    ///
    /// The appointment's key is used in the same commit: from then on the visit is agreed (decision 2).
    @Sendable func placeSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "PlaceSupplyOrder") { asked in
            let wish = try OrderWish(reading: asked.body)
            let id = try await exchange.draw(SupplyOrder.self)
            let (book, partner, pace) = (book, partner, pace())
            return try await answer(asked) { change in
                let premises = try wish.check(in: book.town, at: change.now)
                let visit = try wish.visit(of: asked.owner, for: id, at: premises.uprn, from: book, in: &change)
                var order = SupplyOrder(
                    id: id,
                    request: wish.request(asked, premises, visit, partner: partner, pace: pace),
                    at: change.now
                )
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

/// An order as it came, understood but not yet accepted.
struct OrderWish: Sendable {
    let number: Int
    let address: PremisesAddress
    let specification: ServiceSpecification
    let characteristics: [Characteristic]
    let contact: Contact
    let secondaryContact: Contact?
    let appointmentKey: String?
    let requestedCompletionDate: CivilDate?
    let engineerTasks: [EngineerTask]
    let site: SiteNotes

    init(reading body: [UInt8]) throws {
        let (wish, type) = try Self.understand(body)
        guard type == "NEW" else { throw APIError.notImplemented("orderType \(type)") }
        self = wish
    }

    private static func understand(_ body: [UInt8]) throws -> (OrderWish, type: String) {
        try WholesaleReading.read(body) { object in
            let number = object.requiredInteger("id", range: 1...9_999_999_999_999_999)
            let type = object.requiredChoice("orderType", from: types)
            let address = WholesaleReading.address(object.requiredObject("address"))
            let item = object.requiredObject("serviceOrderItem")
            let specification = WholesaleReading.specification(item?.requiredObject("serviceSpecification"))
            let characteristics = WholesaleReading.characteristics(item?.optionalObjects("serviceCharacteristics"))
            let contact = WholesaleReading.contact(object.requiredObject("primaryContact"))
            let secondary = WholesaleReading.contact(object.optionalObject("secondaryContact"))
            let key = object.optionalString("appointmentSupplierReference", length: 1...50)
            let requested = WholesaleReading.date(object.optionalDate("requestedCompletionDate"))
            let tasks = (object.optionalStrings("engineerTasks") ?? []).compactMap { EngineerTask(rawValue: $0) }
            let site = SiteNotes(
                hazards: object.optionalString("hazards", length: 1...1000),
                onSiteRestrictions: object.optionalString("onSiteRestrictions", length: 1...1000),
                notes: object.optionalString("notes", length: 1...1000)
            )
            guard let number, let type, let address, let specification, let contact else { return nil }
            let wish = OrderWish(
                number: number,
                address: address,
                specification: specification,
                characteristics: characteristics,
                contact: contact,
                secondaryContact: secondary,
                appointmentKey: key,
                requestedCompletionDate: requested,
                engineerTasks: tasks,
                site: site
            )
            return (wish, type)
        }
    }

    /// The contract's order types (G-050), of which this operator takes NEW.
    private static let types = ["NEW", "START", "TAKEOVER", "TRANSFER", "SWAP", "MODIFY", "CEASE"]

    private init(
        number: Int,
        address: PremisesAddress,
        specification: ServiceSpecification,
        characteristics: [Characteristic],
        contact: Contact,
        secondaryContact: Contact?,
        appointmentKey: String?,
        requestedCompletionDate: CivilDate?,
        engineerTasks: [EngineerTask],
        site: SiteNotes
    ) {
        self.number = number
        self.address = address
        self.specification = specification
        self.characteristics = characteristics
        self.contact = contact
        self.secondaryContact = secondaryContact
        self.appointmentKey = appointmentKey
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
    }

    /// The operator's reasons to refuse it, all at once (G-091: 422).
    func check(in town: Town, at now: Date) throws -> Town.Premises {
        var problems: [Rejection.Problem] = []
        let premises = address.uprn.flatMap { town.premises(uprn: $0) }
        if premises?.isInFootprint != true { problems.append(.init("/address", "This address cannot be connected.")) }
        if !town.sells(specification.id) {
            problems.append(.init("/serviceOrderItem/serviceSpecification/id", "There is no such product."))
        }
        if let requestedCompletionDate, requestedCompletionDate < LondonTime.day(at: now) {
            problems.append(.init("/requestedCompletionDate", "The date is in the past."))
        }
        guard problems.isEmpty, let premises else {
            throw Rejection(.invalid, "The order cannot be accepted.", problems: problems)
        }
        return premises
    }

    /// Uses the key, if there is one.
    func visit(
        of owner: Owner,
        for order: ID<SupplyOrder>,
        at uprn: Int64,
        from book: AppointmentBook,
        in change: inout Change
    ) throws -> SupplyRequest.AgreedVisit? {
        guard let appointmentKey else { return nil }
        let user = EntityRef(kind: .supplyOrder, number: order.number)
        do {
            let used = try book.use(
                key: appointmentKey,
                purpose: .provide,
                of: owner,
                at: uprn,
                by: user,
                in: &change
            )
            return SupplyRequest.AgreedVisit(appointment: used.id, key: used.key, slot: used.slot)
        } catch let refusal as Rejection {
            let problem = Rejection.Problem("/appointmentSupplierReference", refusal.message)
            throw Rejection(refusal.code, refusal.message, problems: [problem])
        }
    }

    func request(
        _ asked: CustomerRequest,
        _ premises: Town.Premises,
        _ visit: SupplyRequest.AgreedVisit?,
        partner: PartnerID,
        pace: Pace
    ) -> SupplyRequest {
        SupplyRequest(
            customer: asked.customer,
            tenant: asked.tenant,
            customerReference: String(number),
            conversation: asked.conversation,
            address: address,
            addressLines: premises.lines,
            postcode: premises.postcode,
            specification: specification,
            characteristics: characteristics,
            contact: contact,
            secondaryContact: secondaryContact,
            visit: visit,
            requestedCompletionDate: requestedCompletionDate,
            engineerTasks: engineerTasks,
            site: site,
            partner: partner,
            pace: pace
        )
    }
}
