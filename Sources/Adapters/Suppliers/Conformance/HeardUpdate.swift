import Domain
import Formats
import FoundationEssentials

/// An update that an examined supplier sent, judged more strictly than a gateway judges it: what is forgiven on the wire
/// is still named here.
struct HeardUpdate: Sendable {
    let authorization: String?
    let body: [UInt8]
    /// Whether it was taken; the first of all is turned away once, to see what comes of it.
    let isTaken: Bool
    let id: String?
    let sequence: Int64?
    let reason: SupplyUpdate.Reason?
    /// The request that it answers, by our number: of an order or of a problem.
    let amendment: Int64?
    let cancellation: Int64?
    /// The member that has the entity, our number for it, and whose it says it is.
    let subject: String?
    let number: Int64?
    let tenant: String?
    let hasResult: Bool
    /// What is wrong with its shape.
    let problems: [String]

    private static let subjects = [
        "provideServiceOrder", "modifyServiceOrder", "ceaseServiceOrder", "unsolicitedCeaseServiceOrder",
        "provideEthernetServiceOrder", "serviceTest", "serviceProblem", "reportableIncident",
    ]

    init(_ body: [UInt8], authorization: String?, isTaken: Bool) {
        self.authorization = authorization
        self.body = body
        self.isTaken = isTaken
        let document = try? JSONDocument(parsing: body)
        let root = document?.root
        let present = Self.subjects.filter { root?[$0] != nil }
        let entity = present.first.flatMap { root?[$0] }
        id = root?["id"]?.string
        sequence = root?["sequenceNumber"]?.integer
        reason = root?["reasonCode"]?.string.flatMap(SupplyUpdate.Reason.init)
        amendment = (root?["serviceOrderAmendmentId"] ?? root?["serviceProblemAmendmentId"])?.integer
        cancellation = (root?["serviceOrderCancellationId"] ?? root?["serviceProblemCancellationId"])?.integer
        subject = present.first
        number = entity?["id"]?.integer
        tenant = entity?["tenant"]?.string
        hasResult = entity?["result"]?["outcome"]?.string.flatMap(TestResult.Outcome.init) != nil
        problems = document.map { Self.problems(in: $0, present) } ?? ["it is no JSON"]
    }

    private static func problems(in document: JSONDocument, _ present: [String]) -> [String] {
        let problems = Problems()
        let reader = ObjectReader(document.root, problems: problems)
        _ = reader.requiredString("id", length: 36...36, pattern: .uuid)
        _ = reader.requiredInteger("sequenceNumber", range: 1...9_999_999_999_999_999)
        _ = reader.requiredDateTime("issuedOn")
        let reason = reader.requiredEnum("reasonCode", as: SupplyUpdate.Reason.self)
        let needsCode = reason?.needsProblemCode == true
        let code =
            needsCode
            ? reader.requiredString("problemCode", length: 1...50)
            : reader.optionalString("problemCode", length: 1...50)
        if let misuse = code.flatMap({ reason?.misuse(of: $0) }) { reader.report(.rule, "problemCode", misuse) }
        if present.count != 1 {
            let found = present.isEmpty ? "none" : present.joined(separator: " and ")
            problems.report(.rule, at: "", "must be about exactly one entity, not \(found)")
        }
        if let entity = present.first.flatMap({ reader.requiredObject($0) }) {
            _ = entity.requiredString("tenant", length: 1...100)
            if !entity.has("id"), !entity.has("supplierOrderReference"), !entity.has("supplierReference") {
                entity.report(.missing, "id", "is missing, and so is the supplier's reference")
            }
        }
        return problems.all.map { "\($0.pointer) \($0.message)" }
    }
}
