import Domain
import Formats
import FoundationEssentials

/// How this contract's parts are written.
extension JSONWriter {
    mutating func wholesaleAddress(_ address: PremisesAddress) {
        object("address") { $0.wholesaleIdentifiers(of: address) }
    }

    /// The members of an address.
    mutating func wholesaleIdentifiers(of address: PremisesAddress) {
        field("id", address.identifier.id)
        field("type", address.identifier.type)
        guard !address.additionalIdentifiers.isEmpty else { return }
        array("additionalIdentifiers") { json in
            for each in address.additionalIdentifiers {
                json.object {
                    $0.field("id", each.id)
                    $0.field("type", each.type)
                }
            }
        }
    }

    mutating func wholesaleSpecification(_ specification: ServiceSpecification) {
        object("serviceSpecification") { $0.field("id", specification.id) }
    }

    mutating func wholesaleCharacteristics(_ key: String, _ characteristics: [Characteristic]) {
        array(key) { json in
            for each in characteristics {
                json.object {
                    $0.field("name", each.name)
                    $0.field("value", each.value)
                }
            }
        }
    }

    mutating func wholesaleTimeslot(_ key: String?, _ slot: TimeSlot) {
        object(key) { json in
            json.date("timeslotStartDateTime", slot.start)
            json.date("timeslotEndDateTime", slot.end)
            json.field("classification", slot.classification)
            json.field("standard", slot.isStandard)
        }
    }

    mutating func wholesaleContact(_ key: String, _ contact: Contact?) {
        guard let contact else { return }
        object(key) { json in
            json.field("name", contact.name)
            json.field("phoneNumber", contact.phoneNumber)
            json.field("email", contact.email)
        }
    }

    /// The members of an amendment that change something.
    mutating func wholesaleChanges(_ changes: OrderChanges) {
        if let characteristics = changes.characteristics {
            wholesaleCharacteristics("serviceCharacteristics", characteristics)
        }
        wholesaleContactChange("primaryContact", changes.primaryContact)
        wholesaleContactChange("secondaryContact", changes.secondaryContact)
        field("requestedCompletionDate", changes.requestedCompletionDate?.description)
        if let tasks = changes.engineerTasks { strings("engineerTasks", tasks.map(\.rawValue)) }
        wholesaleSite(changes.site)
    }

    mutating func wholesaleContactChange(_ key: String, _ change: ContactChange?) {
        guard let change else { return }
        object(key) { json in
            json.field("name", change.name)
            json.field("phoneNumber", change.phoneNumber)
            json.field("email", change.email)
        }
    }

    mutating func wholesaleTasks(_ tasks: [EngineerTask]) {
        if !tasks.isEmpty { strings("engineerTasks", tasks.map(\.rawValue)) }
    }

    mutating func wholesaleSite(_ site: SiteNotes) {
        field("hazards", site.hazards)
        field("onSiteRestrictions", site.onSiteRestrictions)
        field("notes", site.notes)
    }

    /// G-103.
    mutating func wholesaleResult(_ result: TestResult) {
        object("result") { json in
            json.field("outcome", result.outcome.rawValue)
            json.field("code", result.code)
            json.field("text", result.text)
            json.field("raiseProblem", result.raiseProblem)
            json.date("validUntil", result.validUntil)
            json.array("measures") { json in
                for measure in result.measures {
                    json.object {
                        $0.field("name", measure.name)
                        $0.field("value", measure.value)
                        $0.field("unit", measure.unit)
                        $0.date("capturedAt", measure.capturedAt)
                    }
                }
            }
        }
    }
}
