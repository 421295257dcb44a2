import FoundationEssentials

extension ServiceTest {
    /// A tenant asks for a test (G-100).
    package static func request(
        _ id: ID<ServiceTest>,
        _ request: TestRequest,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (ServiceTest, [Effect]) {
        let problems = request.problems
        guard problems.isEmpty else { throw Rejection(.invalid, "The test breaks a rule.", problems: problems) }
        let test = ServiceTest(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            request: request
        )
        return (test, [.send(.testRequested, to: .supplier(id: request.supplier))])
    }
}

extension TestRequest {
    /// What a supplier must know before it tests (G-100).
    package var problems: [Rejection.Problem] {
        var problems = characteristics.historyProblems
        if problemType == .cpe, characteristics["EQUIPMENT_TYPE"] == nil {
            problems.append(Rejection.Problem("/characteristics", "EQUIPMENT_TYPE is required for CPE"))
        }
        return problems
    }
}

extension [Characteristic] {
    package subscript(name: String) -> String? { first { $0.name.isExactly(name) }?.value }

    /// Whether it ever worked, and if so until when (G-100, G-111).
    var historyProblems: [Rejection.Problem] {
        guard let hasWorked = self["SERVICE_HAS_WORKED"] else {
            return [Rejection.Problem("/characteristics", "SERVICE_HAS_WORKED is required")]
        }
        guard hasWorked.lowercased() == "true", self["SERVICE_LAST_WORKED"] == nil else { return [] }
        return [
            Rejection.Problem("/characteristics", "SERVICE_LAST_WORKED is required once SERVICE_HAS_WORKED is true")
        ]
    }
}
