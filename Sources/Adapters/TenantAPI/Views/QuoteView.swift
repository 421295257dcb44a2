import Domain
import Formats
import FoundationEssentials

/// A quote as its tenant reads it (G-031).
enum QuoteView {
    static func json(_ quote: Quote) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { json in
            json.object { json in
                json.number("id", quote.id)
                json.field("externalIdentifier", quote.externalIdentifier)
                json.field("status", quote.status.rawValue)
                json.date("created", quote.created)
                json.date("updated", quote.updated)
                json.date("validUntil", quote.validUntil)
                json.array("quoteItems") { json in
                    for item in quote.items { json.object { write(item, to: &$0) } }
                }
            }
        }
    }

    private static func write(_ item: Quote.Item, to json: inout JSONWriter) {
        let wanted = item.wanted
        json.field("id", wanted.number)
        json.field("supplier", wanted.supplier.rawValue)
        json.field("status", item.status.rawValue)
        if let offer = item.offer { write(offer, to: &json) }
        writeFault(item.state, to: &json)
        json.array("sites") { json in
            for site in wanted.sites {
                json.object { json in
                    json.field("name", site.name)
                    json.field("address", site.address)
                    json.field("postcode", site.postcode)
                    json.field("role", site.role.rawValue)
                    json.characteristics("siteCharacteristics", site.characteristics)
                }
            }
        }
        json.object("contractDetails") { json in
            json.object("contractLength") { json in
                json.field("value", wanted.contract.length)
                json.field("unit", wanted.contract.unit.rawValue)
            }
            json.field("billingFrequency", wanted.contract.billing.rawValue)
            json.field("priceAlteration", wanted.contract.priceAlteration)
        }
        json.array("service") { json in
            for service in wanted.services {
                json.object { json in
                    json.specification(service.specification)
                    json.characteristics("serviceCharacteristic", service.characteristics)
                }
            }
        }
    }

    private static func write(_ offer: QuoteOffer, to json: inout JSONWriter) {
        json.field("supplierQuoteId", offer.supplierQuoteID)
        json.array("prices") { json in
            for price in offer.prices {
                json.object { json in
                    json.field("priceType", price.every == nil ? "ONE_OFF" : "RECURRING")
                    json.field("recurringPeriod", price.every?.rawValue)
                    json.field("amount", price.amount.description)
                    json.field("currency", "GBP")
                }
            }
        }
        json.field("leadTimeDays", offer.leadTimeDays)
        json.field("supplierNotes", offer.notes)
        json.date("validUntil", offer.validUntil)
    }

    /// Why there is no price, if there is none and none will be.
    private static func writeFault(_ state: Quote.ItemState, to json: inout JSONWriter) {
        let (code, messages): (String, [String])
        switch state {
        case .declined(let reasons): (code, messages) = ("INVALID_REQUEST", reasons)
        case .failed(let reason): (code, messages) = ("SUPPLIER_FAULT", [reason])
        case .asked, .taken, .offered, .accepted, .expired: return
        }
        json.object("error") { json in
            json.field("code", code)
            json.strings("messages", messages)
        }
    }
}
