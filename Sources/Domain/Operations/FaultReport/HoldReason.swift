/// What a ticket on hold waits for, from a table that is data: the code of at most five characters is what
/// compensation evidence carries (T-083, G-145).
package struct HoldReason: Hashable, Codable, Sendable {
    /// 1 to 5 characters: `exclusionReason` takes no more.
    package let code: String
    package let meaning: String
    /// Whether the delay is outside the operator's control: only then may it stop the clock (T-018).
    package let isOutsideControl: Bool

    package static let beyondControl = HoldReason("MBORC", "Matters beyond reasonable control")
    package static let noAccess = HoldReason("NOACC", "No access to the premises")
    package static let customer = HoldReason("CUST", "The buyer or the end user has to answer or to act")
    package static let hazard = HoldReason("HAZ", "The site is not safe to work on")

    /// Those that the operator's people use; the last ones so that a refusal can say why.
    package static let table = [
        beyondControl, noAccess, customer, hazard,
        HoldReason("WAYLV", "A third party's consent is needed: wayleave, street works, landlord"),
        HoldReason("PARTS", "Waiting for parts or tools", isOutsideControl: false),
        HoldReason("STAFF", "No engineer is free", isOutsideControl: false),
        HoldReason("NETWK", "Work in the operator's own network", isOutsideControl: false),
    ]

    private init(_ code: String, _ meaning: String, isOutsideControl: Bool = true) {
        self.code = code
        self.meaning = meaning
        self.isOutsideControl = isOutsideControl
    }

    package static func named(_ code: String) -> HoldReason? { table.first { $0.code == code } }

    /// Why a hold for a code is refused; `nil` for one that may stop the clock.
    package static func problem(of code: String) -> String? {
        let allowed = table.filter(\.isOutsideControl).map(\.code).joined(separator: ", ")
        guard let reason = named(code) else { return "\(code) is no reason to hold a ticket; there are: \(allowed)" }
        guard !reason.isOutsideControl else { return nil }
        return "\(code) (\(reason.meaning)) is in the operator's own control and cannot stop the clock (T-018); "
            + "these can: \(allowed)"
    }
}
