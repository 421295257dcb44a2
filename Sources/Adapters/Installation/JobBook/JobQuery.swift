import Domain
import Hummingbird

/// Which jobs a page shows: those of a day of London's calendar, or all by rising number, that pass every filter given.
struct JobQuery: Sendable {
    static let parameters = ["day", "state", "reference", "engineer", "attention", "after", "limit"]

    let day: CivilDate?
    let states: Set<String>
    private let reference: String?
    private let engineer: String?
    private let needsAttention: Bool?
    let after: Int64
    let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ request: Request) throws(APIError) {
        let query = FilterReader(request, knows: Self.parameters)
        day = query.day("day")
        states = Set(query.choices("state", of: WorkOrder.stateNames))
        reference = query.text("reference")
        engineer = query.text("engineer")
        needsAttention = query.bool("attention")
        (after, limit) = query.page(max: JobBook.pageSizeMax)
        try query.finish()
    }

    func shows(_ order: WorkOrder) -> Bool {
        if order.id.number <= after { return false }
        if let day, order.pack.visit.slot.day != day { return false }
        if !states.isEmpty, !states.contains(order.stateName) { return false }
        if let reference, !reference.isExactly(order.reference) { return false }
        if let engineer, order.engineer?.engineerId.isExactly(engineer) != true { return false }
        if let needsAttention, order.needsAttention != needsAttention { return false }
        return true
    }

    /// Whether a filter needs each job itself.
    var isSearch: Bool { states.count > 1 || reference != nil || engineer != nil || needsAttention != nil }
}
