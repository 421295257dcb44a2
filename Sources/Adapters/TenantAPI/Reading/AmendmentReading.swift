import Domain
import Formats
import FoundationEssentials

/// Reads an amendment as its order's type has it (F-030, G-056, X-41): each problem is reported with its pointer.
struct AmendmentReading {
    /// What is asked for, and of which order.
    struct Amendment: Sendable {
        let order: ServiceOrder
        let changes: OrderChanges
        let reservation: ID<Reservation>?
    }

    let reader: ObjectReader
    let reading: TenantReading
    /// `nil` if the body names no order of the tenant's: then the rest is checked as of a provide order.
    let order: ServiceOrder?
    /// Whether there was anywhere to look for the order.
    var isLookedUp = true

    func amendment() -> Amendment? {
        reader.checkOrder(order, isLookedUp: isLookedUp)
        var reservation: ID<Reservation>?
        let changes: OrderChanges
        switch order?.request {
        case .cease:
            changes = OrderChanges(
                requestedCompletionDate: reader.day("requestedCompletionDate"),
                site: SiteNotes(notes: reader.optionalString("notes", length: 1...1_000))
            )
        case .provide, .modify, .unsolicitedCease, .ethernet, nil:
            reservation = reader.id("appointmentReservationId", of: Reservation.self)
            changes = all()
        }
        if reservation != nil, changes.requestedCompletionDate != nil {
            reading.warn("requestedCompletionDate is ignored: the appointment decides")
        }
        if !members.contains(where: reader.has) {
            reading.problems.report(.missing, at: "", "must change something: \(members.joined(separator: ", "))")
        }
        return order.map { Amendment(order: $0, changes: changes, reservation: reservation) }
    }

    /// What can be amended.
    private var members: [String] {
        switch order?.request {
        case .cease: ["requestedCompletionDate", "notes"]
        case .provide, .modify, .unsolicitedCease, .ethernet, nil:
            [
                "serviceCharacteristics", "primaryContact", "secondaryContact", "appointmentReservationId",
                "requestedCompletionDate", "engineerTasks", "hazards", "onSiteRestrictions", "notes",
            ]
        }
    }

    private func all() -> OrderChanges {
        let wanted = reader.has("serviceCharacteristics")
        let tasks = reader.engineerTasks()
        return OrderChanges(
            characteristics: wanted ? reader.characteristics("serviceCharacteristics", atLeast: 1, reading) : nil,
            primaryContact: reader.contactChange("primaryContact", reading),
            secondaryContact: reader.contactChange("secondaryContact", reading),
            requestedCompletionDate: reader.day("requestedCompletionDate"),
            engineerTasks: reader.has("engineerTasks") ? tasks : nil,
            site: reader.site()
        )
    }
}

/// Reads a cancellation (F-032).
struct CancellationReading {
    struct Cancellation: Sendable {
        let order: ServiceOrder
        let reason: CancellationReason
        let text: String?
    }

    let reader: ObjectReader
    let reading: TenantReading
    let order: ServiceOrder?
    var isLookedUp = true

    func cancellation() -> Cancellation? {
        reader.checkOrder(order, isLookedUp: isLookedUp)
        let reason = reader.requiredEnum("reasonCode", as: CancellationReason.self)
        let text = reader.optionalString("text", length: 1...1_000)
        guard let order, let reason else { return nil }
        return Cancellation(order: order, reason: reason, text: text)
    }
}

extension ObjectReader {
    /// The order's number, and its supplier if one is named (X-49). Another tenant's order is as absent as one that never
    /// was.
    fileprivate func checkOrder(_ order: ServiceOrder?, isLookedUp: Bool) {
        let number = requiredInteger("orderId", range: 1...Int(ReadingLimits.idMax))
        let supplier = optionalString("supplier", length: 1...20, pattern: .supplier)
        if number != nil, order == nil, isLookedUp { report(.notAllowed, "orderId", "is no order of yours") }
        if let supplier, let order, SupplierID(supplier) != order.request.supplier {
            report(.notAllowed, "supplier", "is not the supplier of the order")
        }
    }
}
