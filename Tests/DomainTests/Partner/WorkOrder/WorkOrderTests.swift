import Domain
import FoundationEssentials
import Testing

@Suite struct WorkOrderTests {
    @Test func `a day is told in order, each message under the next number`() throws {
        var order = try WorkOrder.sample()
        var told: [JobReport] = []
        for input in [WorkOrderInput.assign, .enRoute, .onSite, .scan, .provisioned, .close] {
            told += try input.happen(to: &order).reports
        }

        #expect(told.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(
            told.map(\.operation) == [
                "notifyJob ENGINEER_ASSIGNED", "notifyJob EN_ROUTE", "notifyJob ON_SITE", "notifyJob ONT_SCANNED",
                "closeJob SP",
            ]
        )
        #expect(order.stateName == "closing", "the end is the operator's to take")
        _ = try order.hear(.reportTaken(sequence: 5), at: .noon)
        #expect(order.stateName == "closed")
    }

    @Test func `a job is told to the operator that sent it`() throws {
        var order = try WorkOrder.sample()

        let effects = try order.assign(.sam, at: .noon, now: .noon)

        let report = JobReport(sequence: 1, at: .noon, news: .assigned(engineer: .sam))
        #expect(effects == [.send(.jobReport(report), to: .dispatcher(id: "OPERATOR1"))])
        #expect(order.engineer == .sam)
    }

    @Test func `what the book accepts by itself needs no message`() throws {
        var order = try WorkOrder.sample(.accepted)
        #expect(order.stateName == "accepted")
        #expect(try order.accept(at: .noon).isEmpty)
        #expect(order.reports == 0)
    }

    @Test func `an engineer without a signal tells late, and nothing goes back`() throws {
        var order = try WorkOrder.sample()
        _ = try order.assign(.sam, at: .noon, now: .noon)
        _ = try order.scan(.sample(), now: .noon + 600)

        let late = try order.setOut(from: Location(latitude: 51.5, longitude: 0), at: .noon - 60, now: .noon + 700)

        #expect(order.stateName == "scanned")
        #expect(late.reports.map(\.at) == [.noon - 60])
    }

    @Test func `closing that the operator refuses opens the job where it was`() throws {
        var order = try WorkOrderColumn.provisioned.order()
        _ = try order.close(.sample("CON"), now: .noon)

        _ = try order.hear(.reportRefused(sequence: order.reports, code: -32003, reason: "no"), at: .noon)

        #expect(order.stateName == "provisioned")
        #expect(order.needsAttention)
        #expect(try order.close(.sample("SP"), now: .noon).reports.count == 1)
    }

    @Test func `a scan that the operator refuses was none`() throws {
        var order = try WorkOrderColumn.onSite.order()
        _ = try order.scan(.sample(), now: .noon)

        _ = try order.hear(.reportRefused(sequence: order.reports, code: -32602, reason: "no"), at: .noon)

        #expect(order.stateName == "on-site")
        #expect(order.device == nil)
    }

    @Test func `a second scan that is refused leaves the first one's place`() throws {
        var order = try WorkOrderColumn.scanned.order()
        _ = try order.hear(.reportTaken(sequence: order.reports), at: .noon)
        _ = try order.scan(.sample(fsan: "ALCL0000BEEF"), now: .noon)

        _ = try order.hear(.reportRefused(sequence: order.reports, code: -32002, reason: "pushing"), at: .noon)

        #expect(order.stateName == "scanned")
    }

    @Test func `a refusal of one message leaves the step of another alone`() throws {
        var order = try WorkOrderColumn.onSite.order()

        _ = try order.hear(.reportRefused(sequence: 2, code: -32602, reason: "who"), at: .noon)

        #expect(order.stateName == "on-site")
        #expect(order.steps.filter(\.needsAttention).map(\.happening) == [.assigned])
    }

    @Test func `a job that the operator says is not ours is over`() throws {
        var order = try WorkOrderColumn.assigned.order()

        _ = try order.hear(.reportRefused(sequence: 1, code: -32005, reason: "not your job"), at: .noon)

        #expect(order.state == .cancelled(reason: .operatorWithdrawn, text: "not your job", at: .noon))
    }

    @Test(arguments: ["SP", "NA", "CON"])
    func `a job is given back only under a code that says nobody came`(code: String) throws {
        var order = try WorkOrder.sample()
        let refusal = #expect(throws: Rejection.self) {
            try order.decline(code: ClosureCode(code), reason: "no", at: .noon)
        }
        #expect(refusal?.problems.map(\.pointer) == ["/code"])
    }

    @Test func `giving back is a closeJob with notice given`() throws {
        var order = try WorkOrder.sample()
        let effects = try order.decline(reason: "no engineer", at: .noon)
        #expect(effects.reports.map(\.operation) == ["closeJob MBORC"])
        _ = try order.hear(.reportTaken(sequence: 1), at: .noon)
        #expect(order.state == .declined(reason: "no engineer"))
    }

    @Test func `the same closing again is said already, another is refused`() throws {
        var order = try WorkOrderColumn.closed.order()
        #expect(try order.close(.sample(), now: .noon + 60).isEmpty)
        #expect(throws: Rejection.self) { try order.close(.sample("NA"), now: .noon) }
    }

    @Test func `another pack under the same reference is refused`() throws {
        let order = try WorkOrder.sample()
        #expect(try order.receiveAgain(order.pack).isEmpty)
        #expect(throws: Rejection.self) { try order.receiveAgain(.sample(notes: "other")) }
    }

    @Test func `a book of 450 steps takes no more on the way`() throws {
        var order = try WorkOrder.sample()
        for _ in 0..<448 { _ = try order.progress([], at: .noon, now: .noon) }
        #expect(throws: Rejection.self) { try order.progress([], at: .noon, now: .noon) }
    }

    @Test func `light is result 2, not 1`() throws {
        var order = try WorkOrderColumn.provisioned.order()
        #expect(!order.hasLight)
        _ = try order.learn(.sample(.installSuccessful), at: .noon)
        #expect(order.hasLight)
    }
}

@Suite struct ClosingReportCheckTests {
    private let catalogue = ClosureCatalogue(
        primaries: [:],
        secondaries: ["CON": ["CON04": "No capacity"], "POP": ["POP03": "Light"]]
    )

    @Test func `CON is explained by a code of its own and a description`() throws {
        try Self.report("CON", "CON04", "full").check(against: catalogue)
    }

    @Test(
        arguments: [
            ("CON", nil, nil, ["/secondaryClosureCode", "/secondaryClosureDescription"]),
            ("POP", "POP03", nil, ["/secondaryClosureDescription"]),
            ("CON", "POP03", "x", ["/secondaryClosureCode"]),
            ("HAZ", "HAZ99", nil, ["/secondaryClosureCode"]),
        ] as [(String, String?, String?, [String])]
    )
    func `everything that is wrong is named`(
        code: String,
        secondary: String?,
        description: String?,
        pointers: [String]
    ) throws {
        let refusal = #expect(throws: Rejection.self) {
            try Self.report(code, secondary, description).check(against: catalogue)
        }
        #expect(refusal?.problems.map(\.pointer) == pointers)
    }

    @Test func `only who did not come has no answers`() throws {
        try Self.report("NTR", answers: []).check(against: catalogue)
        let refusal = #expect(throws: Rejection.self) {
            try Self.report("SP", answers: []).check(against: catalogue)
        }
        #expect(refusal?.problems.map(\.pointer) == ["/answers"])
    }

    private static func report(
        _ code: String,
        _ secondary: String? = nil,
        _ description: String? = nil,
        answers: [QuestionAnswer] = [.sample]
    ) -> ClosingReport {
        ClosingReport(
            code: ClosureCode(code),
            secondary: secondary,
            secondaryDescription: description,
            closedAt: .noon,
            answers: answers
        )
    }
}
