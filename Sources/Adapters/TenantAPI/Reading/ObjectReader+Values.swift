import Domain
import Engine
import Formats
import FoundationEssentials

/// The values of the Tenant API as requests spell them. Each reports what is wrong with it and answers nil.
extension ObjectReader {
    /// F-020: an id, whose it is, and other ids of the same premises.
    func address(_ key: String, _ reading: TenantReading) -> PremisesAddress? {
        address(from: requiredObject(key), reading)
    }

    func optionalAddress(_ key: String, _ reading: TenantReading) -> PremisesAddress? {
        address(from: optionalObject(key), reading)
    }

    private func address(from reader: ObjectReader?, _ reading: TenantReading) -> PremisesAddress? {
        guard let reader else { return nil }
        return PremisesAddress(reader, reading)
    }

    func specification(_ reading: TenantReading) -> ServiceSpecification? {
        guard let reader = requiredObject("serviceSpecification") else { return nil }
        return ServiceSpecification(reader, reading)
    }

    func characteristics(_ key: String, atLeast: Int, _ reading: TenantReading) -> [Characteristic]? {
        let count = atLeast...ReadingLimits.elementsMax
        // An absent list is an empty one, unless one element is wanted at least.
        let readers = atLeast > 0 ? requiredObjects(key, count: count) : optionalObjects(key, count: count) ?? []
        return readers?.compactMap { Characteristic($0, reading) }
    }

    /// What the supplier has against them, each with its pointer.
    func check(_ characteristics: [Characteristic]?, at key: String, by rule: CharacteristicRules.Rule?) {
        for problem in rule?(characteristics ?? []) ?? [] {
            problems.report(.rule, at: pointer(to: key) + problem.pointer, problem.message)
        }
    }

    func contact(_ key: String, _ reading: TenantReading) -> Contact? {
        guard let reader = requiredObject(key) else { return nil }
        return Contact(reader, reading)
    }

    func optionalContact(_ key: String, _ reading: TenantReading) -> Contact? {
        guard let reader = optionalObject(key) else { return nil }
        return Contact(reader, reading)
    }

    /// A contact of which any member may be left out: what is absent stays as it was (G-057).
    func contactChange(_ key: String, _ reading: TenantReading) -> ContactChange? {
        guard let reader = optionalObject(key) else { return nil }
        let change = ContactChange(
            name: reader.optionalString("name", length: 1...100),
            phoneNumber: reader.optionalString("phoneNumber", length: 1...51, pattern: .contactPhone),
            email: reader.optionalString("email", length: 1...319, pattern: .contactEmail)
        )
        reading.close(reader)
        if !["name", "phoneNumber", "email"].contains(where: reader.has) {
            report(.empty, key, "must have a name, a phoneNumber or an email")
        }
        return change
    }

    func id<Entity>(_ key: String, of type: Entity.Type = Entity.self) -> ID<Entity>? {
        optionalInteger(key, range: 1...Int(ReadingLimits.idMax)).map { ID(Int64($0)) }
    }

    func day(_ key: String) -> CivilDate? {
        optionalDate(key).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
    }

    func site() -> SiteNotes {
        SiteNotes(
            hazards: optionalString("hazards", length: 1...1_000),
            onSiteRestrictions: optionalString("onSiteRestrictions", length: 1...1_000),
            notes: optionalString("notes", length: 1...1_000)
        )
    }

    func engineerTasks() -> [EngineerTask] {
        let words = optionalArray("engineerTasks", count: 0...ReadingLimits.elementsMax) ?? []
        return words.compactMap { value, pointer in
            if let task = value.string.flatMap(EngineerTask.init(rawValue:)) { return task }
            let allowed = EngineerTask.allCases.map(\.rawValue)
            problems.report(.notAllowed, at: pointer, SpellingHint.refusal(of: value.string ?? "", among: allowed))
            return nil
        }
    }

    /// The supplier, if it is one that this tenant may use.
    func supplier(of terms: TenantTerms, among suppliers: Suppliers) -> Suppliers.Supplier? {
        guard let name = requiredString("supplier", length: 1...20, pattern: .supplier) else { return nil }
        if let supplier = suppliers.supplier(SupplierID(name), for: terms) { return supplier }
        report(.notAllowed, "supplier", "is not a supplier of yours")
        return nil
    }
}

/// Every list is bounded (§2).
enum ReadingLimits {
    static let elementsMax = 500
    /// Sixteen digits.
    static let idMax: Int64 = 9_999_999_999_999_999
}

extension PremisesAddress {
    init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let identifier = Identifier(reader)
        let additional = reader.optionalObjects("additionalIdentifiers", count: 1...ReadingLimits.elementsMax) ?? []
        let others = additional.compactMap { each in
            defer { reading.close(each) }
            return Identifier(each)
        }
        reading.close(reader)
        guard let identifier else { return nil }
        self.init(identifier: identifier, additionalIdentifiers: others)
        // a UPRN has 1 to 12 digits.
        guard identifier.type == "UPRN", uprn == nil else { return }
        reader.report(.pattern, "id", "must be a UPRN: 1 to 12 digits")
        return nil
    }
}

extension PremisesAddress.Identifier {
    init?(_ reader: ObjectReader) {
        let id = reader.requiredString("id", length: 1...20)
        let type = reader.requiredString("type", length: 1...15, pattern: .addressType)
        guard let id, let type else { return nil }
        self.init(id: id, type: type)
    }
}

extension ServiceSpecification {
    init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let id = reader.requiredString("id", length: 1...50)
        // Read-only (F-020): what a tenant sends back of an answer is no mistake.
        _ = reader.optionalString("name", length: 1...50)
        reading.close(reader)
        guard let id else { return nil }
        self.init(id: id)
    }
}

extension Characteristic {
    init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let name = reader.requiredString("name", length: 1...50)
        let value = reader.requiredString("value", length: 1...50)
        reading.close(reader)
        guard let name, let value else { return nil }
        self.init(name: name, value: value)
    }
}

extension Contact {
    init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let name = reader.requiredString("name", length: 1...100)
        let phoneNumber = reader.requiredString("phoneNumber", length: 1...51, pattern: .contactPhone)
        let email = reader.optionalString("email", length: 1...319, pattern: .contactEmail)
        reading.close(reader)
        guard let name, let phoneNumber else { return nil }
        self.init(name: name, phoneNumber: phoneNumber, email: email)
    }
}

extension Suppliers {
    /// One that is configured and that the tenant's contract names; another's is as absent as one that never was.
    func supplier(_ id: SupplierID, for terms: TenantTerms) -> Supplier? {
        terms.suppliers.contains(id) ? supplier(id) : nil
    }
}
