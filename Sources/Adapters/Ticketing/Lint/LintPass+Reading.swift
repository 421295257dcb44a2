import Domain
import FoundationEssentials
import Formats

extension LintPass {
    /// What the receiver's own reader refuses, and the rules that its domain has for any such message. A server asks the same
    /// functions, so neither can say otherwise than the other.
    ///
    /// What only a server knows is taken as right: whose identifier it is, which services and tickets there are, and in which
    /// state a ticket is.
    func checkReading() {
        let fields = TicketFields(element)
        // Of no importance: it stands in for moments that the message leaves out.
        let now = Date.distantPast
        switch message {
        case .queryAppointmentAvailabilityRequest:
            checkAppointment { (request: XMLElement) throws(TicketingProblem) in _ = try QueryVisits(request, at: now) }
        case .reserveAppointmentRequest:
            checkAppointment { (request: XMLElement) throws(TicketingProblem) in _ = try ReserveVisit(request, at: now)
            }
        case .addFaultReport:
            if let report = AddFaultReport(reading: fields, at: now) { check(report, fields) }
            checkFiles(fields)
        case .amendFaultReport:
            _ = try? AmendFaultReport(fields, at: now)
            checkFiles(fields)
        case .resolveResponse: _ = try? ResolveResponse(fields)
        case .requestFaultReportUpdate: _ = try? RequestFaultReportUpdate(fields)
        case .notifyFaultReportUpdate: _ = try? ReceivedNotification(fields, at: now)
        case .queryAppointmentAvailabilityResponse, .reserveAppointmentResponse, .receivedFaultReport,
            .receivedAmendFaultReport, .receivedResolvedResponse, .receivedRequestFaultReportUpdate,
            .receivedNotifyFaultReportUpdate, .fault:
            break
        }
        for found in fields.found { report(found) }
    }

    private func checkAppointment(_ read: (XMLElement) throws(TicketingProblem) -> Void) {
        do throws(TicketingProblem) {
            try read(element)
        } catch {
            for (field, text) in error.messages {
                let place = element.descendants(field).first ?? element
                report(.init(problem: Rejection.Problem(field, text), place: place, isMissing: false))
            }
        }
    }

    /// T-011, T-012: a contact that can be reached, and a reservation exactly where one is due.
    private func check(_ claimed: AddFaultReport, _ fields: TicketFields) {
        var claim = claimed.claim(of: BuyerID("lint"), ConversationID("lint"), [])
        claim.priorReference = nil
        do throws(Rejection) {
            try FaultReport.examine(claim, prior: nil, isServiceKnown: true)
        } catch {
            let known = Set(fields.found.map(\.problem.pointer))
            for problem in error.problems where !known.contains(problem.pointer) { explain(problem) }
        }
        guard !claim.details.type.name.isEmpty else { return }
        do {
            try FaultReport.checkAppointmentRule(type: claim.details.type, hasKey: claimed.appointment != nil)
        } catch {
            explainAppointmentRule(claim.details.type.name)
        }
    }

    private func explain(_ problem: Rejection.Problem) {
        guard problem.pointer == "reporterContactDetails" else {
            let place = element.first(problem.pointer)
            return report(.init(problem: problem, place: place ?? element, isMissing: place == nil))
        }
        let text = "nobody can be reached: one contact with a telephone number or an e-mail address is needed"
        report("X-24", .error, missing: "phone or email of a contact", in: element, text)
    }

    private func explainAppointmentRule(_ type: String) {
        guard let key = element.first("appointment")?.first("appointmentReservationKey"), !key.value.isEmpty else {
            guard let place = element.first("faultDetails")?.first("type") else { return }
            return report(
                "T-012",
                .error,
                at: place,
                "a \(type) needs a reserved appointment",
                expected: "appointment/appointmentReservationKey",
                found: "none"
            )
        }
        report(
            "X-14",
            .error,
            at: key,
            "only a Service Outage has an appointment (T-012), though a published sample has one with another type",
            expected: "no appointment with the type \(type)"
        )
    }

    /// T-066: names that a file may have, each once, and no more files than a ticket has.
    private func checkFiles(_ fields: TicketFields) {
        let names = element.first("attachments")?.all("attachment").compactMap { $0.first("filename") } ?? []
        let files = names.filter { !$0.value.isEmpty }.map {
            (wish: AttachmentWish(name: $0.value, key: ""), place: $0)
        }
        var said: Set<String> = []
        for file in files {
            for problem in FaultReport.problems(with: [file.wish], beside: []) {
                said.insert(problem.message)
                report(.init(problem: problem, place: file.place, isMissing: false))
            }
        }
        guard let list = element.first("attachments") else { return }
        for problem in FaultReport.problems(with: files.map(\.wish), beside: []) where !said.contains(problem.message) {
            report(.init(problem: problem, place: list, isMissing: false))
        }
    }
}
