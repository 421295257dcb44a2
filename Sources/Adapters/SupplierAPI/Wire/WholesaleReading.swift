import Domain
import Formats
import FoundationEssentials

/// How this contract's parts are read: every problem is named, with its pointer (G-004).
enum WholesaleReading {
    /// Reads a body, and refuses it with everything that is wrong with it.
    static func read<Value>(_ body: [UInt8], _ understand: (ObjectReader) -> Value?) throws -> Value {
        let document = try JSONDocument(parsing: body)
        let problems = Problems()
        let value = understand(ObjectReader(document.root, problems: problems))
        guard problems.isEmpty, let value else { throw APIError.malformed(problems.all) }
        return value
    }

    /// Reads one query parameter that is itself JSON, under a pointer of its own name.
    static func read<Value>(
        _ name: String,
        in query: FilterReader,
        _ understand: (ObjectReader) -> Value?
    ) -> Value? {
        guard let text = query.single(name) else {
            query.report(.missing, name, "is missing")
            return nil
        }
        guard let document = try? JSONDocument(parsing: text) else {
            query.report(.wrongType, name, "must be URL-encoded JSON")
            return nil
        }
        return understand(ObjectReader(document.root, at: "/\(name)", problems: query.problems))
    }

    static func address(_ object: ObjectReader?) -> PremisesAddress? {
        guard let object, let identifier = identifier(object) else { return nil }
        let more =
            object.optionalObjects("additionalIdentifiers", count: WholesaleLimits.names)?.compactMap(Self.identifier)
            ?? []
        return PremisesAddress(identifier: identifier, additionalIdentifiers: more)
    }

    static func identifier(_ object: ObjectReader) -> PremisesAddress.Identifier? {
        let id = object.requiredString("id", length: WholesaleLimits.addressID)
        let type = object.requiredString("type", length: WholesaleLimits.addressType, pattern: addressType)
        guard let id, let type else { return nil }
        return PremisesAddress.Identifier(id: id, type: type)
    }

    static func specification(_ object: ObjectReader?) -> ServiceSpecification? {
        object?.requiredString("id", length: WholesaleLimits.reference).map { ServiceSpecification(id: $0) }
    }

    static func characteristics(_ objects: [ObjectReader]?) -> [Characteristic] {
        (objects ?? []).compactMap { object in
            let name = object.requiredString("name", length: WholesaleLimits.reference)
            let value = object.requiredString("value", length: WholesaleLimits.reference)
            guard let name, let value else { return nil }
            return Characteristic(name: name, value: value)
        }
    }

    /// F-022.
    static func contact(_ object: ObjectReader?) -> Contact? {
        guard let object else { return nil }
        let name = object.requiredString("name", length: WholesaleLimits.name)
        let phoneNumber = object.requiredString("phoneNumber", pattern: phoneNumber)
        let email = object.optionalString("email", length: WholesaleLimits.email)
        guard let name, let phoneNumber else { return nil }
        return Contact(name: name, phoneNumber: phoneNumber, email: email)
    }

    /// Only the members that change.
    static func contactChange(_ object: ObjectReader?) -> ContactChange? {
        guard let object else { return nil }
        return ContactChange(
            name: object.optionalString("name", length: WholesaleLimits.name),
            phoneNumber: object.optionalString("phoneNumber", pattern: phoneNumber),
            email: object.optionalString("email", length: WholesaleLimits.email)
        )
    }

    static func timeslot(_ object: ObjectReader?) -> TimeSlot? {
        guard let object else { return nil }
        let start = object.requiredDateTime("timeslotStartDateTime")
        let end = object.requiredDateTime("timeslotEndDateTime")
        guard let start, let end else { return nil }
        guard let slot = TimeSlot(start: start, end: end) else {
            object.report(.rule, "timeslotEndDateTime", "must be after timeslotStartDateTime")
            return nil
        }
        return slot
    }

    static func site(_ object: ObjectReader) -> SiteNotes {
        SiteNotes(
            hazards: object.optionalString("hazards", length: WholesaleLimits.note),
            onSiteRestrictions: object.optionalString("onSiteRestrictions", length: WholesaleLimits.note),
            notes: object.optionalString("notes", length: WholesaleLimits.note)
        )
    }

    /// Tasks that nobody knows are left out: lenient on read (invariant 7).
    static func engineerTasks(_ object: ObjectReader) -> [EngineerTask]? {
        object.optionalStrings("engineerTasks", count: WholesaleLimits.remarks, length: WholesaleLimits.reference)?
            .compactMap { EngineerTask(rawValue: $0) }
    }

    static func appointmentKey(_ object: ObjectReader) -> String? {
        object.optionalString("appointmentSupplierReference", length: WholesaleLimits.reference)
    }

    static func date(_ digits: DateDigits?) -> CivilDate? { digits.flatMap { CivilDate($0.description) } }

    /// letters and underscores.
    private static let addressType = Pattern("letters and underscores only") {
        $0.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x5F }
    }

    /// F-022: `^\+?[\d\s\-#]{8,50}$`, in ASCII (decision 18).
    private static let phoneNumber = Pattern("8 to 50 digits, spaces, hyphens and #, after an optional +") { utf8 in
        let digits = utf8.first == 0x2B ? utf8.dropFirst() : utf8[...]
        return (8...50).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) || [0x20, 0x09, 0x2D, 0x23].contains($0) }
    }
}
