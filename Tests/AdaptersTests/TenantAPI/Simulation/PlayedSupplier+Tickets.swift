import Domain
import Formats
import Foundation

@testable import Adapters

/// Fault reports by the Ticketing contract, with the gateway as the buyer (T-010 to T-019, T-030 to T-035).
extension PlayedSupplier {
    mutating func hearTicket(_ request: OutboundRequest, _ id: String, at now: Date) -> OutboundResponse {
        guard let message = try? XMLDocument(parsing: request.body).root,
            let reference = message.text(of: "buyerFaultReference"), let buyer = message.text(of: "buyerIdentifier")
        else { return OutboundResponse(status: 500) }
        let subject = Step.Subject.ticket("\(buyer)/\(reference)")
        // Who says that a fault is there still is asked again once it is mended again.
        let round = message.name == "resolveResponse" ? " \(works[subject]?.resolutions ?? 0)" : ""
        took("\(message.name) \(buyer)/\(reference)\(round)", as: id)
        switch message.name {
        case "addFaultReport":
            if works[subject] != nil { return Self.receipt(message, 400, error: "already exists") }
            guard draw(8, "takes \(subject)") > 0 else { return Self.receipt(message, 400, error: "no such service") }
            works[subject] = Work(
                reference: newReference("CS"),
                number: nil,
                tenant: String(buyer.dropFirst("BUYER-".count)),
                member: message.text(of: "serviceAffected") ?? ""
            )
            planTicket(subject, from: now)
            return Self.receipt(message, 201)
        case "amendFaultReport":
            guard let work = works[subject], !work.isOver, draw(5, "takes \(id)") > 0 else {
                return Self.receipt(message, 400, error: "it cannot be amended")
            }
            if message.first("faultDetails")?.text(of: "status") == "cancelled", draw(3, "cancels \(id)") > 0 {
                plan(.tell(status: "cancelled", words: "As you wished"), for: subject, at: now + 300)
            }
            return Self.receipt(message, 200)
        case _:
            guard let work = works[subject], work.isResolved else {
                return Self.receipt(message, 400, error: "not resolved")
            }
            if message.text(of: "resolveAccepted") == "true" {
                plan(.tell(status: "closed", words: "Thank you"), for: subject, at: now + 60)
            } else {
                works[subject]?.isResolved = false
                plan(.tell(status: "re-opened", words: "We look again"), for: subject, at: now + 60)
                plan(.tell(status: "in-progress", words: "Somebody comes"), for: subject, at: now + 3_600)
                plan(.tell(status: "resolved", words: "Mended again"), for: subject, at: now + 7_200)
            }
            return Self.receipt(message, 200)
        }
    }

    private mutating func planTicket(_ subject: Step.Subject, from start: Date) {
        var moment = start
        func later(_ step: String) -> Date {
            moment += Double(1 + draw(60, "wait before \(step) of \(subject)")) * 60
            return moment
        }
        plan(
            .tell(status: draw(10, "rejects \(subject)") == 0 ? "rejected" : "accepted", words: "CS"),
            for: subject,
            at: later("accepted")
        )
        let onTheWay = [
            ("open", "A fault in the network"), ("in-progress", "We work on it"),
            ("on-hold", "An appointment is needed"),
            ("on-hold", "Which room is it?"), ("in-progress", "Slowly"), ("accepted", "A word"),
        ]
        for step in 0..<(1 + draw(4, "length of \(subject)")) {
            let (status, words) = chance.pick(onTheWay, "\(name) step \(step) of \(subject)")
            plan(.tell(status: status, words: words), for: subject, at: later("\(step)"))
        }
        guard draw(5, "mends \(subject)") > 0 else { return }
        plan(.tell(status: "resolved", words: "Mended"), for: subject, at: later("resolved"))
    }

    mutating func tells(_ step: Step, of work: Work, at now: Date) {
        guard !work.isOver, case .ticket(let key) = step.subject else { return }
        let (status, words): (String, String)
        switch step.deed {
        case .tell(let told, let said): (status, words) = (told, said)
        case .close(let resolution):
            guard work.isResolved, work.resolutions == resolution else { return }
            (status, words) = ("closed", "Nobody objected")
        case .say, .decide: return
        }
        var now = now
        works[step.subject]?.told += 1
        works[step.subject]?.isOver = ["closed", "cancelled", "rejected"].contains(status)
        works[step.subject]?.isResolved = status == "resolved"
        if status == "resolved" {
            works[step.subject]?.resolutions += 1
            plan(.close(resolution: work.resolutions + 1), for: step.subject, at: now + 48 * 3_600)
        }
        let parts = key.split(separator: "/", maxSplits: 1)
        let id = uuid("notification \(work.reference) \(work.told)")
        let late = status == "closed" && draw(2, "late \(work.reference)") == 0
        let body = """
            <notifyFaultReportUpdate><apiVersion>1.0</apiVersion><buyerIdentifier>\(parts[0])</buyerIdentifier>\
            <sentAt>\(Self.text(now))</sentAt><messageId>\(id)</messageId><serviceAffected>\(work.member)</serviceAffected>\
            <buyerFaultReference>\(parts[1])</buyerFaultReference>\
            <maintainerFaultReference>\(work.reference)</maintainerFaultReference><faultDetails><type>Fault</type>\
            <status>\(status)</status><statusReason>\(words)</statusReason>\
            <faultStartTime>\(Self.text(now))</faultStartTime><faultLocation>Here</faultLocation>\
            <siteAccessDetails>None stated</siteAccessDetails><siteAccessContactDetails/></faultDetails>\
            \(late ? Self.lateRepair : "")</notifyFaultReportUpdate>
            """
        now += 1
        send(Errand(contract: .ticketing, id: id, body: body, due: now))
    }

    private static let lateRepair = """
        <lateRepairNotification><totalDelayInDays>2</totalDelayInDays><sellerDelayDays>2</sellerDelayDays>\
        <nonSellerDelayDays>0</nonSellerDelayDays></lateRepairNotification>
        """

    private static func receipt(_ message: XMLElement, _ status: Int, error: String? = nil) -> OutboundResponse {
        let names = [
            "addFaultReport": "receivedFaultReport", "amendFaultReport": "receivedAmendFaultReport",
            "resolveResponse": "receivedResolvedResponse",
        ]
        let name = names[message.name] ?? "received"
        let body = """
            <\(name)><apiVersion>1.0</apiVersion><messageId>\(message.text(of: "messageId") ?? "")</messageId>\
            <responseCode>\(status)</responseCode>\(error.map { "<errorMessage>\($0)</errorMessage>" } ?? "")</\(name)>
            """
        return OutboundResponse(status: status, headers: ["Content-Type": "text/xml"], body: Array(body.utf8))
    }
}
