import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird

/// The Tenant API's parameters: those of every list (``FilterReader``), and values of its own that are JSON.
///
/// What is wrong with them goes to the request's reading, each with its name behind a slash for a pointer.
struct QueryReader {
    /// What fits into a request's first line, percent-encoded, beside the rest.
    static let characteristicsMax = 50

    let reading: TenantReading
    let filters: FilterReader

    init(_ request: Request, _ reading: TenantReading) {
        self.reading = reading
        filters = FilterReader(request, problems: reading.problems, style: .pointer)
        if filters.isMalformed { reading.becomeMalformed() }
    }

    func has(_ name: String) -> Bool { filters.has(name) }

    func optional(_ name: String) -> String? { filters.text(name) }

    func required(_ name: String) -> String? {
        if has(name) { return filters.text(name) }
        filters.report(.missing, name, "is missing")
        return nil
    }

    func list(_ name: String) -> [String] { filters.list(name) }

    func requiredEnum<T: RawRepresentable<String> & CaseIterable>(_ name: String, as: T.Type = T.self) -> T? {
        if has(name) { return filters.choice(name) }
        filters.report(.missing, name, "is missing")
        return nil
    }

    func choices(_ name: String, from allowed: [String]) -> [String] { filters.choices(name, of: allowed) }

    func optionalEnum<T: RawRepresentable<String> & CaseIterable>(_ name: String, as type: T.Type = T.self) -> T? {
        filters.choice(name)
    }

    /// Parameters that are not asked for: refused for a strict tenant, else passed over with a warning.
    func close(knowing names: Set<String>) {
        for name in filters.unknown(beside: names) {
            if reading.isStrict {
                filters.report(.unknownField, name, "is unknown")
            } else {
                reading.warn(FilterReader.warning(about: name))
            }
        }
    }

    func bool(_ name: String) -> Bool? { filters.bool(name) }

    func day(_ name: String) -> CivilDate? { filters.day(name) }

    func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64? { filters.number(name, in: range) }

    /// A value that is itself JSON (G-020, G-040).
    func json(_ name: String) -> JSONValue? {
        guard let text = filters.single(name) else { return nil }
        do {
            return try JSONDocument(parsing: text).root
        } catch {
            reading.malformed("/\(name)", "is not JSON: \(error.reason)")
            return nil
        }
    }

    func requiredObject(_ name: String) -> ObjectReader? {
        guard has(name) else {
            filters.report(.missing, name, "is missing")
            return nil
        }
        return json(name).map { ObjectReader($0, at: "/\(name)", problems: reading.problems) }
    }

    func address() -> PremisesAddress? {
        requiredObject("address").flatMap { PremisesAddress($0, reading) }
    }

    /// An array of characteristics as JSON, or one of them a parameter.
    func characteristics() -> [Characteristic] {
        filters.all("serviceCharacteristics").flatMap { text -> [Characteristic] in
            guard let root = try? JSONDocument(parsing: text).root else {
                reading.malformed("/serviceCharacteristics", "is not JSON")
                return []
            }
            let elements = root.kind == .array ? Array(root.elements) : [root]
            if elements.count > Self.characteristicsMax {
                filters.report(.outOfRange, "serviceCharacteristics", "must have at most \(Self.characteristicsMax)")
            }
            return elements.prefix(Self.characteristicsMax).compactMap { element in
                Characteristic(
                    ObjectReader(element, at: "/serviceCharacteristics", problems: reading.problems),
                    reading
                )
            }
        }
    }

    func supplier(of terms: TenantTerms, among suppliers: Suppliers) -> Suppliers.Supplier? {
        guard let name = required("supplier") else { return nil }
        if let supplier = suppliers.supplier(SupplierID(name), for: terms) { return supplier }
        filters.report(.notAllowed, "supplier", "is not a supplier of yours")
        return nil
    }
}
