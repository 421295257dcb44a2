import FoundationEssentials

/// One thing that the scripted supplier does with an order, and how long after the one before.
package struct ScriptedStep: Codable, Equatable, Sendable {
    package enum Act: Codable, Equatable, Sendable {
        /// 202: an acknowledgement will follow.
        case accept
        /// 201, with the dates if it is committed already.
        case acknowledge(isCommitted: Bool)
        /// 422.
        case reject
        case tell(update: ScriptedUpdate)
        /// Nothing more until the tenant amends the order; with another visit, if that is what is missing.
        case awaitTenant(visit: Bool)
        /// From here on the tenant can change nothing.
        case passPointOfNoReturn
    }

    var after: TimeInterval
    let act: Act
}

/// An update of the Supplier Updates API, before it has its number.
package struct ScriptedUpdate: Codable, Equatable, Sendable {
    /// Its place in the sender's numbering (G-079).
    package enum Place: String, Codable, Sendable {
        case next
        /// One number is left out before it.
        case leavingOneOut
        /// The number that was left out.
        case leftOut
    }

    let reason: SupplyUpdate.Reason
    var place = Place.next
    /// The same update, so many times.
    var copies = 1
    var problemCode: ProblemCode?
    var text: String?
    /// How far it moves the target.
    var days = 0
    var ending: SupplierNews.Ending?

    var isLast: Bool {
        switch reason {
        case .completed, .terminated, .cancelled, .orderRejected: true
        case .created, .update, .acknowledged, .committed, .additional, .warning, .delay, .informationRequired,
            .reappoint, .amended, .amendmentRejected, .cancellationRejected, .resumed, .reappointed, .confirm:
            false
        }
    }
}
