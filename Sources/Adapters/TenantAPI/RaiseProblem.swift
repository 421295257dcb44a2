import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird

extension TenantAPI {
    /// `POST /v1/service-problems`: a tenant reports a problem with a live line (G-110, G-118).
    ///
    /// The appointment rule is the supplier's, applied here before anything is sent: an outage needs a reserved
    /// repair visit, everything else must have none.
    @Sendable func raiseProblem(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /service-problems", .problems, request, context) { call in
            let ((understood, supplier), warnings) = try call.read { reader, reading in
                try Self.understandProblem(reader, reading, call.terms, suppliers)
            }
            let report = try await exchange.completed(understood)
            let id = try await exchange.draw(ServiceProblem.self)
            return try await answerOnce(call, "RaiseProblem", status: 201, warnings: warnings) { change in
                try report.requireAppointmentRule()
                let around = try change.circumstances(of: report, id, call, supplier)
                let (problem, effects) = try ServiceProblem.raise(
                    id,
                    report,
                    around,
                    for: call.tenant,
                    in: call.conversation,
                    at: change.now
                )
                let raised = try change.found(problem, effects)
                return Promise(
                    entity: raised.ref,
                    view: ProblemView.json(raised),
                    location: "/v1/service-problems/\(id)"
                )
            }
        }
    }

    /// `GET /v1/service-problems/{id}`: with its updates and its resolution (G-112).
    @Sendable func readProblem(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read("GET /service-problems/{id}", ServiceProblem.self, request, context, ProblemView.json)
    }

    static func understandProblem(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ terms: TenantTerms,
        _ suppliers: Suppliers
    ) throws -> (ProblemReport, Suppliers.Supplier)? {
        let supplier = reader.supplier(of: terms, among: suppliers)
        let externalIdentifier = reader.optionalString("externalIdentifier", length: 1...64)
        let problemType = reader.requiredEnum("problemType", as: ProblemType.self)
        let problemText = reader.requiredString("problemText", length: 10...80)
        let serviceID = reader.requiredString("serviceId", length: 1...50)
        let specification = reader.specification(reading)
        let address = reader.optionalAddress("address", reading)
        let test = reader.id("serviceTestId", of: ServiceTest.self)
        let characteristics = reader.characteristics("characteristics", atLeast: 1, reading)
        let primaryContact = reader.contact("primaryContact", reading)
        let secondaryContact = reader.optionalContact("secondaryContact", reading)
        let reservation = reader.id("appointmentReservationId", of: Reservation.self)
        let parent = reader.id("parentServiceProblemId", of: ServiceProblem.self)
        let site = reader.site()
        guard let supplier, let problemType, let problemText, let serviceID, let specification, let characteristics,
            let primaryContact
        else { return nil }
        let report = ProblemReport(
            supplier: supplier.id,
            externalIdentifier: externalIdentifier,
            problemType: problemType,
            problemText: problemText,
            serviceID: ServiceID(serviceID),
            specification: specification,
            address: address,
            test: test,
            characteristics: characteristics,
            primaryContact: primaryContact,
            secondaryContact: secondaryContact,
            reservation: reservation,
            parent: parent,
            site: site
        )
        for problem in report.problems { reading.problems.report(.rule, at: problem.pointer, problem.message) }
        guard supplier.contracts[.problems] != nil else {
            throw Rejection(.notOffered, "\(supplier.id) takes no problems.")
        }
        return (report, supplier)
    }
}

extension Change {
    /// What the gateway knows around a report: the visit that it uses, the test that it names, its parent, and whether
    /// the tenant's own identifier may be the supplier's reference (G-104, G-118).
    fileprivate mutating func circumstances(
        of report: ProblemReport,
        _ id: ID<ServiceProblem>,
        _ call: TenantCall,
        _ supplier: Suppliers.Supplier
    ) throws -> ServiceProblem.Circumstances {
        var visit: BookedVisit?
        if let reservation = report.reservation {
            let user = EntityRef(kind: .serviceProblem, number: id.number)
            visit = try use(reservation, by: user, of: report.supplier, for: .repair, call.owner)
        }
        return ServiceProblem.Circumstances(
            buyerIdentifier: call.terms.buyerIdentifier,
            isReferenceFree: try isReferenceFree(report, call.terms.buyerIdentifier),
            visit: visit,
            triage: try triage(report, call.owner, testRequired: supplier.testRequired),
            parentFaultReference: try parent(of: report, call.owner)?.faultReference,
            confirmsResolutions: supplier.confirmsResolutions
        )
    }

    private func isReferenceFree(_ report: ProblemReport, _ buyerIdentifier: String) throws -> Bool {
        guard let wanted = report.usableReference else { return false }
        let lookup = ServiceProblem.lookup(faultReference: wanted, of: buyerIdentifier, at: report.supplier)
        return try find(ServiceProblem.self, by: lookup.key, lookup.value, limit: 1).isEmpty
    }

    private func parent(of report: ProblemReport, _ owner: Owner) throws -> ServiceProblem? {
        guard let id = report.parent else { return nil }
        guard let parent = try find(id, of: owner) else {
            throw Self.refused("/parentServiceProblemId", "names no problem of yours")
        }
        return parent
    }

    /// Two hours after a test that was not GREEN, where the supplier wants one (G-104).
    private func triage(_ report: ProblemReport, _ owner: Owner, testRequired: Bool) throws -> TestResult? {
        guard let id = report.test else {
            guard !testRequired else { throw Self.refused("/serviceTestId", "is required by this supplier") }
            return nil
        }
        guard let test = try find(id, of: owner) else {
            throw Self.refused("/serviceTestId", "names no test of yours")
        }
        guard testRequired else { return test.result }
        guard let result = test.result, result.outcome != .green, now <= result.validUntil ?? now else {
            throw Self.refused("/serviceTestId", "names a test that is unfinished, GREEN or too old")
        }
        return result
    }

    private static func refused(_ pointer: String, _ message: String) -> Rejection {
        Rejection(.invalid, "The problem breaks a rule.", problems: [Rejection.Problem(pointer, message)])
    }
}
