import FoundationEssentials

extension ServiceOrder {
    /// A tenant orders (F-010). The visit, if any, was taken from its reservation in the same commit.
    ///
    /// An order that needs a visit and names none is accepted too: the supplier lets it wait and asks for one
    /// (G-051, T-020).
    package static func place(
        _ id: ID<ServiceOrder>,
        _ request: OrderRequest,
        visit: BookedVisit?,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (ServiceOrder, [Effect]) {
        let problems = request.problems(on: LondonTime.day(at: now))
        guard problems.isEmpty else { throw Rejection(.invalid, "The order breaks a rule.", problems: problems) }
        let order = ServiceOrder(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            request: request,
            visit: visit
        )
        return (order, [.send(.orderPlaced, to: .supplier(id: request.supplier))])
    }
}

extension OrderRequest {
    /// What is wrong with it beyond its spelling; with pointers, all at once.
    package func problems(on today: CivilDate) -> [Rejection.Problem] {
        var problems: [Rejection.Problem] = []
        if let date = requestedCompletionDate, date < today {
            problems.append(Rejection.Problem("/requestedCompletionDate", "is in the past"))
        }
        if type != .new && !namesAnExistingLine {
            problems.append(
                Rejection.Problem(
                    "/serviceOrderItem/serviceCharacteristics",
                    "\(type.rawValue) needs ONT_REFERENCE and ONT_PORT, or LINE_ID"
                )
            )
        }
        return problems
    }

    /// G-051: by its ONT and port on fibre, by its line id on copper.
    private var namesAnExistingLine: Bool {
        let names = Set(characteristics.map(\.name))
        return names.isSuperset(of: ["ONT_REFERENCE", "ONT_PORT"]) || names.contains("LINE_ID")
    }
}
