import Domain
import FoundationEssentials
import Formats

extension LintPass {
    /// Who said what when, and how the status is spelt.
    func checkHistory() {
        for name in ["updatedBy", "commentedBy"] {
            for party in element.descendants(name) {
                let text = party.value
                guard TicketParty(rawValue: text) == nil, let meant = TicketParty(rawValue: text.lowercased()) else {
                    continue
                }
                let sentence = "\(name) is not spelt in lower case, as in a published sample"
                report("X-05", .warning, at: party, sentence, expected: meant.rawValue)
            }
        }
        checkStatusWords()
        checkFuture()
    }

    /// a display name where the schema's spelling belongs.
    func checkStatusWords() {
        for status in element.descendants("status") {
            let text = status.value
            guard FaultStatus(rawValue: text) == nil else { continue }
            let spelt = text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: "-")
            let joined = spelt.filter { $0 != "-" }
            let meant = FaultStatus.allCases.first { known in
                known.rawValue == spelt || known.rawValue.filter { $0 != "-" } == joined
            }
            guard let meant else { continue }
            let sentence = "the status is spelt as people say it, not as the schema does"
            report("X-51", .warning, at: status, sentence, expected: meant.rawValue)
        }
    }

    /// an update that was not yet written when the message was sent.
    private func checkFuture() {
        guard let sentAt = element.text(of: "sentAt").flatMap(XMLDateTime.parse) else { return }
        for time in element.descendants("updatedTime") {
            guard let date = XMLDateTime.parse(time.value), date > sentAt else { continue }
            let sentence = "an update is later than the message that tells of it"
            report("X-19", .warning, at: time, sentence, expected: "no later than sentAt")
        }
    }
}
