import Domain
import Formats
import HTTPTypes

extension SupplierExamination {
    private static let path = "/service-tests"

    /// `POST /service-tests`.
    mutating func examineTests() async {
        judgeRefusal(.testMalformed, await line.ask(question(.post, Self.path, Self.nothing)), is: [400])
        let absent = samples.test(newNumber(), of: SupplierSamples.unknownService)
        judgeRefusal(.testUnknownService, await line.ask(question(.post, Self.path, absent)), is: [422])
        guard let service = samples.service else {
            leave([.test, .testAgain, .testResult], because: "no live service was named")
            return
        }
        let number = newNumber()
        let once = line.newID()
        let body = samples.test(number, of: service)
        let first = await line.ask(question(.post, Self.path, body, once: once))
        guard judge(.test, first, takes: .test, number: number) else {
            leave([.testAgain, .testResult], because: "no test was taken")
            return
        }
        let again = await line.ask(question(.post, Self.path, body, once: once))
        judgeAgain(.testAgain, again, like: first, in: ["supplierReference", "status"])
        guard first["result"] == nil else {
            let outcome = first["result"]?["outcome"]?.string ?? "absent"
            find(.testResult, TestResult.Outcome(rawValue: outcome) != nil, "its answer's outcome is \(outcome)")
            return
        }
        let isThere = await comesTrue { updates in
            updates.contains { $0.isTaken && $0.subject == "serviceTest" && $0.number == number && $0.hasResult }
        }
        find(.testResult, isThere, isThere ? "by an update" : "no update has it")
    }
}
