import Domain
import Formats

extension WorkOrderView {
    /// The pack, whole, under the names that `createJob` gives its fields (G-128).
    static func write(_ pack: ReceivedPack, to json: inout JSONWriter) {
        json.field("jobType", pack.jobType.rawValue)
        json.field("serviceId", pack.serviceID.rawValue)
        json.field("orderReference", pack.orderReference)
        json.field("productName", pack.productName)
        json.object("appointment") { json in
            json.field("appointmentReservationKey", pack.visit.key)
            json.field("appointmentDate", pack.visit.slot.day.description)
            json.field("appointmentStartTime", pack.visit.slot.startTime)
            json.field("appointmentEndTime", pack.visit.slot.endTime)
        }
        json.object("customer") { json in
            json.field("name", pack.customer.name)
            json.field("phoneNumber", pack.customer.phoneNumber)
            json.field("alternatePhoneNumber", pack.customer.alternatePhoneNumber)
            json.field("email", pack.customer.email)
        }
        json.object("address") { json in
            json.field("uprn", pack.address.uprn)
            json.strings("lines", pack.address.lines)
            json.field("postcode", pack.address.postcode)
            json.field("latitude", pack.address.latitude)
            json.field("longitude", pack.address.longitude)
        }
        json.strings("propertyFlags", pack.propertyFlags)
        json.object("network") { json in
            json.field("pop", pack.network.pop)
            json.field("node", pack.network.node)
            json.field("port", pack.network.port)
            json.field("expectedLightDbm", pack.network.expectedLightDbm)
        }
        json.object("ont") { json in
            json.field("vendor", pack.device.vendor)
            json.field("model", pack.device.model)
            json.field("supplied", pack.device.isSupplied)
        }
        json.strings("engineerTasks", pack.engineerTasks)
        json.field("hazards", pack.hazards)
        json.field("onSiteRestrictions", pack.onSiteRestrictions)
        json.field("notes", pack.notes)
        json.array("attachments") { json in
            for attachment in pack.attachments {
                json.object { json in
                    json.field("name", attachment.name)
                    json.field("type", attachment.type)
                    json.field("url", attachment.url)
                }
            }
        }
        if let files = pack.files {
            json.object("s3") { json in
                json.field("bucket", files.bucket)
                json.field("prefix", files.prefix)
            }
        }
    }
}
