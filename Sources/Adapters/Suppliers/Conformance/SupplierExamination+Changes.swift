import Domain
import Formats
import HTTPTypes

/// Amendments and cancellations, of orders and of problems: all are asked for, and decided, alike.
extension SupplierExamination {
    /// A kind of request about something that was taken.
    private struct Change {
        typealias Rules = (unknown: SupplierRule, foreign: SupplierRule, taken: SupplierRule, decided: SupplierRule)

        let path: String
        let rules: Rules
        let body: (_ number: Int64, _ about: Int64, _ tenant: String) -> [UInt8]
        let isCancellation: Bool

        var operation: NativeAnswer.Operation { isCancellation ? .cancellation : .amendment }

        func isDecided(_ update: HeardUpdate, _ number: Int64) -> Bool {
            switch update.reason {
            case .amended, .amendmentRejected: !isCancellation && update.amendment == number
            case .cancelled, .cancellationRejected: isCancellation && update.cancellation == number
            case _: false
            }
        }
    }

    /// `POST /service-order-amendments`, `POST /service-order-cancellations`.
    mutating func examineChanges(of order: Ordered?) async {
        let amendment = Change(
            path: "/service-order-amendments",
            rules: (.amendmentUnknownOrder, .amendmentForeignOrder, .amendment, .amendmentDecided),
            body: samples.amendment,
            isCancellation: false
        )
        let cancellation = Change(
            path: "/service-order-cancellations",
            rules: (.cancellationUnknownOrder, .cancellationForeignOrder, .cancellation, .cancellationDecided),
            body: samples.cancellation,
            isCancellation: true
        )
        for change in [amendment, cancellation] { await examine(change, of: order?.number, "no order was taken") }
    }

    /// `POST /service-problem-amendments`, `POST /service-problem-cancellations`.
    mutating func examineChanges(ofProblem problem: Int64?) async {
        let amendment = Change(
            path: "/service-problem-amendments",
            rules: (
                .problemAmendmentUnknown, .problemAmendmentForeign, .problemAmendment, .problemAmendmentDecided
            ),
            body: samples.problemAmendment,
            isCancellation: false
        )
        let cancellation = Change(
            path: "/service-problem-cancellations",
            rules: (
                .problemCancellationUnknown, .problemCancellationForeign, .problemCancellation,
                .problemCancellationDecided
            ),
            body: samples.problemCancellation,
            isCancellation: true
        )
        for change in [amendment, cancellation] { await examine(change, of: problem, "no problem was taken") }
    }

    private mutating func examine(_ change: Change, of taken: Int64?, _ untaken: String) async {
        let rules = change.rules
        let absent = change.body(newNumber(), newNumber(), samples.tenant)
        let unknown = await line.ask(question(.post, change.path, absent))
        judgeRefusal(rules.unknown, unknown, is: [404, 422])
        guard let taken else {
            leave([rules.foreign, rules.taken, rules.decided], because: untaken)
            return
        }
        let stolen = change.body(newNumber(), taken, samples.otherTenant)
        let foreign = await line.ask(question(.post, change.path, stolen, as: samples.otherTenant))
        judge(rules.foreign, foreign, is: unknown.status.map { [$0] } ?? []) { answer in
            answer.reasons == unknown.reasons ? nil : "it says other words than of none: \(answer.seen)"
        }
        let number = newNumber()
        let answer = await line.ask(question(.post, change.path, change.body(number, taken, samples.tenant)))
        guard judge(rules.taken, answer, takes: change.operation, number: number) else {
            leave([rules.decided], because: "it was not taken")
            return
        }
        guard answer.status == 202 else {
            find(rules.decided, .conforms, "by its answer")
            return
        }
        let isDecided = await comesTrue { updates in
            updates.contains { $0.isTaken && change.isDecided($0, number) }
        }
        find(rules.decided, isDecided, isDecided ? "by an update" : "no update has its number")
    }
}
