import Domain
import Engine
import Formats
import FoundationEssentials

/// A fault as it was reported (G-110).
struct FaultWish: Sendable {
    private let number: Int
    private let problemType: ProblemType
    private let text: String
    let service: ServiceID
    private let test: Int?
    private let characteristics: [Characteristic]
    private let primaryContact: Contact
    private let secondaryContact: Contact?
    let appointmentKey: String?
    private let parent: Int?
    private let site: SiteNotes

    init(reading body: [UInt8]) throws { self = try WholesaleReading.read(body) { Self($0) } }

    private init?(_ object: ObjectReader) {
        let numbers = WholesaleLimits.numbers
        let number = object.requiredInteger("id", range: numbers)
        let problemType = object.requiredEnum("problemType", as: ProblemType.self)
        let text = object.requiredString("problemText", length: WholesaleLimits.problemText)
        let service = object.requiredString("serviceId", length: WholesaleLimits.reference)
        _ = WholesaleReading.specification(object.requiredObject("serviceSpecification"))
        // What a person may want to know: the service decides where it is (decision 28), and the number whose it is.
        _ = WholesaleReading.address(object.optionalObject("address"))
        _ = object.optionalString("externalIdentifier", length: WholesaleLimits.name)
        test = object.optionalInteger("serviceTestId", range: numbers)
        characteristics = WholesaleReading.characteristics(object.optionalObjects("characteristics"))
        let primaryContact = WholesaleReading.contact(object.requiredObject("primaryContact"))
        secondaryContact = WholesaleReading.contact(object.optionalObject("secondaryContact"))
        appointmentKey = WholesaleReading.appointmentKey(object)
        parent = object.optionalInteger("parentServiceProblemId", range: numbers)
        site = WholesaleReading.site(object)
        guard let number, let problemType, let text, let service, let primaryContact else { return nil }
        self.number = number
        self.problemType = problemType
        self.text = text
        self.service = ServiceID(service)
        self.primaryContact = primaryContact
    }

    /// What a fault has one field for, and a customer several.
    private var description: String {
        [text, site.notes, site.hazards.map { "Hazards: \($0)" }].compactMap(\.self).joined(separator: "\n")
    }

    private var type: FaultType { FaultType(ProblemReport.FaultKind(problemType)) }

    /// All of the operator's reasons to refuse it at once, before any key is looked at (G-091: 422).
    func check(isServiceKnown: Bool) throws(Rejection) {
        var problems: [Rejection.Problem] = []
        if !isServiceKnown { problems.append(.init("/serviceId", "There is no such live service.")) }
        if type.requiresAppointment != (appointmentKey != nil) {
            let verb = type.requiresAppointment ? "is required" : "is not allowed"
            problems.append(.init("/appointmentSupplierReference", "\(verb) for \(problemType.rawValue)"))
        }
        guard problems.isEmpty else { throw Rejection(.invalid, "The fault cannot be accepted.", problems: problems) }
    }

    /// What the customer's own test of the line said. One that nobody knows was not run here.
    func triage(of asked: CustomerRequest, in change: Change) throws -> Triage {
        let value = LineTest.referenceKey(String(test ?? 0), of: asked.customer)
        let found = try change.find(LineTest.self, by: LineTest.customerReferenceLookup, value, limit: 1).first
        guard let found, found.tenant.isExactly(asked.tenant), case .completed(let result) = found.state else {
            return Triage(isComplete: false, findings: "No test run")
        }
        return Triage(isComplete: true, findings: "\(result.outcome.rawValue) \(result.code): \(result.text)")
    }

    /// G-118, with its gaps as decision 35 fills them.
    func claim(of asked: CustomerRequest, triage: Triage, at now: Date) -> FaultClaim {
        let reporter = TicketContact(primaryContact)
        return FaultClaim(
            buyer: .customer(account: FaultCustomer(asked.customer)),
            buyerIdentifier: asked.tenant,
            buyerReference: String(number),
            service: service,
            conversation: asked.conversation,
            parentReference: parent.map { String($0) },
            reporter: reporter,
            endUser: secondaryContact.map { TicketContact($0) },
            details: FaultDetails(
                description: description,
                type: type,
                started: characteristics["SERVICE_LAST_WORKED"].flatMap { Timestamp.parse($0) } ?? now,
                location: "Service \(service)",
                siteAccess: site.onSiteRestrictions ?? "None stated",
                siteContact: reporter,
                buyerTriage: triage
            ),
            priority: characteristics["CARE_LEVEL"].flatMap { Int($0) }
        )
    }
}
