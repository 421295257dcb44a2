import Domain
import Formats

extension ProblemNews {
    /// What a supplier's representation of a problem says (G-092). A status that nobody knows is noted, and moves nothing.
    init(
        reading problem: ObjectReader,
        status: String?,
        as id: ID<Resolution>,
        _ warnings: inout [String]
    ) {
        let known = status.flatMap { ServiceProblem.Status(rawValue: $0) }
        if status != nil, known == nil { warnings.append("the status of the problem is none of G-113") }
        self.init(
            status: known,
            resolution: problem.optionalObject("resolution").flatMap { OfferedResolution(reading: $0, as: id) }
        )
    }
}

extension OfferedResolution {
    fileprivate init?(reading object: ObjectReader, as number: ID<Resolution>) {
        let reference = object.requiredString("id", length: WholesaleLimits.reference, pattern: Self.reference)
        let text = object.optionalString("resolutionText", length: WholesaleLimits.note)
        let code = object.optionalString("resolutionCode", length: WholesaleLimits.reference)
        let category = object.optionalString("resolutionCategory", length: WholesaleLimits.reference)
        let supplierCodes = Self.codes("supplierCodes", of: object)
        let faultCodes = Self.codes("faultCode", of: object)
        let violations = Self.codes("slaViolation", of: object)
        guard let reference else { return nil }
        self.init(
            id: number,
            reference: reference,
            text: text,
            supplierCodes: supplierCodes,
            findings: Resolution.Findings(
                code: code,
                category: category,
                faultCodes: faultCodes,
                violations: violations
            )
        )
    }

    private static func codes(_ name: String, of object: ObjectReader) -> [String] {
        object.optionalStrings(name, count: WholesaleLimits.codes, length: WholesaleLimits.reference) ?? []
    }

    /// It becomes part of a path, so it is made of what means nothing there.
    private static let reference = Pattern("letters, digits, - and _ only") { utf8 in
        utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D || byte == 0x5F
        }
    }
}
