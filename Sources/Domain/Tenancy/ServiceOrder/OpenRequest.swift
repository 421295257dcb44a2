import FoundationEssentials

extension ServiceOrder {
    /// A request of the tenant's that is on its way to the supplier, or waits for its decision: one at a time (§3.2).
    package struct OpenRequest: Codable, Equatable, Sendable {
        package enum Content: Codable, Equatable, Sendable {
            case amendment(changes: OrderChanges, visit: BookedVisit?)
            case cancellation
        }

        package let id: ID<ChangeRequest>
        let content: Content

        var isCancellation: Bool {
            switch content {
            case .amendment: false
            case .cancellation: true
            }
        }

        /// An update's words, with the request's number beside them (G-076).
        func details(_ details: KCIDetails) -> KCIDetails {
            var details = details
            if isCancellation { details.cancellation = id } else { details.amendment = id }
            return details
        }
    }

    /// What a supplier answers to a request.
    package enum RequestAnswer: Codable, Equatable, Sendable {
        /// 202: it will decide.
        case taken(reference: String?)
        /// 201: done.
        case done(reference: String?)
        /// 422, with its reasons.
        case refused(problems: [String])
        /// It could not be brought to the supplier.
        case failed(reason: String)
    }
}
