import Domain
import HTTPTypes

/// Lists for reconciliation, a page at a time (G-061, N-04).
extension TenantOpenAPI {
    static let lists: [DescribedOperation] = [
        list(
            "/appointments",
            "listAppointments",
            "Appointments",
            "Reservations",
            "appointments",
            "Reservation",
            reservationStates
        ),
        list(
            "/service-orders",
            "listOrders",
            "Orders",
            "Orders",
            "serviceOrders",
            "ServiceOrder",
            ServiceOrder.Status.allCases.map(\.rawValue)
        ),
        list(
            "/service-tests",
            "listTests",
            "Tests",
            "Tests",
            "serviceTests",
            "ServiceTest",
            ServiceTest.Status.allCases.map(\.rawValue)
        ),
        list(
            "/service-problems",
            "listProblems",
            "Problems",
            "Problems",
            "serviceProblems",
            "ServiceProblem",
            ServiceProblem.Status.allCases.map(\.rawValue)
        ),
    ]

    static let reservationStates = ["REQUESTING", "HELD", "USED", "RELEASED", "EXPIRED", "REFUSED", "UNKNOWN"]

    private static func list(
        _ path: String,
        _ id: String,
        _ tag: String,
        _ summary: String,
        _ member: String,
        _ schema: String,
        _ states: [String]
    ) -> DescribedOperation {
        DescribedOperation(
            method: .get,
            path: path,
            id: id,
            tag: tag,
            summary: "\(summary) of yours, by rising number",
            description: """
                Without their updates. `next`, where there is one, is the next page's `after`; a page may be short, or empty, and have \
                one: then the search has gone as far as one request may.
                """,
            scopes: reading,
            parameters: [
                .query(
                    "status",
                    .array(of: .choice(states), count: 0...states.count),
                    "In one of these states: repeated, or separated by commas."
                ),
                .query("serviceId", .string(), "Of this line."),
                .query("supplier", .string(), "Of this supplier."),
                .query(
                    "updatedSince",
                    .anyOf([.moment(), .day(), .choice([""])]),
                    "Changed since: a moment, or a day."
                ),
                .query("after", .integer(0...Int64.max), "The last page's `next`."),
                .query("limit", .integer(1...500), "At most so many; 500, if left out."),
            ],
            answer: .init(
                status: 200,
                description: "A page.",
                schema: .object([
                    .required(member, .array(of: .ref(schema), count: 0...500)),
                    .optional("next", .ref("EntityId")),
                ])
            )
        )
    }
}
