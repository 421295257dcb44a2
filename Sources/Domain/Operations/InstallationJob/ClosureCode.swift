/// How a visit ended, in the installation contract's own list (I-020, I-021); never the ticketing one.
///
/// What came is kept as it came. A code that nobody knows is stored, means ``Meaning/other`` and is no error.
package struct ClosureCode: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The codes that the published list has. What follows from each for an order is SM-04.
    package enum Meaning: String, CaseIterable, Codable, Sendable {
        case serviceProvided = "SP"
        case partialInstall = "PSP"
        case unsafe = "HAZ"
        /// `RNA/NA` is one cell of the published table: two spellings of one code, written NA.
        case noAccess = "NA"
        case noAccessForGood = "NAPUV"
        case salesQuery = "ASQ"
        case unforeseen = "UNF"
        case unableToAttendWithNotice = "MBORC"
        case failedToAttend = "FTA"
        case faultAtNode = "CON"
        case faultAtPOP = "POP"
        case faultAtONT = "ONT"
        case poleFault = "CPR"
        case noTruckRoll = "NTR"

        case revisitComplete = "REVCOMP"
        case revisitPoleFault = "REVCPR"
        case revisitSalesQuery = "REVASQ"
        case revisitUnsafe = "REVHAZ"
        case revisitNoAccess = "REVNA"
        case revisitUnforeseen = "REVUNF"
        case revisitFaultAtPOP = "REVPOP"
        case revisitFaultAtNode = "REVCON"
        case revisitFaultAtONT = "REVONT"
        case revisitAssistance = "REVASS"

        case externalComplete = "EXTCOMP"
        case externalUnsafe = "EXTHAZ"
        case externalFaultAtNode = "EXTCON"
        case externalFaultAtPOP = "EXTPOP"
        case externalSalesQuery = "EXTASQ"

        case civilsComplete = "CIVCOMP"
        case civilsRestriction = "CIVCON"
        case civilsNoNetworkAccess = "CIVNA"
        case civilsPermissionRefused = "CIVWAY"
        case civilsQuoteRefused = "CIVQUO"

        /// Any other code: "Other reason".
        case other = "OTHER"
    }

    /// Which kind of visit a code belongs to (I-020).
    package enum Family: String, CaseIterable, Codable, Sendable {
        case base, revisit, external, civils, other
    }

    package let raw: String

    package init(_ raw: String) { self.raw = raw }

    package var meaning: Meaning {
        if raw == "RNA" || raw == "RNA/NA" { return .noAccess }
        return Meaning(rawValue: raw) ?? .other
    }

    /// As we write it: the published spelling, or what came.
    package var canonical: String { meaning == .other ? raw : meaning.rawValue }

    package var family: Family {
        guard meaning != .other else { return .other }
        return switch canonical.prefix(3) {
        case "REV": .revisit
        case "EXT": .external
        case "CIV": .civils
        case _: .base
        }
    }

    package var description: String { raw }
}

/// How a job was closed: what its order and its appointment must know to go on (SM-04).
package struct JobClosure: Codable, Equatable, Sendable {
    package let code: ClosureCode
    /// Such as `CON03`: primary and number.
    package let secondary: String?
    package let description: String?
    /// Result 2 had come: the line gave light. SP without it is accepted, and flagged (§3.7).
    package let isProvisioned: Bool

    package init(
        code: ClosureCode,
        secondary: String? = nil,
        description: String? = nil,
        isProvisioned: Bool
    ) {
        self.code = code
        self.secondary = secondary
        self.description = description
        self.isProvisioned = isProvisioned
    }

    /// SP was claimed although the line never gave light: somebody must look.
    package var isDoubtful: Bool { code.meaning == .serviceProvided && !isProvisioned }
}
