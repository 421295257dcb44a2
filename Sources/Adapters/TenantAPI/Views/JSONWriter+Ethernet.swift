import Domain
import Formats
import FoundationEssentials

/// A circuit as its tenant reads it (F-040; X-44: each member under its own wire name).
extension JSONWriter {
    mutating func ethernet(_ request: EthernetRequest) {
        field("supplierQuoteId", request.supplierQuoteID)
        array("siteInformation") { json in
            for site in request.sites { json.object { $0.ethernetSite(site) } }
        }
        array("ethernetOrderItems") { json in
            for item in request.items { json.object { $0.ethernetItem(item) } }
        }
    }

    private mutating func ethernetSite(_ site: EthernetRequest.Site) {
        field("name", site.name)
        if let address = site.address { identifier("address", address) }
        field("postcode", site.postcode)
        field("role", site.role.rawValue)
        characteristics("siteCharacteristics", site.characteristics)
        if let wayleave = site.wayleave {
            object("wayleave") { json in
                json.field("wayleaveOwner", wayleave.isOwner)
                json.characteristics("wayleaveCharacteristics", wayleave.characteristics)
                json.contact("wayleaveContact", wayleave.contact)
            }
        }
        contact("primaryContact", site.primaryContact)
        contact("secondaryContact", site.secondaryContact)
        self.site(site.notes)
    }

    private mutating func ethernetItem(_ item: EthernetRequest.Item) {
        object("service") { json in
            json.specification(item.specification)
            json.characteristics("serviceCharacteristic", item.characteristics)
        }
        object("contractDetails") { json in
            json.object("contractLength") { json in
                json.field("value", item.contract.length)
                json.field("unit", item.contract.unit)
            }
            json.field("billingFrequency", item.contract.billingFrequency)
            json.field("priceAlteration", item.contract.priceAlteration)
        }
        day("requestedCompletionDate", item.requestedCompletionDate)
        contact("technicalContact", item.technicalContact)
    }
}
