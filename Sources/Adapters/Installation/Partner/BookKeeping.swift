import Domain
import Engine

/// How a partner keeps its book: what differs from house to house.
package struct BookKeeping: Sendable {
    /// How the message log names us.
    package var name: String
    /// Our number for a job.
    package var number: @Sendable (ID<WorkOrder>) -> String
    /// Whether a new job is taken; asked in the commit that writes it down.
    package var admit: @Sendable (Change, ReceivedPack, DispatcherTerms) throws -> WorkOrder.Admission
    /// Hears of each dispatch that changed the book, in its commit.
    package var heard: @Sendable (inout Change, WorkOrder) throws -> Void
    /// How the message log says what became of a dispatch.
    package var verdict: @Sendable (_ status: Int, _ isDuplicate: Bool, _ problems: [String]) -> String

    /// By the operator's terms, and nothing more.
    package init(
        name: String = "partner",
        number: @escaping @Sendable (ID<WorkOrder>) -> String = { "WO-\($0)" },
        admit: @escaping @Sendable (Change, ReceivedPack, DispatcherTerms) throws -> WorkOrder.Admission = {
            $2.admission(of: $1)
        },
        heard: @escaping @Sendable (inout Change, WorkOrder) throws -> Void = { _, _ in },
        verdict: @escaping @Sendable (_ status: Int, _ isDuplicate: Bool, _ problems: [String]) -> String = Self.words
    ) {
        self.name = name
        self.number = number
        self.admit = admit
        self.heard = heard
        self.verdict = verdict
    }

    package static func words(status: Int, isDuplicate: Bool, problems: [String]) -> String {
        if isDuplicate { return "duplicate" }
        return problems.isEmpty ? "taken" : problems.joined(separator: "; ")
    }
}

extension DispatcherTerms {
    /// Whether we do such visits, and who says so.
    package func admission(of pack: ReceivedPack) -> WorkOrder.Admission {
        if let jobTypes, !jobTypes.contains(pack.jobType) {
            return .declined(reason: "Jobs of type \(pack.jobType.rawValue) are not done here.")
        }
        return switch acceptance {
        case .automatic: .accepted
        case .manual: .pending
        }
    }
}
