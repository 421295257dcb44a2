import Domain
import Engine
import Formats
import Testing

@testable import Adapters

/// What a supplier's answer comes to: literal bytes and statuses, for every operation of the Supplier API (G-090, G-091).
@Suite struct NativeAnswerTests {
    typealias Operation = NativeAnswer.Operation

    private static func judge(
        _ operation: Operation,
        _ status: Int,
        _ body: String,
        number: Int64? = 7,
        isRepeat: Bool = false,
        type: String = "application/json"
    ) -> NativeAnswer {
        let response = OutboundResponse(status: status, headers: ["Content-Type": type], body: Array(body.utf8))
        return NativeAnswer(response, to: operation, number: number, isRepeat: isRepeat)
    }

    /// Orders, amendments, cancellations, tests, problems.
    private static let requests: [Operation] = [.order, .amendment, .cancellation, .test, .problem]

    private static func taken(_ operation: Operation, _ reference: String = "\"R-1\"") -> String {
        let member = operation == .order ? "supplierOrderReference" : "supplierReference"
        let status = operation == .order ? #","status":"ACKNOWLEDGED""# : ""
        return #"{"id":7,"\#(member)":\#(reference)\#(status)}"#
    }

    @Test(arguments: requests)
    func `201 with its reference is done, and 202 accepted`(operation: Operation) {
        #expect(Self.judge(operation, 201, Self.taken(operation)).verdict == .done(reference: "R-1"))
        #expect(Self.judge(operation, 202, "").verdict == .accepted(reference: nil))
        #expect(Self.judge(operation, 202, "{}").verdict == .accepted(reference: nil))
        #expect(Self.judge(operation, 201, Self.taken(operation)).warnings == [])
    }

    @Test(arguments: requests)
    func `200 is for a repeat`(operation: Operation) {
        #expect(Self.judge(operation, 200, Self.taken(operation), isRepeat: true).verdict == .done(reference: "R-1"))
        #expect(Self.judge(operation, 200, Self.taken(operation)).verdict.isUnreadable)
        #expect(Self.judge(operation, 200, "{}", isRepeat: true).verdict.isUnreadable)
    }

    @Test(
        arguments: requests + [.quote, .reservation],
        [
            (200, "<h1>login</h1>"), (201, "<h1>login</h1>"), (201, "[]"), (201, ""), (201, "{}"), (204, ""),
            (203, "{}"),
            (201, #"{"id":7,"supplierReference":"R"#), (201, "null"), (206, "{}"), (201, #""R-1""#),
            (201, #"{"supplierReference":"","supplierOrderReference":""}"#),
            (201, #"{"supplierReference":{},"supplierOrderReference":[]}"#),
        ]
    )
    func `any other success says nothing`(operation: Operation, answer: (status: Int, body: String)) {
        let judged = Self.judge(operation, answer.status, answer.body)

        #expect(judged.verdict.isUnreadable, "\(judged.verdict)")
    }

    @Test(arguments: requests, [200, 201, 202, 204])
    func `a status that refuses is a refusal, whatever the success`(operation: Operation, status: Int) {
        #expect(
            Self.judge(operation, status, #"{"status":"REJECTED"}"#).verdict
                == .refused(reasons: ["the answer's status is REJECTED"])
        )
        #expect(
            Self.judge(operation, status, #"{"status":"rejected","messages":["No port.","Nor will be."]}"#).verdict
                == .refused(reasons: ["No port.", "Nor will be."])
        )
        #expect(
            Self.judge(operation, status, #"{"error":{"message":"no capacity"}}"#).verdict
                == .refused(reasons: ["no capacity"])
        )
    }

    @Test func `a test that failed was made, and a resolution may be rejected`() {
        #expect(
            Self.judge(.test, 201, #"{"supplierReference":"T-1","status":"FAILED"}"#).verdict == .done(reference: "T-1")
        )
        #expect(
            Self.judge(.resolution, 200, #"{"id":"r","status":"REJECTED"}"#).verdict == .done(reference: nil)
        )
    }

    @Test func `an order's status is one of two`() {
        func status(_ text: String) -> NativeAnswer {
            Self.judge(.order, 201, #"{"supplierOrderReference":"R-1","status":\#(text)}"#)
        }
        #expect(status(#""IN_PROGRESS""#).verdict == .done(reference: "R-1"))
        #expect(status(#""PERHAPS""#).verdict == .unreadable(reason: "answered 201, but the status is PERHAPS"))
        #expect(status("7").verdict.isUnreadable)
        #expect(status("null").verdict == .done(reference: "R-1"))
        #expect(status("null").warnings.count == 1)
    }

    @Test(arguments: [
        (Operation.release, 204, "", true), (.release, 404, "", true), (.release, 200, "{}", false),
        (.release, 202, "", false), (.resolution, 200, #"{"id":"r","status":"ACCEPTED"}"#, true),
        (.resolution, 201, "{}", false), (.resolution, 204, "", false), (.resolution, 202, "", false),
        (.resolution, 200, "<h1>login</h1>", false), (.resolution, 200, "[]", false),
    ])
    func `a release and the answer to a resolution have their own status`(
        operation: Operation,
        status: Int,
        body: String,
        isDone: Bool
    ) {
        let verdict = Self.judge(operation, status, body).verdict

        #expect(isDone ? verdict == .done(reference: nil) : verdict.isUnreadable)
    }

    private static let held = """
        {"id":7,"supplierReference":"V-1","expiryDateTime":"2026-03-03T09:00:00Z","timeslot":\
        {"timeslotStartDateTime":"2026-03-04T08:00:00Z","timeslotEndDateTime":"2026-03-04T13:00:00Z"}}
        """

    @Test func `a reservation is 201 with a slot, a key and an end`() {
        #expect(Self.judge(.reservation, 201, Self.held).verdict == .done(reference: "V-1"))
        #expect(Self.judge(.reservation, 202, Self.held).verdict.isUnreadable)
        #expect(Self.judge(.reservation, 200, Self.held).verdict.isUnreadable)
        #expect(Self.judge(.reservation, 200, Self.held, isRepeat: true).verdict == .done(reference: "V-1"))
        #expect(
            Self.judge(.reservation, 201, Self.held.replacing("V-1", with: String(repeating: "V", count: 51)))
                .verdict.isUnreadable
        )
        #expect(Self.judge(.reservation, 201, Self.held.replacing("\"id\":7", with: "\"id\":8")).verdict.isUnreadable)
    }

    @Test(arguments: [
        ("12345", "12345"), ("9007199254740993", "9007199254740993"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func `a reference that is a number is its digits`(number: String, text: String) {
        #expect(Self.judge(.order, 201, Self.taken(.order, number)).verdict == .done(reference: text))
    }

    @Test func `a reference that exceeds its bound is a warning, and goes nowhere`() {
        let answer = Self.judge(.order, 201, Self.taken(.order, "\"\(String(repeating: "R", count: 100_000))\""))

        #expect(answer.verdict == .done(reference: nil))
        #expect(
            answer.warnings
                == ["supplierOrderReference has 100000 characters, and 50 are allowed: not taken over"]
        )
    }

    @Test func `the answer to another message is a warning, and its content is not taken over`() {
        let answer = Self.judge(.order, 201, Self.taken(.order), number: 8)

        #expect(answer.verdict == .done(reference: nil))
        #expect(answer.warnings == ["the answer is to another message (id 7): not taken over"])
        #expect(answer["status"] == nil)
    }

    @Test(arguments: [
        (422, #"{"messages":["No port."]}"#, ["No port."]), (422, #"{"detail":"No port."}"#, ["No port."]),
        (422, "", ["answered 422 without a reason"]), (422, "no port", ["no port"]),
        (422, #"{"errors":[{"message":"a"},{"message":"b"}]}"#, ["a b"]),
    ])
    func `a refusal has the supplier's words`(status: Int, body: String, reasons: [String]) {
        #expect(Self.judge(.order, status, body).verdict == .refused(reasons: reasons))
    }

    @Test(arguments: [400, 401, 404, 409, 429, 500, 503])
    func `another status is judged as any`(status: Int) {
        #expect(Self.judge(.order, status, "{}").verdict == .other(status: status))
    }

    // MARK: As the outbox has it

    @Test(arguments: [
        (200, "<h1>login</h1>", "retry: answered 200, but the answer is an HTML page: login: 200 is for a repeat"),
        (201, "[]", "retry: answered 201, but the answer cannot be read"),
        (201, #"{"id":1,"supp"#, "retry: answered 201, but the answer cannot be read"),
        (204, "", "retry: answered 204, but the answer is empty"),
        (200, #"{"status":"REJECTED"}"#, "refused: the answer's status is REJECTED"),
        (501, "", "refused: the supplier does not offer it"),
        (400, #"{"messages":["bad"]}"#, "refused: answered 400: bad"),
        (500, "", "retry: answered 500 without a reason"),
    ])
    func `what is no acceptance is tried again or refused, with a reason`(status: Int, body: String, words: String) {
        let response = OutboundResponse(status: status, body: Array(body.utf8))

        #expect(NativeSupplier.judged(response, to: NativeBench.parcel(.orderPlaced)).said == words)
    }

    @Test func `a date that cannot be read is a warning, and no date`() {
        var warnings: [String] = []
        let body =
            #"{"supplierOrderReference":"R","status":"IN_PROGRESS","committedDate":"soon","targetDate":"2026-03-04"}"#
        let response = OutboundResponse(status: 201, body: Array(body.utf8))

        let outcome = NativeSupplier.judge(
            .success(response),
            to: NativeBench.parcel(.orderPlaced),
            warnings: &warnings
        )

        #expect(warnings == ["committedDate is no date that can be read: not taken over"])
        #expect(
            outcome.replied
                == .serviceOrder(
                    id: ID(1),
                    input: .supplierAcknowledged(
                        reference: "R",
                        committedDate: nil,
                        targetDate: CivilDate("2026-03-04"),
                        status: .inProgress
                    )
                )
        )
    }
}

extension NativeSupplier {
    static func judged(_ response: OutboundResponse, to parcel: Parcel) -> Outcome {
        var warnings: [String] = []
        return judge(.success(response), to: parcel, warnings: &warnings)
    }
}

extension NativeAnswer.Verdict {
    var isUnreadable: Bool { if case .unreadable = self { true } else { false } }
}

extension Outcome {
    fileprivate var replied: Telling? { if case .delivered(let reply) = self { reply } else { nil } }
}
