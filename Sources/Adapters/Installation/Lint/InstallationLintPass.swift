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
}
