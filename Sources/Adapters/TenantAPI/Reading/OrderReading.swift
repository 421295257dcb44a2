import Domain
import Engine
import Formats
import FoundationEssentials

/// Reads an order of any type (F-020, G-050 to G-054): each problem is reported with its pointer.
struct OrderReading {
    let reader: ObjectReader
    let reading: TenantReading
    let terms: TenantTerms
    let suppliers: Suppliers
    let today: CivilDate

    /// One of a type that nobody knows is reported, and the rest is checked as a provide order's (decision 38).
    func order() throws -> OrderRequest? {
        let type = reader.requiredChoice("orderType", from: OrderType.orderable.map(\.rawValue))
            .flatMap(OrderType.init)
        let request: OrderRequest? =
            switch type?.work {
            case .provide, .ethernet, nil: try provide(ProvideType(type))
            case .modify: try modify()
            case .cease: try cease()
            }
        if let request, reading.problems.isEmpty {
            for problem in request.problems(on: today) {
                reading.problems.report(.rule, at: problem.pointer, problem.message)
            }
        }
        return request
    }

    private func provide(_ type: ProvideType?) throws -> OrderRequest? {
        let supplier = try orderingSupplier()
        let address = reader.address("address", reading)
        let item = reader.requiredObject("serviceOrderItem")
        let specification = item?.specification(reading)
        let characteristics = item?.characteristics("serviceCharacteristics", atLeast: 0, reading)
        reading.close(item)
        item?.check(characteristics, at: "serviceCharacteristics", by: supplier?.rules.orders)
        let primaryContact = reader.contact("primaryContact", reading)
        let secondaryContact = reader.optionalContact("secondaryContact", reading)
        let visit = visit()
        let tasks = reader.engineerTasks()
        let site = reader.site()
        guard let type, let supplier, let address, let specification, let characteristics, let primaryContact else {
            return nil
        }
        return .provide(
            ProvideRequest(
                type: type,
                supplier: supplier.id,
                address: address,
                specification: specification,
                characteristics: characteristics,
                primaryContact: primaryContact,
                secondaryContact: secondaryContact,
                reservation: visit.reservation,
                requestedCompletionDate: visit.completion,
                engineerTasks: tasks,
                site: site
            )
        )
    }

    private func modify() throws -> OrderRequest? {
        let supplier = try orderingSupplier()
        let service = reader.requiredString("serviceId", length: 1...50)
        let characteristics = reader.characteristics("serviceCharacteristics", atLeast: 1, reading)
        reader.check(characteristics, at: "serviceCharacteristics", by: supplier?.rules.orders)
        let primaryContact = reader.optionalContact("primaryContact", reading)
        let secondaryContact = reader.optionalContact("secondaryContact", reading)
        let visit = visit()
        let tasks = reader.engineerTasks()
        let site = reader.site()
        guard let supplier, let service, let characteristics else { return nil }
        return .modify(
            ModifyRequest(
                supplier: supplier.id,
                serviceID: ServiceID(service),
                characteristics: characteristics,
                primaryContact: primaryContact,
                secondaryContact: secondaryContact,
                reservation: visit.reservation,
                requestedCompletionDate: visit.completion,
                engineerTasks: tasks,
                site: site
            )
        )
    }

    private func cease() throws -> OrderRequest? {
        let supplier = try orderingSupplier()
        let service = reader.requiredString("serviceId", length: 1...50)
        let date = reader.requiredDate("requestedCompletionDate").flatMap { CivilDate($0.description) }
        refusePast(date)
        let reason = reader.optionalString("reason", length: 1...30, pattern: .reasonCode)
        let primaryContact = reader.optionalContact("primaryContact", reading)
        let notes = reader.optionalString("notes", length: 1...1_000)
        guard let supplier, let service, let date else { return nil }
        return .cease(
            CeaseRequest(
                supplier: supplier.id,
                serviceID: ServiceID(service),
                requestedCompletionDate: date,
                reason: reason,
                primaryContact: primaryContact,
                notes: notes
            )
        )
    }

    /// A supplier that takes orders.
    private func orderingSupplier() throws -> Suppliers.Supplier? {
        guard let supplier = reader.supplier(of: terms, among: suppliers) else { return nil }
        guard supplier.contracts[.orders] != nil else {
            throw Rejection(.notOffered, "\(supplier.id) takes no orders.")
        }
        return supplier
    }

    /// The reservation and the date: both are allowed, and then the appointment decides.
    private func visit() -> (reservation: ID<Reservation>?, completion: CivilDate?) {
        let reservation = reader.id("appointmentReservationId", of: Reservation.self)
        let completion = reader.day("requestedCompletionDate")
        refusePast(completion)
        if reservation != nil, completion != nil {
            reading.warn("requestedCompletionDate is ignored: the appointment decides")
        }
        return (reservation, completion)
    }

    private func refusePast(_ date: CivilDate?) {
        guard let date, date < today else { return }
        reader.report(.outOfRange, "requestedCompletionDate", "is in the past")
    }
}

extension ProvideType {
    /// `nil` for what provides no line.
    init?(_ type: OrderType?) {
        guard let type, let provide = ProvideType(rawValue: type.rawValue) else { return nil }
        self = provide
    }
}
