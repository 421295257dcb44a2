import Domain
import Formats
import FoundationEssentials

/// The values of the Tenant API as its answers and its updates spell them (F-020 to F-024).
extension JSONWriter {
    mutating func identifier(_ key: String, _ address: PremisesAddress) {
        object(key) { json in
            json.field("id", address.identifier.id)
            json.field("type", address.identifier.type)
            guard !address.additionalIdentifiers.isEmpty else { return }
            json.array("additionalIdentifiers") { json in
                for each in address.additionalIdentifiers {
                    json.object { json in
                        json.field("id", each.id)
                        json.field("type", each.type)
                    }
                }
            }
        }
    }

    mutating func specification(_ specification: ServiceSpecification) {
        object("serviceSpecification") { $0.field("id", specification.id) }
    }

    mutating func characteristics(_ key: String, _ characteristics: [Characteristic]) {
        array(key) { json in
            for each in characteristics {
                json.object { json in
                    json.field("name", each.name)
                    json.field("value", each.value)
                }
            }
        }
    }

    mutating func contact(_ key: String, _ contact: Contact?) {
        guard let contact else { return }
        object(key) { json in
            json.field("name", contact.name)
            json.field("email", contact.email)
            json.field("phoneNumber", contact.phoneNumber)
        }
    }

    mutating func engineerTasks(_ tasks: [EngineerTask]) {
        if !tasks.isEmpty { strings("engineerTasks", tasks.map(\.rawValue)) }
    }

    /// What changes of one.
    mutating func contactChange(_ key: String, _ change: ContactChange?) {
        guard let change else { return }
        object(key) { json in
            json.field("name", change.name)
            json.field("email", change.email)
            json.field("phoneNumber", change.phoneNumber)
        }
    }

    mutating func site(_ site: SiteNotes) {
        field("hazards", site.hazards)
        field("onSiteRestrictions", site.onSiteRestrictions)
        field("notes", site.notes)
    }

    /// G-041, G-043: with its zone, always `Z`.
    mutating func timeslot(_ key: String?, _ slot: TimeSlot) {
        object(key) { json in
            json.date("timeslotStartDateTime", slot.start)
            json.date("timeslotEndDateTime", slot.end)
            json.field("classification", slot.classification)
            json.field("standard", slot.isStandard)
        }
    }

    mutating func day(_ key: String, _ day: CivilDate?) { field(key, day?.description) }

    mutating func number<Entity>(_ key: String, _ id: ID<Entity>?) { field(key, id?.number) }
}
