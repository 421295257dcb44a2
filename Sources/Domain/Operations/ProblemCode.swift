/// Why something did not go its usual way (G-077): the codes that a supplier of ours sends. A gateway keeps any other code as it
/// came.
package enum ProblemCode: String, Codable, CaseIterable, Sendable {
    case accessIssue = "ACCESS_ISSUE"
    case activationFailed = "ACTIVATION_FAILED"
    case additionalWork = "ADDITIONAL_WORK"
    case appointmentNotRequired = "APPOINTMENT_NOT_REQUIRED"
    case capacityIssue = "CAPACITY_ISSUE"
    case costIssue = "COST_ISSUE"
    case customerChangedMind = "CUSTOMER_CHANGED_MIND"
    case faultAtNode = "FAULT_AT_NODE"
    case faultAtONT = "FAULT_AT_ONT"
    case faultAtPOP = "FAULT_AT_POP"
    case informationRequired = "INFORMATION_REQUIRED"
    case installFailed = "INSTALL_FAILED"
    case invalidRequest = "INVALID_REQUEST"
    case linkedOrderIssue = "LINKED_ORDER_ISSUE"
    case networkIssue = "NETWORK_ISSUE"
    case networkUnavailable = "NETWORK_UNAVAILABLE"
    case siteUnsafe = "SITE_UNSAFE"
    case supplierIssue = "SUPPLIER_ISSUE"
    case wayleaveIssue = "WAYLEAVE_ISSUE"
    case other = "OTHER"

    /// What a code can explain.
    package enum Use: String, CaseIterable, Sendable {
        case cancel
        case delay
        case inform
        case reappoint
    }

    /// Those that are published of it, and all where nothing is.
    package var uses: Set<Use> {
        switch self {
        case .appointmentNotRequired: [.inform]
        case .capacityIssue: [.cancel]
        // Published without delay; but a quote for civil works that is refused holds an order (SM-04).
        case .costIssue: [.cancel, .delay, .inform]
        case .informationRequired: [.delay, .inform]
        case .invalidRequest: [.cancel, .delay, .reappoint]
        case .accessIssue, .activationFailed, .additionalWork, .customerChangedMind, .faultAtNode, .faultAtONT,
            .faultAtPOP,
            .installFailed, .linkedOrderIssue, .networkIssue, .networkUnavailable, .siteUnsafe, .supplierIssue,
            .wayleaveIssue, .other:
            Set(Use.allCases)
        }
    }
}

extension SupplyUpdate.Reason {
    /// What a problem code beside it explains; `nil`: nothing, as beside good news, or a refusal, which is none of the uses.
    package var use: ProblemCode.Use? {
        switch self {
        case .cancelled, .terminated: .cancel
        case .delay: .delay
        case .reappoint: .reappoint
        case .update, .additional, .warning, .informationRequired: .inform
        case .created, .acknowledged, .committed, .amended, .orderRejected, .amendmentRejected, .cancellationRejected,
            .resumed, .reappointed, .completed, .confirm:
            nil
        }
    }

    /// Whether it says nothing without one. A CANCELLED that nobody asked for neither.
    package var needsProblemCode: Bool {
        switch self {
        case .warning, .delay, .reappoint, .terminated: true
        case .created, .update, .acknowledged, .committed, .additional, .informationRequired, .amended, .cancelled,
            .orderRejected, .amendmentRejected, .cancellationRejected, .resumed, .reappointed, .completed, .confirm:
            false
        }
    }

    /// Says that a code is not for this; `nil`: it is, or nothing is known of it. No reason to refuse an update.
    package func misuse(of code: String) -> String? {
        guard let known = ProblemCode(rawValue: code), let use, !known.uses.contains(use) else { return nil }
        let uses = ProblemCode.Use.allCases.filter(known.uses.contains).map(\.rawValue)
        return "\(code) is published for \(uses.joined(separator: ", ")); \(rawValue) is \(use)"
    }
}
