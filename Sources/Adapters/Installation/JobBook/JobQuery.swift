import Domain
import Formats
import FoundationEssentials
import Hummingbird

/// Which jobs a page shows: those of a day of London's calendar, or all by rising number, that pass every filter given.
struct JobQuery: Sendable {
    /// Jobs looked at for one page: more than a partner visits on a day. A search for what is rare must not hold the
    /// store's reader for seconds.
    static let scanMax = 5_000
    static let parameters = ["day", "state", "reference", "engineer", "attention", "after", "limit"]
    private static let charactersMax = 100

    let day: CivilDate?
    let state: String?
    private let reference: String?
    private let engineer: String?
    private let needsAttention: Bool?
    let after: Int64
    let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong, unknown parameters among it: a filter that is spelt
    ///   wrongly would show too much.
    init(_ request: Request) throws(APIError) {
        var problems: [Problem] = []
        var values: [String: String] = [:]
        func report(_ code: Problem.Code, _ name: String, _ message: String) {
            problems.append(Problem(pointer: "?\(name)", code: code, message: "\(name) \(message)."))
        }
        for (key, value) in request.uri.queryParameters {
            let name = String(key)
            if !Self.parameters.contains(name) {
                let known = Self.parameters.joined(separator: ", ")
                report(.unknownField, name, "is not a parameter; there are: \(known)")
            } else if values[name] != nil {
                report(.duplicate, name, "must be given once")
            } else if value.unicodeScalars.count > Self.charactersMax {
                report(.tooLong, name, "must have at most \(Self.charactersMax) characters")
            } else if !value.isEmpty {
                values[name] = String(value)
            }
        }
        day = values["day"].flatMap { CivilDate($0) }
        if values["day"] != nil, day == nil { report(.pattern, "day", "must be a day such as 2027-01-31") }
        state = values["state"]
        if let state, !WorkOrder.stateNames.contains(state) {
            report(.notAllowed, "state", "must be one of \(WorkOrder.stateNames.joined(separator: ", "))")
        }
        reference = values["reference"]
        engineer = values["engineer"]
        needsAttention = values["attention"].flatMap { Bool($0) }
        if values["attention"] != nil, needsAttention == nil {
            report(.notAllowed, "attention", "must be true or false")
        }
        after = values["after"].flatMap { Int64($0) } ?? 0
        if let text = values["after"], Int64(text).map({ $0 >= 0 }) != true {
            report(.outOfRange, "after", "must be a number from 0")
        }
        limit = values["limit"].flatMap { Int($0) } ?? JobBook.pageSizeMax
        if values["limit"].map({ Int($0) != nil }) == false || !(1...JobBook.pageSizeMax).contains(limit) {
            report(.outOfRange, "limit", "must be a number from 1 to \(JobBook.pageSizeMax)")
        }
        guard problems.isEmpty else { throw .malformed(problems) }
    }

    func shows(_ order: WorkOrder) -> Bool {
        if order.id.number <= after { return false }
        if let day, order.pack.visit.slot.day != day { return false }
        if let state, order.stateName != state { return false }
        if let reference, order.reference != reference { return false }
        if let engineer, order.engineer?.engineerId != engineer { return false }
        if let needsAttention, order.needsAttention != needsAttention { return false }
        return true
    }

    /// Whether a filter needs each job itself.
    var isSearch: Bool { reference != nil || engineer != nil || needsAttention != nil }
}
