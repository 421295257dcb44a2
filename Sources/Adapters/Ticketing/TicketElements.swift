import Domain
import FoundationEssentials
import Formats

/// How the parts of a ticket are spelt, in every message that has them.
extension XMLWriter {
    mutating func contact(_ name: String, _ contact: TicketContact?) {
        element(name) { xml in
            xml.text("name", contact?.name)
            xml.text("phone", contact?.phone)
            xml.text("email", contact?.email)
        }
    }

    mutating func dateTime(_ name: String, _ date: Date?) {
        guard let date else { return }
        text(name, Timestamp.format(date))
    }

    mutating func updates(_ updates: [TicketUpdate]) {
        guard !updates.isEmpty else { return }
        element("updates") { xml in
            for update in updates {
                xml.element("update") { xml in
                    xml.text("description", update.text)
                    xml.text("updatedBy", update.by.rawValue)
                    xml.dateTime("updatedTime", update.at)
                }
            }
        }
    }

    mutating func attachments(_ attachments: [TicketReceipt.Attachment]) {
        guard !attachments.isEmpty else { return }
        element("attachments") { xml in
            for attachment in attachments {
                xml.element("attachment") { xml in
                    xml.text("filename", attachment.name)
                    xml.text("url", attachment.url)
                    xml.text("uploaded", attachment.isUploaded)
                }
            }
        }
    }

    mutating func comment(_ comment: TicketUpdate?) {
        guard let comment else { return }
        element("comment") { xml in
            xml.text("value", comment.text)
            xml.text("commentedBy", comment.by.rawValue)
            xml.dateTime("commentedTime", comment.at)
        }
    }

    /// Key, day and hours; what became of it is written by who knows.
    mutating func slot(_ slot: TimeSlot) {
        text("appointmentDate", slot.day.description)
        text("appointmentStartTime", slot.startTime)
        text("appointmentEndTime", slot.endTime)
    }

    /// A message by itself, or in an envelope.
    static func message(isEnveloped: Bool, _ bare: (inout XMLWriter) -> Void) -> [UInt8] {
        isEnveloped ? SOAPEnvelope.wrap(bare) : XMLWriter.document(bare)
    }
}
