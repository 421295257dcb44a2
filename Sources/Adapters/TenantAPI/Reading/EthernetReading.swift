import Domain
import Engine
import Formats
import FoundationEssentials

/// Reads an order of a circuit (F-040, X-44, X-45): each problem is reported with its pointer.
struct EthernetReading {
    let reader: ObjectReader
    let reading: TenantReading
    let terms: TenantTerms
    let suppliers: Suppliers
    let today: CivilDate

    func order() throws -> OrderRequest? {
        let supplier = reader.supplier(of: terms, among: suppliers)
        let quote = reader.requiredString("supplierQuoteId", length: 1...50, pattern: .printableASCII)
        let sites = reader.requiredObjects("siteInformation", count: 2...ReadingLimits.elementsMax)
        let items = reader.requiredObjects("ethernetOrderItems", count: 1...ReadingLimits.elementsMax)
        let readSites = sites?.compactMap(site)
        let readItems = items?.compactMap { item($0, of: supplier) }
        checkRoles(sites)
        guard let supplier, let quote, let readSites, let readItems else { return nil }
        guard supplier.contracts[.orders] != nil else {
            throw Rejection(.notOffered, "\(supplier.id) takes no orders.")
        }
        return .ethernet(
            EthernetRequest(supplier: supplier.id, supplierQuoteID: quote, sites: readSites, items: readItems)
        )
    }

    /// By the roles alone, so that a site with another fault still counts.
    private func checkRoles(_ sites: [ObjectReader]?) {
        let roles = (sites ?? []).compactMap { $0.value("role")?.string.flatMap(EthernetRequest.Role.init) }
        guard let sites, roles.count == sites.count, !EthernetRequest.isCircuit(roles) else { return }
        reader.report(
            .rule,
            "siteInformation",
            "must have one A-END and at least one B-END, or at least two MULTI-POINT and nothing else"
        )
    }

    private func site(_ site: ObjectReader) -> EthernetRequest.Site? {
        let name = site.requiredString("name", length: 1...100)
        let address = site.optionalAddress("address", reading)
        let postcode = site.optionalString("postcode", length: 1...10)
        let role = site.requiredEnum("role", as: EthernetRequest.Role.self)
        let characteristics = site.characteristics("siteCharacteristics", atLeast: 0, reading)
        let wayleave = site.optionalObject("wayleave").flatMap(wayleave)
        let primary = site.contact("primaryContact", reading)
        let secondary = site.optionalContact("secondaryContact", reading)
        let notes = site.site()
        if !site.has("address"), !site.has("postcode") {
            site.report(.missing, "address", "is missing, and so is the postcode")
        }
        reading.close(site)
        guard let name, let role, let characteristics, let primary else { return nil }
        return EthernetRequest.Site(
            name: name,
            address: address,
            postcode: postcode,
            role: role,
            characteristics: characteristics,
            wayleave: wayleave,
            primaryContact: primary,
            secondaryContact: secondary,
            notes: notes
        )
    }

    private func wayleave(_ object: ObjectReader) -> EthernetRequest.Wayleave? {
        let isOwner = object.requiredBool("wayleaveOwner")
        let characteristics = object.characteristics("wayleaveCharacteristics", atLeast: 0, reading)
        let contact = object.optionalContact("wayleaveContact", reading)
        reading.close(object)
        guard let isOwner, let characteristics else { return nil }
        return EthernetRequest.Wayleave(isOwner: isOwner, characteristics: characteristics, contact: contact)
    }

    private func item(_ item: ObjectReader, of supplier: Suppliers.Supplier?) -> EthernetRequest.Item? {
        let service = item.requiredObject("service")
        let specification = service?.specification(reading)
        // here the wire's word is in the singular.
        let characteristics = service?.characteristics("serviceCharacteristic", atLeast: 0, reading)
        service?.check(characteristics, at: "serviceCharacteristic", by: supplier?.rules.orders)
        reading.close(service)
        let contract = item.requiredObject("contractDetails").flatMap(contract)
        let date = item.day("requestedCompletionDate")
        if let date, date < today { item.report(.outOfRange, "requestedCompletionDate", "is in the past") }
        let technical = item.optionalContact("technicalContact", reading)
        reading.close(item)
        guard let specification, let characteristics, let contract else { return nil }
        return EthernetRequest.Item(
            specification: specification,
            characteristics: characteristics,
            contract: contract,
            requestedCompletionDate: date,
            technicalContact: technical
        )
    }

    private func contract(_ object: ObjectReader) -> EthernetRequest.Contract? {
        let length = object.requiredObject("contractLength")
        // A century at most, in months.
        let value = length?.requiredInteger("value", range: 1...1_200)
        let unit = length?.requiredChoice("unit", from: ["MONTH", "YEAR"])
        reading.close(length)
        let billing = object.requiredChoice("billingFrequency", from: ["MONTHLY", "QUARTERLY", "ANNUALLY"])
        let alteration = object.optionalString("priceAlteration", length: 1...50)
        reading.close(object)
        guard let value, let unit, let billing else { return nil }
        return EthernetRequest.Contract(
            length: value,
            unit: unit,
            billingFrequency: billing,
            priceAlteration: alteration
        )
    }
}
