/// Why an operator takes a job back (G-129).
package enum JobCancellation: String, Codable, CaseIterable, Sendable {
    case customerCancelled = "CUSTOMER_CANCELLED"
    case orderAmended = "ORDER_AMENDED"
    case reappointed = "REAPPOINTED"
    case operatorWithdrawn = "OPERATOR_WITHDRAWN"
    case other = "OTHER"
}
