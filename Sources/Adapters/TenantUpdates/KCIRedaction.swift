import Domain
import Formats
import Storage

/// What is kept of a KCI whose content was redacted: which it was, of what, and what it was about; nothing that anybody
/// wrote.
package enum KCIRedaction {
    package static func emptied(_ row: OutboxRow) -> (message: Message, body: [UInt8]) {
        guard case .kci(let kci) = row.content.message else { return (row.content.message, []) }
        return (.kci(emptied(kci)), body(of: row, kci))
    }

    private static func emptied(_ kci: KCI) -> KCI {
        let content: KCI.Content =
            switch kci.content {
            case .information(let type, let details):
                .information(type: type, details: KCIDetails(problemCode: details.problemCode))
            case .action(let type, let details):
                .action(
                    type: type,
                    details: KCIDetails(
                        problemCode: details.problemCode,
                        resolution: details.resolution,
                        dueBy: details.dueBy
                    )
                )
            case .error(let code, _, let about): .error(code: code, messages: [], about: about)
            }
        return KCI(sequence: kci.sequence, content: content, issuedOn: kci.issuedOn, receivedOn: kci.receivedOn)
    }

    private static func body(of row: OutboxRow, _ kci: KCI) -> [UInt8] {
        let type = KCIView.EntityType(ofSpelt: row.content.body)
        let supplier = (try? JSONDocument(parsing: row.content.body))?.root["supplier"]?.string
        return JSONWriter.bytes { json in
            json.object { json in
                json.field("id", row.content.messageID.rawValue)
                json.field("supplier", supplier)
                if let type { KCIView.writeMetadata(kci, of: type, to: &json) }
                json.object("entity") { $0.field("id", row.content.entity.number) }
                KCIView.writeContent(emptied(kci), uuid: row.content.messageID.rawValue, to: &json)
                json.field("redacted", true)
            }
        }
    }
}
