import Foundation
import Testing

/// The auditor is itself held to account: each fault that an operator could have is played to it on a forged wire, and it
/// must find it; of a faultless day it finds nothing.
@Suite struct VisitAuditorTests {
    @Test func `of a faultless day it finds nothing`() {
        #expect(findings { $0.faultlessDay() } == [])
    }

    @Test(arguments: [[1, 2], [4, 1, 2], [4, 4, 1, 2], [4, 4, 3], [3, 1, 2], [5, 6, 7, 1, 2], [3, 4, 3]])
    func `every way to a provisioned device is one that it knows`(results: [Int]) {
        #expect(findings { $0.results(results) } == [])
    }

    @Test(arguments: [[2], [1, 1], [1, 3], [1, 2, 2], [1, 2, 1], [4, 4, 4], [1, 4], [4, 5], [8]])
    func `a result that may not follow the one before is found`(results: [Int]) {
        #expect(findings { $0.results(results) }.contains { $0.contains("after") })
    }

    @Test func `a retry without its moment, and a failure that calls itself a success, are found`() {
        #expect(findings { $0.result(4, retryAt: nil) } == ["J101: result 4, and when next?"])
        #expect(findings { $0.result(3, success: true) } == ["J101: result 3 is of the wrong kind"])
    }

    @Test(arguments: ForgedWire.Fault.allCases)
    func `a fault of the operator's is found`(fault: ForgedWire.Fault) {
        let found = findings { $0.play(fault) }

        #expect(found.contains { $0.contains(fault.rawValue) }, "\(found)")
    }

    private func findings(_ body: (inout ForgedWire) -> Void) -> [String] {
        var wire = ForgedWire()
        body(&wire)
        return wire.auditor.findings
    }
}

/// Messages as they might be on the wire, written by hand.
struct ForgedWire {
    /// Each by words of the finding that it must lead to.
    enum Fault: String, CaseIterable {
        case otherBytesAgain = "was not the same the second time"
        case overtaking = "overtook another"
        case askedTwice = "was asked twice"
        case twoHolders = "have it"
        case noMessage = "is no message of the operator's"
        case answeredAnew = "was answered anew"
        case strangerHeard = "was listened to"
        case holderRefused = "was refused"
        case turnedAway = "was turned away"
        case stillHeld = "still have it"
        case noEnd = "has no end"
        case closedByOther = "on the wire by"
        case cancelledYetClosed = "is cancelled, and was closed"
        case declinedTooSoon = "is declined, and only"
        case resultsUntold = "the partner was told"
        case wrongOrder = "its last job ended with"
        case completionUntold = "completions"
        case wrongVisit = "is of type"
    }

    private(set) var auditor = VisitAuditor()
    private var number = 0
    private var said = 0

    mutating func faultlessDay() {
        ask("P1", answered: Self.no)
        ask("P2")
        tell("P2", "ENGINEER_ASSIGNED")
        for result in [1, 2] { self.result(result, to: "P2") }
        close("P2")
        auditor.customerHeard("KCI COMPLETED", of: 1)
        judge("closed", by: "P2", results: [1, 2])
        auditor.judge(order: 1, state: "completed")
    }

    mutating func results(_ results: [Int]) {
        ask("P1")
        for result in results { self.result(result, retryAt: result == 4 ? "2027-01-12T09:00:00+00:00" : nil) }
    }

    mutating func result(_ result: Int, to partner: String = "P1", retryAt: String? = nil, success: Bool? = nil) {
        var response: [String: Any] = ["id": result, "success": success ?? (result < 3)]
        response["retryAt"] = retryAt
        send("notifyJob", ["response": response], to: partner)
    }

    mutating func play(_ fault: Fault) {
        switch fault {
        case .otherBytesAgain:
            ask("P1")
            send("createJob", ["content": ["jobType": "REVISIT"]], to: "P1", as: number)
        case .overtaking:
            send("createJob", to: "P1", as: 7)
            send("cancelJob", to: "P1", as: 6)
        case .askedTwice:
            ask("P1", answered: Self.no)
            ask("P1")
        case .twoHolders:
            ask("P1")
            ask("P2")
        case .noMessage:
            send("updateJob", to: "P1")
        case .answeredAnew:
            ask("P1")
            tell("P1", "EN_ROUTE")
            said -= 1
            tell("P1", "EN_ROUTE", answered: Self.error(-32002))
        case .strangerHeard:
            ask("P1", answered: Self.no)
            ask("P2")
            tell("P1", "EN_ROUTE")
        case .holderRefused:
            ask("P1")
            tell("P1", "EN_ROUTE", answered: Self.error(-32002))
        case .turnedAway:
            ask("P1")
            tell("P1", "EN_ROUTE", answered: Self.error(-32005))
        case .stillHeld:
            ask("P1")
            judge("cancelled", by: "P1")
        case .noEnd:
            ask("P1", answered: Self.no)
            judge("assigned", by: "P1")
        case .closedByOther:
            ask("P1")
            close("P1")
            judge("closed", by: "P2")
        case .cancelledYetClosed:
            ask("P1")
            close("P1")
            judge("cancelled", by: "P1")
        case .declinedTooSoon:
            ask("P1", answered: Self.no)
            judge("declined", by: "P1")
        case .resultsUntold:
            ask("P1")
            result(1)
            close("P1")
            judge("closed", by: "P1", results: [1, 2])
        case .wrongOrder:
            ask("P1")
            close("P1")
            auditor.customerHeard("KCI COMPLETED", of: 1)
            auditor.judge(order: 1, state: "held")
        case .completionUntold:
            ask("P1")
            close("P1")
            auditor.judge(order: 1, state: "completed")
        case .wrongVisit:
            ask("P1")
            close("P1", "CPR")
            send("createJob", ["content": ["jobType": "CIVILS"]], to: "P1", of: "J102")
            auditor.judge(order: 1, state: "held")
        }
    }

    // MARK: The operator's messages

    private mutating func ask(_ partner: String, answered reply: String = "{}") {
        send("createJob", ["content": ["jobType": "INSTALL"]], to: partner, answered: reply)
    }

    private mutating func send(
        _ method: String,
        _ more: [String: Any] = [:],
        to partner: String,
        of reference: String = "J101",
        as given: Int? = nil,
        answered reply: String = "{}"
    ) {
        number = given ?? number + 1
        let message = more.merging(["id": number, "method": method, "ref": reference]) { $1 }
        auditor.arrived(Self.bytes(message), at: partner, answered: reply)
    }

    // MARK: A partner's messages

    private mutating func tell(_ partner: String, _ type: String, answered reply: String = "{}") {
        say("notifyJob", ["jobHeader": ["ref": "J101", "notificationType": type]], partner, reply)
    }

    private mutating func close(_ partner: String, _ code: String = "SP") {
        say("closeJob", ["jobHeader": ["ref": "J101"], "closureCode": code], partner, "{}")
    }

    private mutating func say(_ method: String, _ params: [String: Any], _ partner: String, _ reply: String) {
        said += 1
        let message: [String: Any] = ["id": said, "method": method, "params": params]
        auditor.said(Self.bytes(message), by: partner, answered: reply)
    }

    // MARK: What the desk shows

    private mutating func judge(_ state: String, by partner: String, results: [Int] = []) {
        let closure: [String: Any] = ["closureCode": "SP"]
        let desk: [String: Any] = [
            "state": state, "partner": partner, "closure": closure, "provisioning": results.map { ["result": $0] },
        ]
        auditor.judge("J101", desk: Self.bytes(desk), partners: ["P1", "P2"])
    }

    private static let no = error(-32000)
    private static func error(_ code: Int) -> String {
        #"{"jsonrpc":"2.0","id":1,"error":{"code":\#(code),"message":"no"}}"#
    }
    private static func bytes(_ object: [String: Any]) -> Data {
        (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data()
    }
}
