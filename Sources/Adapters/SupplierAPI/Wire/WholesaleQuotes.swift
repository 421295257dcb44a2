import Domain
import Formats

/// The items of a quote in this contract, written by the gateway and read by the operator (G-030).
extension JSONWriter {
    mutating func wholesaleQuoteItem(_ item: QuoteItem) {
        field("id", item.number)
        array("sites") { json in
            for site in item.sites {
                json.object { json in
                    json.field("name", site.name)
                    json.field("address", site.address)
                    json.field("postcode", site.postcode)
                    json.field("role", site.role.rawValue)
                    json.wholesaleCharacteristics("siteCharacteristics", site.characteristics)
                }
            }
        }
        object("contractDetails") { json in
            json.object("contractLength") { json in
                json.field("value", item.contract.length)
                json.field("unit", item.contract.unit.rawValue)
            }
            json.field("billingFrequency", item.contract.billing.rawValue)
            json.field("priceAlteration", item.contract.priceAlteration)
        }
        array("service") { json in
            for service in item.services {
                json.object { json in
                    json.wholesaleSpecification(service.specification)
                    json.wholesaleCharacteristics("serviceCharacteristic", service.characteristics)
                }
            }
        }
    }
}

extension WholesaleReading {
    /// The supplier is who reads it.
    static func quoteItem(_ reader: ObjectReader) -> QuoteItem? {
        let number = reader.requiredInteger("id", range: WholesaleLimits.items)
        let sites = reader.requiredObjects("sites", count: WholesaleLimits.sites)?.map(quoteSite)
        let contract = quoteContract(reader.requiredObject("contractDetails"))
        let services = reader.requiredObjects("service", count: WholesaleLimits.elements)?.map {
            service -> QuotedService? in
            let characteristics = characteristics(service.optionalObjects("serviceCharacteristic"))
            return specification(service.requiredObject("serviceSpecification")).map {
                QuotedService(specification: $0, characteristics: characteristics)
            }
        }
        guard let number, let sites, !sites.contains(nil), let contract, let services, !services.contains(nil) else {
            return nil
        }
        return QuoteItem(
            number: number,
            supplier: "",
            sites: sites.compactMap(\.self),
            contract: contract,
            services: services.compactMap(\.self)
        )
    }

    private static func quoteSite(_ reader: ObjectReader) -> QuoteSite? {
        let name = reader.requiredString("name", length: WholesaleLimits.name)
        let address = reader.requiredString("address", length: WholesaleLimits.addressLine)
        let postcode = reader.requiredString("postcode", length: WholesaleLimits.postcode)
        let role = reader.requiredEnum("role", as: QuoteSite.Role.self)
        let characteristics = characteristics(reader.optionalObjects("siteCharacteristics"))
        guard let name, let address, let postcode, let role else { return nil }
        return QuoteSite(
            name: name,
            address: address,
            postcode: postcode,
            role: role,
            characteristics: characteristics
        )
    }

    private static func quoteContract(_ reader: ObjectReader?) -> QuoteContract? {
        let length = reader?.requiredObject("contractLength")
        let value = length?.requiredInteger("value", range: WholesaleLimits.contractLength)
        let unit = length?.requiredEnum("unit", as: QuoteContract.Unit.self)
        let billing = reader?.requiredEnum("billingFrequency", as: QuoteContract.Billing.self)
        let alteration = reader?.optionalString("priceAlteration", length: WholesaleLimits.name)
        guard let value, let unit, let billing else { return nil }
        return QuoteContract(length: value, unit: unit, billing: billing, priceAlteration: alteration)
    }
}
