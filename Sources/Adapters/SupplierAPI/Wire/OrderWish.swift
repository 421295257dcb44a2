import Domain
import Engine
import Formats
import FoundationEssentials

/// An order as it came to the operator, understood but not yet accepted (F-020, G-053, G-054).
struct OrderWish: Sendable {
    let number: Int
    let type: OrderType
    /// Of a line to be provided.
    let premises: (address: PremisesAddress, specification: ServiceSpecification)?
    /// Of a live line.
    let service: ServiceID?
    let characteristics: [Characteristic]
    let contact: Contact?
    let secondaryContact: Contact?
    let appointmentKey: String?
    let requestedCompletionDate: CivilDate?
    let engineerTasks: [EngineerTask]
    let site: SiteNotes

    init(reading body: [UInt8]) throws {
        self = try WholesaleReading.read(body) { object in
            let number = object.requiredInteger("id", range: WholesaleLimits.numbers)
            let type = object.requiredChoice("orderType", from: OrderType.orderable.map(\.rawValue))
                .flatMap(OrderType.init)
            let wish: OrderWish? =
                switch type?.work {
                // A type that nobody knows is reported, and the rest is read as of a line to be provided.
                case .provide, .ethernet, nil: Self.provide(object, number, type)
                case .modify: Self.modify(object, number)
                case .cease: Self.cease(object, number)
                }
            return wish
        }
    }

    private init(
        number: Int,
        type: OrderType,
        premises: (PremisesAddress, ServiceSpecification)? = nil,
        service: ServiceID? = nil,
        characteristics: [Characteristic] = [],
        contact: Contact?,
        secondaryContact: Contact? = nil,
        appointmentKey: String? = nil,
        requestedCompletionDate: CivilDate?,
        engineerTasks: [EngineerTask] = [],
        site: SiteNotes
    ) {
        self.number = number
        self.type = type
        self.premises = premises
        self.service = service
        self.characteristics = characteristics
        self.contact = contact
        self.secondaryContact = secondaryContact
        self.appointmentKey = appointmentKey
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
    }

    private static func provide(_ object: ObjectReader, _ number: Int?, _ type: OrderType?) -> OrderWish? {
        let address = WholesaleReading.address(object.requiredObject("address"))
        let item = object.requiredObject("serviceOrderItem")
        let specification = WholesaleReading.specification(item?.requiredObject("serviceSpecification"))
        let characteristics = WholesaleReading.characteristics(item?.optionalObjects("serviceCharacteristics"))
        let contact = WholesaleReading.contact(object.requiredObject("primaryContact"))
        let secondary = WholesaleReading.contact(object.optionalObject("secondaryContact"))
        let key = WholesaleReading.appointmentKey(object)
        let requested = WholesaleReading.date(object.optionalDate("requestedCompletionDate"))
        let tasks = WholesaleReading.engineerTasks(object) ?? []
        let site = WholesaleReading.site(object)
        guard let number, let type, let address, let specification, let contact else { return nil }
        return OrderWish(
            number: number,
            type: type,
            premises: (address, specification),
            characteristics: characteristics,
            contact: contact,
            secondaryContact: secondary,
            appointmentKey: key,
            requestedCompletionDate: requested,
            engineerTasks: tasks,
            site: site
        )
    }

    private static func modify(_ object: ObjectReader, _ number: Int?) -> OrderWish? {
        let service = object.requiredString("serviceId", length: WholesaleLimits.reference)
        let wanted = object.requiredObjects("serviceCharacteristics", count: WholesaleLimits.elements)
        let characteristics = WholesaleReading.characteristics(wanted)
        let contact = WholesaleReading.contact(object.optionalObject("primaryContact"))
        let secondary = WholesaleReading.contact(object.optionalObject("secondaryContact"))
        let key = WholesaleReading.appointmentKey(object)
        let requested = WholesaleReading.date(object.optionalDate("requestedCompletionDate"))
        let tasks = WholesaleReading.engineerTasks(object) ?? []
        let site = WholesaleReading.site(object)
        guard let number, let service else { return nil }
        return OrderWish(
            number: number,
            type: .modify,
            service: ServiceID(service),
            characteristics: characteristics,
            contact: contact,
            secondaryContact: secondary,
            appointmentKey: key,
            requestedCompletionDate: requested,
            engineerTasks: tasks,
            site: site
        )
    }

    private static func cease(_ object: ObjectReader, _ number: Int?) -> OrderWish? {
        let service = object.requiredString("serviceId", length: WholesaleLimits.reference)
        let requested = WholesaleReading.date(object.requiredDate("requestedCompletionDate"))
        let contact = WholesaleReading.contact(object.optionalObject("primaryContact"))
        let notes = object.optionalString("notes", length: WholesaleLimits.note)
        guard let number, let service, let requested else { return nil }
        return OrderWish(
            number: number,
            type: .cease,
            service: ServiceID(service),
            contact: contact,
            requestedCompletionDate: requested,
            site: SiteNotes(notes: notes)
        )
    }
}
