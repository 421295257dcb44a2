import Domain
import Formats

/// Why a seller's answer to an appointment message is none that can be used.
enum AppointmentAnswerFault: Error, Equatable {
    /// Understood and refused: code and description.
    case refused(reasons: [String])
    /// It says nothing, or failed: what is asked again may be answered.
    case failed(reason: String)
    /// Refused by its status alone.
    case turnedAway(reason: String)
}

extension AppointmentAnswerFault {
    /// What an appointment's answer says, judged here and nowhere else, by its status and by what it says: the accepted part, or
    /// why there is none.
    ///
    /// - Parameter correlation: of our message; an answer to another one says nothing to us.
    static func accepted(
        _ name: String,
        in response: OutboundResponse,
        asking correlation: String? = nil
    ) throws(AppointmentAnswerFault) -> XMLElement {
        let isSuccess = (200..<300).contains(response.status)
        guard response.unreadable == nil, let document = try? XMLDocument(parsing: response.body),
            let element = try? SOAPEnvelope.open(document).body
        else {
            throw isSuccess ? AppointmentAnswerFault.failed(reason: response.nature) : byStatus(response)
        }
        if let fault = SOAPFault(element) {
            let reasons = (fault.validationErrors.map(\.message) + [fault.text]).compactMap(words)
            guard fault.code == .server else { throw AppointmentAnswerFault.refused(reasons: reasons) }
            throw AppointmentAnswerFault.failed(reason: reasons.first ?? "a SOAP fault without words")
        }
        guard element.name == name + "Response" else {
            guard isSuccess else { throw byStatus(response) }
            let root = element.name.plainWords(60)
            throw AppointmentAnswerFault.failed(
                reason: response.isHTML ? response.nature : "the answer is <\(root)>, not <\(name)Response>"
            )
        }
        let echoed = element.first("message")?.text(of: "correlationId") ?? ""
        if let correlation, !echoed.isEmpty, !echoed.isExactly(correlation) {
            throw AppointmentAnswerFault.failed(
                reason: "the answer is to another message (correlationId \(echoed.plainWords(60)))"
            )
        }
        let rejections = element.first(name + "Rejected")?.all("rejection") ?? []
        guard rejections.isEmpty else {
            throw AppointmentAnswerFault.refused(
                reasons: rejections.map { rejection in
                    [rejection.text(of: "code"), rejection.text(of: "description")].compactMap { $0.flatMap(words) }
                        .joined(separator: ": ")
                }
            )
        }
        guard isSuccess else { throw byStatus(response) }
        guard let accepted = element.first(name + "Accepted") else {
            throw AppointmentAnswerFault.failed(reason: "the answer has neither \(name)Accepted nor \(name)Rejected")
        }
        return accepted
    }

    private static func byStatus(_ response: OutboundResponse) -> AppointmentAnswerFault {
        switch response.status {
        case 408, 425, 429, 500..<600: .failed(reason: response.reason)
        case _: .turnedAway(reason: response.reason)
        }
    }

    private static func words(_ text: String) -> String? {
        let words = text.plainWords(OutboundResponse.wordsMax)
        return words.isEmpty ? nil : words
    }
}
