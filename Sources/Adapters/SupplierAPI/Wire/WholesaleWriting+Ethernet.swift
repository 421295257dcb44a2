import Domain
import Formats
import FoundationEssentials

/// A circuit as a supplier is asked for it: the members of F-040, under their own names.
extension JSONWriter {
    mutating func wholesaleEthernet(_ request: EthernetRequest) {
        field("supplierQuoteId", request.supplierQuoteID)
        array("siteInformation") { json in
            for site in request.sites { json.object { $0.wholesaleSite(of: site) } }
        }
        array("ethernetOrderItems") { json in
            for item in request.items { json.object { $0.wholesaleItem(item) } }
        }
    }

    private mutating func wholesaleSite(of site: EthernetRequest.Site) {
        field("name", site.name)
        if let address = site.address { wholesaleAddress(address) }
        field("postcode", site.postcode)
        field("role", site.role.rawValue)
        wholesaleCharacteristics("siteCharacteristics", site.characteristics)
        if let wayleave = site.wayleave {
            object("wayleave") { json in
                json.field("wayleaveOwner", wayleave.isOwner)
                json.wholesaleCharacteristics("wayleaveCharacteristics", wayleave.characteristics)
                json.wholesaleContact("wayleaveContact", wayleave.contact)
            }
        }
        wholesaleContact("primaryContact", site.primaryContact)
        wholesaleContact("secondaryContact", site.secondaryContact)
        wholesaleSite(site.notes)
    }

    private mutating func wholesaleItem(_ item: EthernetRequest.Item) {
        object("service") { json in
            json.wholesaleSpecification(item.specification)
            json.wholesaleCharacteristics("serviceCharacteristic", item.characteristics)
        }
        object("contractDetails") { json in
            json.object("contractLength") { json in
                json.field("value", item.contract.length)
                json.field("unit", item.contract.unit)
            }
            json.field("billingFrequency", item.contract.billingFrequency)
            json.field("priceAlteration", item.contract.priceAlteration)
        }
        field("requestedCompletionDate", item.requestedCompletionDate?.description)
        wholesaleContact("technicalContact", item.technicalContact)
    }
}
