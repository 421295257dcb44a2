import Domain
import FoundationEssentials
import Formats

/// `createJob`, operator to partner: the job pack (I-003, G-128).
package struct CreateJob: Equatable, Sendable {
    package static let method = "createJob"

    /// What a partner needs of the pack to plan the day; the rest is for people.
    package let reference: String
    package let jobType: String
    package let serviceID: String
    package let orderReference: String
    package let slot: TimeSlot
    package let vendor: String
}

extension CreateJob {
    /// - Parameter bucket: where operator and partner share files (I-031); the prefix is the job's.
    static func spell(_ job: InstallationJob, bucket: String = PartnerTerms.sharedBucket, sent: Date) -> [UInt8] {
        let pack = job.pack
        return DispatchMessage.spell(method: method, job: job, sent: sent) { content in
            content.field("jobType", pack.jobType.rawValue)
            content.field("serviceId", pack.serviceID.rawValue)
            content.field("orderReference", pack.orderReference)
            content.field("productName", pack.productName)
            write(pack.visit, to: &content)
            write(pack.customer, to: &content)
            writeAddress(of: pack, to: &content)
            content.strings("propertyFlags", pack.propertyFlags.map(\.rawValue))
            content.object("network") { _ in }
            content.object("ont") { ont in
                ont.field("vendor", pack.expectedDevice.vendor.rawValue)
                ont.field("model", pack.expectedDevice.model)
                ont.field("supplied", pack.expectedDevice.isSupplied)
            }
            content.strings("engineerTasks", pack.engineerTasks.map(\.rawValue))
            content.field("hazards", pack.site.hazards)
            content.field("onSiteRestrictions", pack.site.onSiteRestrictions)
            content.field("notes", pack.site.notes)
            content.array("attachments") { _ in }
            content.object("s3") { files in
                files.field("bucket", bucket)
                files.field("prefix", "\(job.reference)/")
            }
        } response: { response in
            response.field("expected", "ack")
        }
    }

    private static func write(_ visit: JobPack.Visit, to content: inout JSONWriter) {
        content.object("appointment") { appointment in
            appointment.field("appointmentReservationKey", visit.key)
            appointment.field("appointmentDate", visit.slot.day.description)
            appointment.field("appointmentStartTime", visit.slot.startTime)
            appointment.field("appointmentEndTime", visit.slot.endTime)
        }
    }

    private static func write(_ contact: Contact, to content: inout JSONWriter) {
        content.object("customer") { customer in
            customer.field("name", contact.name)
            customer.field("phoneNumber", contact.phoneNumber)
            customer.field("email", contact.email)
        }
    }

    /// Where no lines are known, the identifier stands in for them: an engineer needs something to go by.
    private static func writeAddress(of pack: JobPack, to content: inout JSONWriter) {
        let identifier = pack.address.identifier
        let lines = pack.addressLines.isEmpty ? ["\(identifier.type) \(identifier.id)"] : pack.addressLines
        content.object("address") { address in
            address.field("uprn", pack.address.uprn.map(String.init))
            address.strings("lines", Array(lines.prefix(5)))
            address.field("postcode", pack.postcode)
        }
    }
}
