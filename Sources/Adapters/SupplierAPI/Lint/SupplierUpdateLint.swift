import Domain
import Engine
import Formats
import FoundationEssentials

/// Says of an update of a supplier's what the gateway would refuse or forgive in it (G-092, G-093), with its own reader.
package struct SupplierUpdateLint: Sendable {
    private let now: Date

    package init(at now: Date) { self.now = now }

    /// By the reason, or the entity, that no other message has.
    package static func claims(_ root: JSONValue) -> Bool {
        let entities = root.members.contains { key, value in
            value.kind == .object
                && (key.hasSuffix("ServiceOrder")
                    || ["serviceTest", "serviceProblem", "reportableIncident"].contains(key))
        }
        return entities || (root["reasonCode"] != nil && root["issuedOn"] != nil)
    }

    /// - Returns: nothing for what is no such update.
    package func check(_ bytes: [UInt8]) -> JSONLintReport? {
        guard let document = try? JSONDocument(parsing: bytes), document.root.kind == .object,
            Self.claims(document.root)
        else { return nil }
        let pass = JSONLintPass(document, bytes)
        do {
            let update = try ReceivedUpdate(reading: bytes, resolution: ID(1), at: now)
            for warning in update.warnings {
                pass.report("G-092", .warning, at: "", warning, expected: "as the clause says")
            }
            checkRules(update.news, pass)
        } catch let error as APIError {
            for problem in error.problems { pass.report(problem, .error, Self.clause(of: problem.pointer)) }
        } catch {
            pass.report("G-092", .error, at: "", "\(error)", expected: "an update")
        }
        return JSONLintReport(.init("supplier update", from: "supplier", "G-092"), pass.findings)
    }

    private func checkRules(_ news: SupplierNews, _ pass: JSONLintPass) {
        checkProblemCode(news, pass)
        if news.sequence == nil {
            let text = "without a sequenceNumber updates are taken as they come"
            pass.report("G-079", .warning, at: "", text, expected: "sequenceNumber")
        }
    }

    private func checkProblemCode(_ news: SupplierNews, _ pass: JSONLintPass) {
        let reason = news.reason.rawValue
        guard let code = news.problemCode, !code.isEmpty else {
            if news.reason.needsProblemCode {
                let text = "\(reason) comes without a problemCode, and is refused"
                pass.report("G-077", .error, at: "/reasonCode", text, expected: "a problemCode beside it")
            } else if news.reason == .cancelled, news.cancellation == nil {
                let text = "CANCELLED comes without a problemCode, and is refused where nobody asked for it"
                pass.report("G-077", .warning, at: "/reasonCode", text, expected: "a problemCode, or the cancellation")
            }
            return
        }
        if let misuse = news.reason.misuse(of: code) {
            pass.report("G-077", .warning, at: "/problemCode", misuse, expected: "a code that is for it")
        } else if ProblemCode(rawValue: code) == nil {
            let text = "\(code) is not published; the tenant gets it as it came"
            pass.report("G-077", .warning, at: "/problemCode", text, expected: "a published code")
        }
    }

    private static func clause(of pointer: String) -> String {
        switch JSONPointer.steps(of: pointer).first {
        case "reasonCode": "G-093"
        case "problemCode": "G-077"
        case "sequenceNumber": "G-079"
        case "serviceTest": pointer.contains("/result") ? "G-103" : "G-092"
        case _: "G-092"
        }
    }
}
