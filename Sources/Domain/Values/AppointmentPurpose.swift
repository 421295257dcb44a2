/// What a visit is for (G-040). An order's key is of no use for a fault, and the other way round.
package enum AppointmentPurpose: String, Codable, CaseIterable, Sendable {
    case provide = "PROVIDE"
    case modify = "MODIFY"
    case repair = "REPAIR"
}
