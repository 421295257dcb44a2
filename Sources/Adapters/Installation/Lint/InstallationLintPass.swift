import Domain
import Formats

/// One look through one message of the Installation contract.
final class InstallationLintPass: JSONLintPass {
    /// What a reader refuses.
    func report(_ problems: [Problem], in message: InstallationMessage? = nil) {
        for problem in problems {
            report(problem, .error, InstallationClauses.clause(of: problem.pointer, in: message))
        }
    }

    /// What a reader forgives.
    func report(_ leniencies: [Leniency]) {
        for leniency in leniencies { report(leniency.problem, .warning, leniency.clause) }
    }

    func report(_ refusal: RPCRefusal, in message: InstallationMessage? = nil) {
        let data = refusal.error.data.flatMap { try? JSONDocument(parsing: $0).root }
        let problems = data?["problems"]?.elements.compactMap { problem -> Problem? in
            guard let pointer = problem["pointer"]?.string, let text = problem["message"]?.string else { return nil }
            let code = problem["code"]?.string.flatMap { Problem.Code(rawValue: $0) } ?? .rule
            return Problem(pointer: pointer, code: code, message: text)
        }
        report(problems ?? [], in: message)
    }

    /// What names a method is meant for this contract; all else is of no contract.
    func reportUnknown() {
        let methods = ["createJob", "cancelJob", "notifyJob", "closeJob"]
        guard let method = root["method"] else {
            let text = "this is a message of no contract: nothing in it is what one of ours begins with"
            let expected =
                "orderType, problemText, timeslot … (Tenant API), entityType (updates), method (Installation API)"
            return report("G-120", .error, at: "/method", text, expected: expected)
        }
        let text = "the contract has no such method\(SpellingHint.text(for: method.string ?? "", among: methods))"
        report("G-120", .error, at: "/method", text, expected: methods.joined(separator: ", "))
    }
}
