import Domain
import Engine
import FoundationEssentials

/// What an order is about, as the operator's own books have it.
struct OrderedLine: Sendable {
    let premises: Town.Premises
    let address: PremisesAddress
    let specification: ServiceSpecification
    /// Of whoever ordered the line that is there, if this operator provided it.
    let contact: Contact?
}

extension OrderWish {
    /// The line that the order wants, or is about; or the operator's reasons to refuse it, all at once (G-091: 422).
    func line(for asked: CustomerRequest, in book: AppointmentBook, _ change: Change) throws -> OrderedLine {
        var problems: [Rejection.Problem] = []
        let line =
            if let premises {
                new(premises.address, premises.specification, in: book.town, &problems)
            } else {
                try live(for: asked, in: book, change, &problems)
            }
        if let requestedCompletionDate, requestedCompletionDate < LondonTime.day(at: change.now) {
            problems.append(.init("/requestedCompletionDate", "The date is in the past."))
        }
        guard problems.isEmpty, let line else {
            throw Rejection(.invalid, "The order cannot be accepted.", problems: problems)
        }
        return line
    }

    private func new(
        _ address: PremisesAddress,
        _ specification: ServiceSpecification,
        in town: Town,
        _ problems: inout [Rejection.Problem]
    ) -> OrderedLine? {
        let premises = address.uprn.flatMap { town.premises(uprn: $0) }
        // Where a service lives there is a line in the wall, to be taken over; not a place for a new one.
        if premises == nil || premises?.isInFootprint == false && !type.needsExistingLine {
            problems.append(.init("/address", "This address cannot be connected."))
        }
        if !town.sells(specification.id) {
            problems.append(.init("/serviceOrderItem/serviceSpecification/id", "There is no such product."))
        }
        if type.needsExistingLine, !characteristics.namesAnExistingLine {
            problems.append(
                .init(
                    "/serviceOrderItem/serviceCharacteristics",
                    "\(type.rawValue) needs ONT_REFERENCE and ONT_PORT, or LINE_ID."
                )
            )
        }
        return premises.map {
            OrderedLine(premises: $0, address: address, specification: specification, contact: nil)
        }
    }

    /// A service that another customer had connected is as absent as one that never was.
    private func live(
        for asked: CustomerRequest,
        in book: AppointmentBook,
        _ change: Change,
        _ problems: inout [Rejection.Problem]
    ) throws -> OrderedLine? {
        guard let service, let premises = try book.premises(of: service, in: change) else {
            problems.append(.init("/serviceId", "There is no such live service."))
            return nil
        }
        let founder = try book.order(thatMade: service, in: change)
        if let founder, founder.request.customer != asked.customer || !founder.request.tenant.isExactly(asked.tenant) {
            problems.append(.init("/serviceId", "There is no such live service."))
            return nil
        }
        if try !change.find(SupplyOrder.self, by: SupplyOrder.ceaseLookup, service.rawValue, limit: 1).isEmpty {
            problems.append(.init("/serviceId", "A cease of this service is under way."))
        }
        let known = contact ?? founder?.request.contact
        if appointmentKey != nil, known == nil {
            problems.append(.init("/primaryContact", "An engineer must know whom to ask for."))
        }
        return OrderedLine(
            premises: premises,
            address: PremisesAddress(identifier: .init(id: String(premises.uprn), type: "UPRN")),
            specification: founder?.request.specification ?? ServiceSpecification(id: book.town.products.first ?? ""),
            contact: known
        )
    }

    /// Whoever has the line that is named hears of its end, if this operator made it for somebody else (G-052).
    func endLine(
        takenBy taker: SupplyOrder,
        as id: ID<SupplyOrder>,
        in book: AppointmentBook,
        _ change: inout Change
    ) throws {
        guard let line = characteristics["LINE_ID"].map({ ServiceID($0) }),
            let loser = try book.order(thatMade: line, in: change), loser.isDone,
            loser.request.customer != taker.request.customer || !loser.request.tenant.isExactly(taker.request.tenant),
            try change.find(SupplyOrder.self, by: SupplyOrder.ceaseLookup, line.rawValue, limit: 1).isEmpty
        else { return }
        let (cease, effects) = loser.cease(id, for: taker, at: change.now)
        try change.found(cease, effects)
        try change.decide(taker.id) { order, _ in order.take(over: id) }
    }

    func request(
        _ asked: CustomerRequest,
        _ line: OrderedLine,
        _ visit: SupplyRequest.AgreedVisit?,
        partner: PartnerID,
        pace: Pace
    ) -> SupplyRequest {
        SupplyRequest(
            customer: asked.customer,
            tenant: asked.tenant,
            customerReference: String(number),
            conversation: asked.conversation,
            orderType: type,
            service: service,
            address: line.address,
            addressLines: line.premises.lines,
            postcode: line.premises.postcode,
            specification: line.specification,
            characteristics: characteristics,
            contact: contact ?? line.contact,
            secondaryContact: secondaryContact,
            // A line that is in the wall is switched from afar, unless a visit was agreed all the same (G-051).
            visitNeed: type == .new ? .needed : .notNeeded,
            visit: visit,
            requestedCompletionDate: requestedCompletionDate,
            engineerTasks: engineerTasks,
            site: site,
            partner: partner,
            pace: pace
        )
    }
}
