import Formats

/// A message of the Tenant API or of the Tenant Updates API, told by what only such a message has.
enum TenantMessage: String, CaseIterable {
    case provideOrder = "service order"
    case modifyOrder = "modify order"
    case ceaseOrder = "cease order"
    case ethernetOrder = "ethernet order"
    case amendment = "service order amendment"
    case cancellation = "service order cancellation"
    case appointment = "appointment"
    case quote = "quote"
    case test = "service test"
    case problem = "service problem"
    case problemAmendment = "service problem amendment"
    case problemCancellation = "service problem cancellation"
    case resolutionAnswer = "answer to a resolution"
    case kci = "KCI"

    /// Where the contract describes it.
    var clause: String {
        switch self {
        case .provideOrder: "F-020"
        case .modifyOrder: "G-054"
        case .ceaseOrder: "G-053"
        case .ethernetOrder: "F-040"
        case .amendment: "F-030"
        case .cancellation: "F-032"
        case .appointment: "G-044"
        case .quote: "G-030"
        case .test: "G-100"
        case .problem: "G-110"
        case .problemAmendment: "G-114"
        case .problemCancellation: "G-115"
        case .resolutionAnswer: "G-116"
        case .kci: "G-070"
        }
    }

    init?(_ root: JSONValue) {
        // What names a method is of another contract, whatever else it has.
        guard root["method"] == nil else { return nil }
        func has(_ names: String...) -> Bool { names.contains { root[$0] != nil } }
        if has("entityType") || has("entity") && has("updateType") {
            self = .kci
        } else if has("orderType") {
            switch root["orderType"]?.string {
            case "MODIFY": self = .modifyOrder
            case "CEASE": self = .ceaseOrder
            // Of a type that nobody knows the rest is checked as a provide order's (decision 38).
            case _: self = .provideOrder
            }
        } else if has("siteInformation", "ethernetOrderItems", "supplierQuoteId") {
            self = .ethernetOrder
        } else if has("quoteItems") {
            self = .quote
        } else if has("serviceProblemId") {
            self = has("reasonCode") ? .problemCancellation : .problemAmendment
        } else if has("orderId") {
            self = has("reasonCode") ? .cancellation : .amendment
        } else if has("timeslot") || has("purpose") {
            self = .appointment
        } else if has("problemText") {
            self = .problem
        } else if has("problemType") {
            self = .test
        } else if has("tenantNotes") || ["ACCEPTED", "REJECTED"].contains(root["status"]?.string), root["id"] == nil {
            self = .resolutionAnswer
        } else if has("serviceOrderItem") {
            self = .provideOrder
        } else {
            return nil
        }
    }
}
