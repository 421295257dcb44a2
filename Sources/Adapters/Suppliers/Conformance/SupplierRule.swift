/// One thing that the Supplier API or the Supplier Updates API asks of a supplier: a row of the report, and of the table
/// in `docs/protocols/supplier.md`.
package enum SupplierRule: String, CaseIterable, Sendable {
    case token
    case wrongSecret = "wrong-secret"
    case noToken = "no-token"
    case headersRequired = "headers-required"
    case headersEchoed = "headers-echoed"

    case availability
    case availabilityUnserved = "availability-unserved"
    case availabilityMalformed = "availability-malformed"

    case slots
    case slotsUnknownProduct = "slots-unknown-product"
    case reservation
    case reservationAgain = "reservation-again"
    case reservationOtherBody = "reservation-other-body"
    case reservationUnknownSlot = "reservation-unknown-slot"
    case release

    case orderMalformed = "order-malformed"
    case orderUnknownProduct = "order-unknown-product"
    case orderUnknownReservation = "order-unknown-reservation"
    case order
    case orderAgain = "order-again"
    case orderOtherBody = "order-other-body"
    case orderSameNumber = "order-same-number"

    case amendmentUnknownOrder = "amendment-unknown-order"
    case amendmentForeignOrder = "amendment-foreign-order"
    case amendment
    case amendmentDecided = "amendment-decided"

    case cancellationUnknownOrder = "cancellation-unknown-order"
    case cancellationForeignOrder = "cancellation-foreign-order"
    case cancellation
    case cancellationDecided = "cancellation-decided"

    case testMalformed = "test-malformed"
    case testUnknownService = "test-unknown-service"
    case test
    case testAgain = "test-again"
    case testResult = "test-result"

    case quoteMalformed = "quote-malformed"
    case quote

    case problemMalformed = "problem-malformed"
    case problemUnknownService = "problem-unknown-service"
    case problem
    case problemAgain = "problem-again"
    case problemAmendmentUnknown = "problem-amendment-unknown"
    case problemAmendmentForeign = "problem-amendment-foreign"
    case problemAmendment = "problem-amendment"
    case problemAmendmentDecided = "problem-amendment-decided"
    case problemCancellationUnknown = "problem-cancellation-unknown"
    case problemCancellationForeign = "problem-cancellation-foreign"
    case problemCancellation = "problem-cancellation"
    case problemCancellationDecided = "problem-cancellation-decided"
    case problemResolutionMalformed = "problem-resolution-malformed"

    case updates
    case updateToken = "update-token"
    case updateShape = "update-shape"
    case updateSubject = "update-subject"
    case updateSequence = "update-sequence"
    case updateAgain = "update-again"
    case updateAfterEnd = "update-after-end"

    /// What a supplier may have or lack (G-094).
    package enum Part: String, CaseIterable, Sendable {
        case access, availability, appointments, orders, amendments, cancellations, tests, quotes, problems, updates
    }

    package var part: Part {
        switch self {
        case .token, .wrongSecret, .noToken, .headersRequired, .headersEchoed: .access
        case .availability, .availabilityUnserved, .availabilityMalformed: .availability
        case .slots, .slotsUnknownProduct, .reservation, .reservationAgain, .reservationOtherBody,
            .reservationUnknownSlot, .release:
            .appointments
        case .orderMalformed, .orderUnknownProduct, .orderUnknownReservation, .order, .orderAgain, .orderOtherBody,
            .orderSameNumber:
            .orders
        case .amendmentUnknownOrder, .amendmentForeignOrder, .amendment, .amendmentDecided: .amendments
        case .cancellationUnknownOrder, .cancellationForeignOrder, .cancellation, .cancellationDecided: .cancellations
        case .testMalformed, .testUnknownService, .test, .testAgain, .testResult: .tests
        case .quoteMalformed, .quote: .quotes
        case .problemMalformed, .problemUnknownService, .problem, .problemAgain, .problemAmendmentUnknown,
            .problemAmendmentForeign, .problemAmendment, .problemAmendmentDecided, .problemCancellationUnknown,
            .problemCancellationForeign, .problemCancellation, .problemCancellationDecided,
            .problemResolutionMalformed:
            .problems
        case .updates, .updateToken, .updateShape, .updateSubject, .updateSequence, .updateAgain, .updateAfterEnd:
            .updates
        }
    }
}
