import Formats
import HTTPTypes

extension SupplierExamination {
    private static let path = "/service-problems"

    /// `POST /service-problems`, and what follows one. It is cancelled again.
    mutating func examineProblems() async {
        judgeRefusal(.problemMalformed, await line.ask(question(.post, Self.path, Self.nothing)), is: [400])
        let absent = samples.problem(newNumber(), of: SupplierSamples.unknownService)
        judgeRefusal(.problemUnknownService, await line.ask(question(.post, Self.path, absent)), is: [422])
        await examineChanges(ofProblem: await report())
        let answer = question(.patch, "/service-problem-resolutions/1", Self.nothing)
        judgeRefusal(.problemResolutionMalformed, await line.ask(answer), is: [400, 404, 422])
    }

    /// - Returns: our number of the problem, if it was taken.
    private mutating func report() async -> Int64? {
        guard let service = samples.service else {
            leave([.problem, .problemAgain], because: "no live service was named")
            return nil
        }
        let number = newNumber()
        let once = line.newID()
        let body = samples.problem(number, of: service)
        let first = await line.ask(question(.post, Self.path, body, once: once))
        guard judge(.problem, first, takes: .problem, number: number) else {
            leave([.problemAgain], because: "no problem was taken")
            return nil
        }
        let again = await line.ask(question(.post, Self.path, body, once: once))
        judgeAgain(.problemAgain, again, like: first, in: ["supplierReference", "status"])
        return number
    }
}
