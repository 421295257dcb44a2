import Domain
import Engine
import Formats
import FoundationEssentials

/// An update as it came, understood: what it says, and of which entity.
struct ReceivedUpdate: Sendable {
    enum Subject: Sendable { case order, unsolicitedCease, test, problem }

    /// What only updates have.
    enum Limits {
        /// Of a test's result: the supplier's word.
        static let resultCode = 3...50
        static let unit = 1...20
    }

    let subject: Subject
    /// Under which name the entity came.
    let member: String
    /// The gateway's own number for it.
    let number: Int64?
    let tenant: TenantID?
    let news: SupplierNews
    /// The cease that it tells of, if it is CREATED: then there may be no order yet.
    let created: UnsolicitedCeaseNews?
    /// What was read leniently, for a person to find.
    let warnings: [String]

    /// - Parameter resolution: the number that a resolution gets, if the update brings one.
    init(reading body: [UInt8], resolution: ID<Resolution>, at now: Date) throws {
        self = try WholesaleReading.read(body) { Self.understand($0, resolution, at: now) }
    }

    private init(
        subject: Subject,
        member: String,
        number: Int64?,
        tenant: TenantID?,
        news: SupplierNews,
        created: UnsolicitedCeaseNews?,
        warnings: [String]
    ) {
        self.subject = subject
        self.member = member
        self.number = number
        self.tenant = tenant
        self.news = news
        self.created = created
        self.warnings = warnings
    }

    /// Whom the news is for. Absent and another's read the same (404).
    func target(of supplier: SupplierID, in change: Change) throws -> Telling {
        let absent = Rejection(.notFound, "There is no such entity.")
        switch subject {
        case .order, .unsolicitedCease:
            let found = try find(ServiceOrder.self, by: "supplierOrderNumber", of: supplier, in: change)
            guard let found, found.request.supplier == supplier, tenant == nil || tenant == found.tenant else {
                throw absent
            }
            guard member == found.request.type.updateMember else {
                throw contradiction("Order \(found.id) is \(found.request.type.rawValue): it is no \(member).")
            }
            return .serviceOrder(id: found.id, input: .supplierUpdated(news))
        case .test:
            let found = try find(ServiceTest.self, by: "supplierReference", of: supplier, in: change)
            guard let found, found.request.supplier == supplier, tenant == nil || tenant == found.tenant else {
                throw absent
            }
            return .serviceTest(id: found.id, input: .supplierUpdated(news))
        case .problem:
            let key = ServiceProblem.supplierReferenceLookup
            let found = try find(ServiceProblem.self, by: key, of: supplier, in: change)
            guard let found, found.report.supplier == supplier, tenant == nil || tenant == found.tenant else {
                throw absent
            }
            return .serviceProblem(id: found.id, input: .supplierUpdated(news))
        }
    }

    /// By the gateway's number, or by the supplier's reference; where there are both, they must be one entity's.
    private func find<A: Aggregate>(
        _ type: A.Type,
        by key: String,
        of supplier: SupplierID,
        in change: Change
    ) throws -> A? {
        let named =
            try news.supplierReference.map {
                try change.find(type, by: key, KeyParts.joined(supplier.rawValue, $0), limit: 2)
            } ?? []
        guard let number else {
            guard named.count < 2 else {
                throw contradiction("The reference is that of more than one: name it by its id.")
            }
            return named.first
        }
        guard named.isEmpty || named.contains(where: { $0.id.number == number }) else {
            // An entity that isn't there is absent, whatever else is said of it.
            guard let found = try change.find(ID<A>(number)) else { return nil }
            throw contradiction("The reference is not that of \(found.id), but of another.")
        }
        return try change.find(ID<A>(number))
    }

    private func contradiction(_ words: String) -> Rejection {
        Rejection(.invalid, "The update contradicts itself.", problems: [.init("/\(member)", words)])
    }
}

extension OrderType {
    /// Under which name an update has such an order (G-092).
    fileprivate var updateMember: String {
        switch self {
        case .new, .start, .takeover, .transfer, .swap: "provideServiceOrder"
        case .modify: "modifyServiceOrder"
        case .cease: "ceaseServiceOrder"
        case .unsolicitedCease: "unsolicitedCeaseServiceOrder"
        case .ethernet: "provideEthernetServiceOrder"
        }
    }
}

extension ReceivedUpdate {
    /// The entities that an update may be about; exactly one is there (G-092).
    private static let subjects: [(member: String, subject: Subject?)] = [
        ("provideServiceOrder", .order), ("modifyServiceOrder", .order), ("ceaseServiceOrder", .order),
        ("provideEthernetServiceOrder", .order),
        ("unsolicitedCeaseServiceOrder", .unsolicitedCease), ("serviceTest", .test), ("serviceProblem", .problem),
        ("reportableIncident", nil),
    ]

    private static func understand(
        _ object: ObjectReader,
        _ resolution: ID<Resolution>,
        at now: Date
    ) -> ReceivedUpdate? {
        let id = object.requiredString("id", length: 36...36, pattern: .uuid)
        let sequence = object.optionalInteger("sequenceNumber", range: WholesaleLimits.numbers)
        let issuedOn = object.requiredDateTime("issuedOn")
        let reason = object.requiredEnum("reasonCode", as: SupplyUpdate.Reason.self)
        let present = subjects.filter { object.has($0.member) }
        guard present.count == 1, let only = present.first else {
            let names = subjects.map(\.member).joined(separator: ", ")
            object.problems.report(.rule, at: "", "must have exactly one of: \(names)")
            return nil
        }
        guard let subject = only.subject else {
            object.report(.notAllowed, only.member, "is not taken from this supplier")
            return nil
        }
        let entity = object.requiredObject(only.member)
        let problemCode = object.optionalString("problemCode", length: WholesaleLimits.reference)
        let text = object.optionalString("text", length: WholesaleLimits.note)
        // `supplierCode` is deprecated, and read all the same (G-092).
        let few = WholesaleLimits.remarks
        let codes =
            object.optionalStrings("supplierCodes", count: few, length: WholesaleLimits.reference)
            ?? object.optionalString("supplierCode", length: WholesaleLimits.reference).map { [$0] } ?? []
        let notes = object.optionalStrings("notes", count: few, length: WholesaleLimits.note) ?? []
        let numbers = WholesaleLimits.numbers
        let amendment = object.optionalInteger("serviceOrderAmendmentId", range: numbers)
        let cancellation = object.optionalInteger("serviceOrderCancellationId", range: numbers)
        let problemAmendment = object.optionalInteger("serviceProblemAmendmentId", range: numbers)
        let problemCancellation = object.optionalInteger("serviceProblemCancellationId", range: numbers)
        guard let id, let issuedOn, let reason, let entity else { return nil }
        var news = SupplierNews(
            message: MessageID(id),
            sequence: sequence.map(Int64.init),
            reason: reason,
            issuedOn: issuedOn,
            receivedOn: now,
            problemCode: problemCode,
            text: text,
            supplierCodes: codes,
            notes: notes
        )
        news.amendment = amendment.map { ID(Int64($0)) }
        news.cancellation = cancellation.map { ID(Int64($0)) }
        news.problemAmendment = problemAmendment.map { ID(Int64($0)) }
        news.problemCancellation = problemCancellation.map { ID(Int64($0)) }
        let number = entity.optionalInteger("id", range: WholesaleLimits.numbers)
        let tenant = entity.optionalString("tenant", length: WholesaleLimits.tenant)
        var warnings: [String] = []
        read(entity, subject, resolution, into: &news, &warnings)
        let created = subject == .unsolicitedCease && reason == .created ? UnsolicitedCeaseNews(entity, news) : nil
        if number == nil, news.supplierReference == nil {
            entity.report(.missing, "id", "is missing, and so is the supplier's reference")
        }
        return ReceivedUpdate(
            subject: subject,
            member: only.member,
            number: number.map(Int64.init),
            tenant: tenant.map { TenantID($0) },
            news: news,
            created: created,
            warnings: warnings
        )
    }

    /// What the representation of the entity says.
    private static func read(
        _ entity: ObjectReader,
        _ subject: Subject,
        _ resolution: ID<Resolution>,
        into news: inout SupplierNews,
        _ warnings: inout [String]
    ) {
        let status = entity.optionalString("status", length: WholesaleLimits.reference)
        news.ending = status.flatMap { SupplierNews.Ending(rawValue: $0) }
        switch subject {
        case .order, .unsolicitedCease:
            news.supplierReference = entity.optionalName("supplierOrderReference", length: WholesaleLimits.reference)
            news.committedDate = WholesaleReading.date(entity.optionalDate("committedDate"))
            news.targetDate = WholesaleReading.date(entity.optionalDate("targetDate"))
            let item = entity.optionalObject("serviceOrderItem")
            let characteristics = WholesaleReading.characteristics(item?.optionalObjects("serviceCharacteristics"))
            let named = characteristics.last { $0.name == "SERVICE_ID" }?.value
            let said = entity.optionalString("serviceId", length: WholesaleLimits.reference)
            news.serviceID = (named ?? said).map { ServiceID($0) }
            if subject == .unsolicitedCease, news.reason != .created {
                // Nothing comes of it any more, but what is there must be right.
                _ = (
                    entity.optionalDate("requestedCeaseDate"),
                    entity.optionalString("reason", length: WholesaleLimits.reference)
                )
            }
            if news.reason == .completed, news.serviceID == nil {
                warnings.append("COMPLETED names no service: no SERVICE_ID, no serviceId (§3.1)")
            }
        case .test:
            news.supplierReference = entity.optionalName("supplierReference", length: WholesaleLimits.reference)
            news.result = entity.optionalObject("result").flatMap(result)
        case .problem:
            news.supplierReference = entity.optionalName("supplierReference", length: WholesaleLimits.reference)
            news.problem = ProblemNews(reading: entity, status: status, as: resolution, &warnings)
            if news.reason == .confirm, !entity.has("resolution") {
                entity.report(.missing, "resolution", "is missing, and CONFIRM is about one")
            }
        }
    }

    /// The result in the answer to a test, where the supplier tests while we wait.
    static func result(inAnswer value: JSONValue) -> TestResult? {
        guard value.kind == .object else { return nil }
        let problems = Problems()
        let result = result(ObjectReader(value, at: "/result", problems: problems))
        return problems.isEmpty ? result : nil
    }

    /// G-103.
    private static func result(_ object: ObjectReader) -> TestResult? {
        let outcome = object.requiredEnum("outcome", as: TestResult.Outcome.self)
        let code = object.requiredString("code", length: Limits.resultCode)
        let text = object.optionalString("text", length: WholesaleLimits.note) ?? ""
        let raiseProblem = object.requiredBool("raiseProblem")
        let validUntil = object.optionalDateTime("validUntil")
        let measures = (object.optionalObjects("measures") ?? []).compactMap { measure -> TestResult.Measure? in
            let name = measure.requiredString("name", length: WholesaleLimits.name)
            let value = measure.requiredString("value", length: WholesaleLimits.name)
            let unit = measure.optionalString("unit", length: Limits.unit)
            let capturedAt = measure.requiredDateTime("capturedAt")
            guard let name, let value, let capturedAt else { return nil }
            return TestResult.Measure(name: name, value: value, unit: unit, capturedAt: capturedAt)
        }
        guard let outcome, let code, let raiseProblem else { return nil }
        return TestResult(
            outcome: outcome,
            code: code,
            text: text,
            raiseProblem: raiseProblem,
            validUntil: validUntil,
            measures: measures
        )
    }
}
