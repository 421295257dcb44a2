import Domain
import Foundation
import HTTPTypes

@testable import Adapters

/// Orders, amendments, cancellations, tests, reservations and quotes by the native contract (G-090 to G-093).
extension PlayedSupplier {
    mutating func hearNative(
        _ request: OutboundRequest,
        _ operation: String,
        _ id: String,
        tenant: String,
        at now: Date
    ) -> OutboundResponse {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        if request.method != .delete, body["tenant"] as? String != tenant {
            return Self.answer(400, ["messages": ["the header names another tenant than the body"]])
        }
        took("\(operation) \(body["id"] as? Int ?? 0)", as: id)
        switch operation {
        case "service-orders", "ethernet/service-orders": return takeOrder(body, tenant, at: now)
        case "service-order-amendments": return takeRequest(body, isCancellation: false, at: now)
        case "service-order-cancellations": return takeRequest(body, isCancellation: true, at: now)
        case "service-tests": return takeTest(body, tenant, at: now)
        case "quote": return price(body, at: now)
        case "appointments":
            let slot = body["timeslot"] as? [String: Any] ?? [:]
            return Self.answer(
                201,
                [
                    "supplierReference": newReference("V"), "expiryDateTime": Self.text(now + 12 * 3_600),
                    "timeslot": slot,
                ]
            )
        case _: return OutboundResponse(status: 204)
        }
    }

    // MARK: Orders

    private mutating func takeOrder(_ body: [String: Any], _ tenant: String, at now: Date) -> OutboundResponse {
        let number = body["id"] as? Int ?? 0
        let kind = draw(12, "order \(number)")
        guard kind > 1 else {
            return kind == 0 ? Self.answer(422, ["messages": ["No port is free.", "Nor will be."]]) : Self.answer(409)
        }
        let reference = newReference("O")
        let subject = Step.Subject.order(reference)
        works[subject] = Work(
            reference: reference,
            number: number,
            tenant: tenant,
            member: Self.member(ofType: body["orderType"] as? String)
        )
        planOrder(subject, from: now, acknowledges: kind < 5)
        switch kind {
        case 2, 3, 4: return Self.answer(202)
        case 5, 6:
            return Self.answer(
                201,
                [
                    "supplierOrderReference": reference, "status": "IN_PROGRESS",
                    "committedDate": Self.day(now + 7 * 86_400), "targetDate": Self.day(now + 7 * 86_400),
                ]
            )
        case 7: return Self.answer(201, ["supplierOrderReference": reference, "targetDate": Self.day(now + 86_400)])
        case _: return Self.answer(201, ["supplierOrderReference": reference, "status": "ACKNOWLEDGED"])
        }
    }

    private static func member(ofType type: String?) -> String {
        switch type {
        case "MODIFY": "modifyServiceOrder"
        case "CEASE": "ceaseServiceOrder"
        case nil: "provideEthernetServiceOrder"
        case _: "provideServiceOrder"
        }
    }

    /// A cease that no tenant asked for (Q-10).
    mutating func cease(aLineOf tenant: String, at now: Date) {
        let reference = newReference("U")
        let subject = Step.Subject.order(reference)
        works[subject] = Work(reference: reference, number: nil, tenant: tenant, member: "unsolicitedCeaseServiceOrder")
        plan(.say(reason: "CREATED"), for: subject, at: now)
        planOrder(subject, from: now + 600, acknowledges: true)
    }

    private mutating func planOrder(_ subject: Step.Subject, from start: Date, acknowledges: Bool) {
        var moment = start
        func name(_ step: Int) -> String { "step \(step) of \(subject)" }
        func later(_ step: Int) -> Date {
            moment +=
                Double(1 + draw(40, "wait before \(name(step))")) * [1, 60, 600][draw(3, "pace of \(name(step))")]
            return moment
        }
        if acknowledges {
            guard draw(8, "rejects \(subject)") > 0 else {
                return plan(.say(reason: "ORDER_REJECTED", needsCode: true), for: subject, at: later(0))
            }
            plan(.say(reason: "ACKNOWLEDGED"), for: subject, at: later(0))
        }
        let onTheWay: [Deed] = [
            .say(reason: "COMMITTED", movesTarget: true), .say(reason: "UPDATE"), .say(reason: "ADDITIONAL"),
            .say(reason: "WARNING", needsCode: true), .say(reason: "DELAY", needsCode: true, movesTarget: true),
            .say(reason: "RESUMED"), .say(reason: "INFORMATION_REQUIRED"), .say(reason: "REAPPOINT", needsCode: true),
            .say(reason: "REAPPOINTED"), .say(reason: "UPDATE", movesTarget: true), .say(reason: "ACKNOWLEDGED"),
        ]
        plan(.say(reason: "COMMITTED", movesTarget: true), for: subject, at: later(1))
        for step in 2..<(2 + draw(5, "length of \(subject)")) {
            plan(onTheWay[draw(onTheWay.count, name(step))], for: subject, at: later(step))
        }
        let ends: [Deed?] = [
            .say(reason: "COMPLETED", status: "COMPLETED"), .say(reason: "COMPLETED", status: "COMPLETED"),
            .say(reason: "COMPLETED", status: "COMPLETED"), .say(reason: "COMPLETED", status: "PARTIAL"),
            .say(reason: "TERMINATED", status: "FAILED", needsCode: true),
            .say(reason: "CANCELLED", status: "CANCELLED", needsCode: true), nil,
        ]
        if let end = ends[draw(ends.count, "end of \(subject)")] { plan(end, for: subject, at: later(90)) }
        plan(.say(reason: "ADDITIONAL"), for: subject, at: later(91))
    }

    private mutating func takeRequest(_ body: [String: Any], isCancellation: Bool, at now: Date) -> OutboundResponse {
        let number = body["id"] as? Int ?? 0
        let order = works.first {
            $0.value.number != nil && $0.value.number == body["orderId"] as? Int && $0.key.isOrder
        }
        let byReference = (body["supplierOrderReference"] as? String).map { Step.Subject.order($0) }
        guard let subject = order?.key ?? byReference, let work = works[subject] else { return Self.answer(404) }
        guard !work.isOver else { return Self.answer(422, ["messages": ["It is over."]]) }
        switch draw(5, "request \(number)") {
        case 0: return Self.answer(422, ["messages": ["It is too late.", "Somebody is on the way."]])
        case 1:
            if isCancellation { finish(subject) }
            return Self.answer(201, ["supplierReference": newReference("R")])
        case _:
            let due = now + Double(1 + draw(120, "decision \(number)")) * 60
            plan(.decide(request: number, isCancellation: isCancellation), for: subject, at: due)
            return Self.answer(202, ["supplierReference": newReference("R"), "status": "PENDING"])
        }
    }

    // MARK: Tests and quotes

    private mutating func takeTest(_ body: [String: Any], _ tenant: String, at now: Date) -> OutboundResponse {
        let number = body["id"] as? Int ?? 0
        let kind = draw(8, "test \(number)")
        guard kind > 0 else { return Self.answer(422, ["messages": ["There is no such line."]]) }
        let reference = newReference("T")
        let subject = Step.Subject.test(reference)
        works[subject] = Work(reference: reference, number: number, tenant: tenant, member: "serviceTest")
        guard kind > 1 else {
            return Self.answer(201, ["supplierReference": reference, "result": Self.result(at: now)])
        }
        plan(.say(reason: "ACKNOWLEDGED"), for: subject, at: now + 20)
        plan(.say(reason: "UPDATE"), for: subject, at: now + 60)
        let fails = draw(5, "fate of test \(number)") == 0
        plan(.say(reason: fails ? "TERMINATED" : "COMPLETED", needsCode: fails), for: subject, at: now + 180)
        plan(.say(reason: "ADDITIONAL"), for: subject, at: now + 240)
        return kind < 4 ? Self.answer(202) : Self.answer(201, ["supplierReference": reference])
    }

    private static func result(at now: Date) -> [String: Any] {
        [
            "outcome": "RED", "code": "ONT_DOWN", "text": "Dark since noon", "raiseProblem": true,
            "measures": [["name": "LIGHT", "value": "-31", "unit": "dBm", "capturedAt": text(now)]],
        ]
    }

    private mutating func price(_ body: [String: Any], at now: Date) -> OutboundResponse {
        let number = body["id"] as? Int ?? 0
        let items = (body["quoteItems"] as? [[String: Any]] ?? []).map { item -> [String: Any] in
            let index = item["id"] as? Int ?? 0
            guard draw(4, "quote \(number) \(index)") > 0 else {
                return ["id": index, "status": "REJECTED", "reasons": ["It is too far."]]
            }
            return [
                "id": index, "status": "APPROVED", "supplierQuoteId": "\(name)-Q\(number)-\(index)",
                "prices": [["priceType": "ONE_OFF", "amount": "149.99", "currency": "GBP"]],
                "validUntil": Self.text(now + 30 * 86_400),
            ]
        }
        return Self.answer(201, ["quoteItems": items])
    }

    // MARK: What it says of them

    mutating func says(_ step: Step, of work: Work, at now: Date) {
        var (reason, status, fields): (String, String?, [String: Any]) = ("", nil, [:])
        switch step.deed {
        case .say(let said, let end, let needsCode, let movesTarget):
            guard !work.isOver || said == "ADDITIONAL" else { return }
            (reason, status) = (said, end)
            if needsCode { fields["problemCode"] = chance.pick(["CAPACITY_ISSUE", "ACCESS_ISSUE"], "code \(step)") }
            if movesTarget {
                fields["targetDate"] = Self.day(
                    now + Double(5 + draw(9, "target \(work.told) \(work.reference)")) * 86_400
                )
            }
        case .decide(let request, let isCancellation):
            guard !work.isOver else { return }
            let agrees = draw(3, "agrees to \(request)") > 0
            reason =
                isCancellation
                ? (agrees ? "CANCELLED" : "CANCELLATION_REJECTED") : (agrees ? "AMENDED" : "AMENDMENT_REJECTED")
            if isCancellation, agrees { status = "CANCELLED" }
            fields[isCancellation ? "serviceOrderCancellationId" : "serviceOrderAmendmentId"] = request
            if !agrees { fields["problemCode"] = "INVALID_REQUEST" }
        case .tell, .close: return
        }
        // Out of its own mouth: another supplier's, another tenant's, nobody's.
        if draw(10, "hostility after \(work.reference) \(work.told)") == 0 { slander(work, reason, at: now) }
        works[step.subject]?.told += 1
        let ends = ["COMPLETED", "TERMINATED", "ORDER_REJECTED", "CANCELLED"].contains(reason)
        if ends { finish(step.subject) }
        guard let body = update(works[step.subject] ?? work, reason, status, fields, at: now) else { return }
        send(Errand(contract: .native, id: "\(work.reference) \(work.told + 1)", body: body, due: now))
    }

    private mutating func finish(_ subject: Step.Subject) { works[subject]?.isOver = true }

    private func update(
        _ work: Work,
        _ reason: String,
        _ status: String?,
        _ fields: [String: Any],
        at now: Date
    ) -> String? {
        var entity: [String: Any] = ["tenant": work.tenant]
        entity["id"] = work.number
        entity["status"] = status
        let isTest = work.member == "serviceTest"
        entity[isTest ? "supplierReference" : "supplierOrderReference"] = work.reference
        entity["targetDate"] = fields["targetDate"]
        if reason == "COMMITTED" { entity["committedDate"] = fields["targetDate"] }
        if reason == "COMPLETED" {
            if isTest {
                entity["result"] = Self.result(at: now)
            } else {
                let line = ["name": "SERVICE_ID", "value": "LINE-\(work.reference)"]
                entity["serviceOrderItem"] = ["serviceCharacteristics": [line]]
            }
        }
        if work.member == "unsolicitedCeaseServiceOrder" {
            entity["serviceId"] = "LINE-\(work.tenant)"
            entity["requestedCeaseDate"] = Self.day(now + 14 * 86_400)
            entity["reason"] = "CHANGE_OF_CP"
        }
        var body = fields.filter { $0.key != "targetDate" }
        body["id"] = uuid("update \(work.reference) \(work.told)")
        body["sequenceNumber"] = work.told
        body["issuedOn"] = Self.text(now)
        body["reasonCode"] = reason
        body["text"] = "\(reason) of \(work.tenant), said \(work.told)"
        body[work.member] = entity
        return Self.spelt(body)
    }

    /// Says something of what is not its own, or says it so that nobody can understand it.
    private mutating func slander(_ work: Work, _ reason: String, at now: Date) {
        let kind = draw(3, "slander of \(work.reference) \(work.told)")
        var body: [String: Any] = [
            "id": uuid("slander \(work.reference) \(work.told)"), "issuedOn": Self.text(now), "reasonCode": "UPDATE",
            "text": "HOSTILE",
        ]
        switch kind {
        // Its own number, under another tenant's name.
        case 0:
            body[work.member] = ["id": work.number ?? 1, "tenant": "TENANT9", "supplierOrderReference": work.reference]
        // A number that nobody has.
        case 1: body["provideServiceOrder"] = ["id": 9_000_000 + work.told, "tenant": work.tenant]
        // Two entities at once, and a reason that there isn't.
        case _:
            body["reasonCode"] = "PERHAPS"
            body["provideServiceOrder"] = ["id": 1]
            body["serviceTest"] = ["id": 1]
        }
        guard let text = Self.spelt(body) else { return }
        let id = "slander \(work.reference) \(work.told)"
        errands.append(Errand(contract: .native, id: id, body: text, isHostile: true, due: now))
    }

    static func spelt(_ object: [String: Any]) -> String? {
        (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]))
            .map { String(decoding: $0, as: UTF8.self) }
    }

    static func text(_ date: Date) -> String { date.ISO8601Format() }
    static func day(_ date: Date) -> String { String(text(date).prefix(10)) }
}

extension PlayedSupplier.Step.Subject {
    var isOrder: Bool {
        switch self {
        case .order: true
        case .test, .ticket: false
        }
    }
}
