/// What kind of trouble a test looks for and a problem reports (G-100).
package enum ProblemType: String, Codable, CaseIterable, Sendable {
    case cpe = "CPE"
    case customer = "CUSTOMER"
    case outage = "OUTAGE"
    case performance = "PERFORMANCE"
    case stability = "STABILITY"
    case synchronisation = "SYNCHRONISATION"
}
