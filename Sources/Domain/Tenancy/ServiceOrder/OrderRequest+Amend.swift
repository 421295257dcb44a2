import FoundationEssentials

/// How an amendment changes each type of order (F-030, G-056, G-057).
extension OrderRequest {
    /// What is wrong with it; with pointers, all at once.
    func problems(with changes: OrderChanges, visit: BookedVisit?, on today: CivilDate) -> [Rejection.Problem] {
        var problems: [Rejection.Problem] = []
        if changes.isEmpty, visit == nil { problems.append(Rejection.Problem("", "must change something")) }
        if let date = changes.requestedCompletionDate, date < today {
            problems.append(Rejection.Problem("/requestedCompletionDate", "is in the past"))
        }
        let contacts = [
            ("primaryContact", primaryContact, changes.primaryContact),
            ("secondaryContact", secondaryContact, changes.secondaryContact),
        ]
        for (name, contact, change) in contacts {
            for member in change?.missing(for: contact) ?? [] {
                problems.append(Rejection.Problem("/\(name)/\(member)", "is missing: there is no \(name) to change"))
            }
        }
        return problems
    }

    /// Why its sort cannot be amended at all; `nil` where it can.
    var obstacleToAmendment: String? {
        switch self {
        case .provide, .modify, .cease: nil
        case .unsolicitedCease: "is of a cease that you did not ask for: it can only be cancelled"
        case .ethernet: "is of an ethernet order: it can only be cancelled"
        }
    }

    /// Whether a reason is one for this type of order (F-032).
    func takes(_ reason: CancellationReason) -> Bool {
        switch self {
        case .provide, .modify, .cease, .ethernet: !reason.isCancelOther
        case .unsolicitedCease: reason.isCancelOther
        }
    }

    mutating func apply(_ changes: OrderChanges, visit: BookedVisit?) {
        switch self {
        case .provide(var order):
            order.characteristics = order.characteristics.merged(with: changes.characteristics)
            order.primaryContact =
                Contact.merged(order.primaryContact, changes.primaryContact) ?? order.primaryContact
            order.secondaryContact = Contact.merged(order.secondaryContact, changes.secondaryContact)
            order.reservation = visit?.reservation ?? order.reservation
            order.requestedCompletionDate = changes.requestedCompletionDate ?? order.requestedCompletionDate
            order.engineerTasks = changes.engineerTasks ?? order.engineerTasks
            order.site = order.site.merged(with: changes.site)
            self = .provide(order)

        case .modify(var order):
            order.characteristics = order.characteristics.merged(with: changes.characteristics)
            order.primaryContact = Contact.merged(order.primaryContact, changes.primaryContact)
            order.secondaryContact = Contact.merged(order.secondaryContact, changes.secondaryContact)
            order.reservation = visit?.reservation ?? order.reservation
            order.requestedCompletionDate = changes.requestedCompletionDate ?? order.requestedCompletionDate
            order.engineerTasks = changes.engineerTasks ?? order.engineerTasks
            order.site = order.site.merged(with: changes.site)
            self = .modify(order)

        case .cease(var order):
            order.requestedCompletionDate = changes.requestedCompletionDate ?? order.requestedCompletionDate
            order.notes = changes.site.notes ?? order.notes
            self = .cease(order)

        case .unsolicitedCease, .ethernet: break
        }
    }

    private var primaryContact: Contact? {
        switch self {
        case .provide(let request): request.primaryContact
        case .modify(let request): request.primaryContact
        case .cease(let request): request.primaryContact
        case .unsolicitedCease, .ethernet: nil
        }
    }

    private var secondaryContact: Contact? {
        switch self {
        case .provide(let request): request.secondaryContact
        case .modify(let request): request.secondaryContact
        case .cease, .unsolicitedCease, .ethernet: nil
        }
    }
}
