extension SupplierRule {
    /// Where the contract says it.
    package var clause: String {
        switch self {
        case .token, .wrongSecret, .noToken, .updateToken: "G-005"
        case .headersRequired, .headersEchoed: "G-001"
        case .availability: "G-021, G-022"
        case .availabilityUnserved: "G-024"
        case .availabilityMalformed: "G-020"
        case .slots: "G-041, G-043"
        case .slotsUnknownProduct, .reservationUnknownSlot: "G-040, G-044"
        case .reservation: "G-044"
        case .release: "G-045"
        case .reservationAgain, .reservationOtherBody, .orderAgain, .orderOtherBody, .orderSameNumber, .testAgain,
            .problemAgain:
            "G-090"
        case .orderMalformed, .testMalformed, .quoteMalformed, .problemMalformed, .problemResolutionMalformed:
            "G-003, G-004"
        case .order, .orderUnknownProduct, .orderUnknownReservation, .amendment, .cancellation, .test,
            .testUnknownService, .problemUnknownService, .problem:
            "G-091"
        case .problemAmendment: "G-114"
        case .problemCancellation: "G-115"
        case .amendmentUnknownOrder, .amendmentForeignOrder, .cancellationUnknownOrder, .cancellationForeignOrder,
            .problemAmendmentUnknown, .problemAmendmentForeign, .problemCancellationUnknown,
            .problemCancellationForeign:
            "G-003"
        case .amendmentDecided, .cancellationDecided, .problemAmendmentDecided, .problemCancellationDecided:
            "G-092, G-093"
        case .testResult: "G-103"
        case .quote: "G-031"
        case .updates: "G-093"
        case .updateShape, .updateSubject: "G-092"
        case .updateSequence: "G-079"
        case .updateAgain: "G-078"
        case .updateAfterEnd: "SM-02"
        }
    }

    /// What is asked, for a person.
    package var words: String {
        switch self {
        case .token: "gives a token for an id and its secret"
        case .wrongSecret: "gives none for a wrong secret"
        case .noToken: "answers 401 to who shows no token"
        case .headersRequired: "refuses a request without X-Request-ID and X-Conversation-ID"
        case .headersEchoed: "echoes both headers"
        case .availability: "says what can be had at an address"
        case .availabilityUnserved: "says why nothing can be had at another"
        case .availabilityMalformed: "refuses a question without an address"
        case .slots: "has slots, with their zone"
        case .slotsUnknownProduct: "refuses a product that it doesn't sell"
        case .reservation: "holds a slot under a key, for a time"
        case .reservationAgain: "holds it once, however often the same is asked"
        case .reservationOtherBody: "refuses the same X-Request-ID with another body"
        case .reservationUnknownSlot: "refuses a slot that it never had"
        case .release: "takes a slot back, and knows no other's"
        case .orderMalformed: "refuses an order that cannot be read, and says every reason"
        case .orderUnknownProduct: "rejects a product that it doesn't sell"
        case .orderUnknownReservation: "rejects a reservation that it never gave"
        case .order: "takes an order: 201 with its reference, or 202"
        case .orderAgain: "takes it once, and says the same again"
        case .orderOtherBody: "refuses the same X-Request-ID with another body"
        case .orderSameNumber: "makes no second order of the same number, whatever the X-Request-ID"
        case .amendmentUnknownOrder: "refuses an amendment of no order of ours"
        case .amendmentForeignOrder: "says of another tenant's order what it says of none"
        case .amendment: "takes an amendment: 201 or 202"
        case .amendmentDecided: "decides it: AMENDED or AMENDMENT_REJECTED, by its number"
        case .cancellationUnknownOrder: "refuses a cancellation of no order of ours"
        case .cancellationForeignOrder: "says of another tenant's order what it says of none"
        case .cancellation: "takes a cancellation: 201 or 202"
        case .cancellationDecided: "decides it: CANCELLED or CANCELLATION_REJECTED, by its number"
        case .testMalformed: "refuses a test that cannot be read"
        case .testUnknownService: "rejects a service that is not there"
        case .test: "takes a test: 201 or 202"
        case .testAgain: "takes it once, and says the same again"
        case .testResult: "has a result, in its answer or in an update"
        case .quoteMalformed: "refuses a quote that cannot be read"
        case .quote: "prices each item, or says why not"
        case .problemMalformed: "refuses a problem that cannot be read"
        case .problemUnknownService: "rejects a problem of a service that is not there"
        case .problem: "takes a problem: 201 or 202"
        case .problemAgain: "takes it once, and says the same again"
        case .problemAmendmentUnknown: "refuses an amendment of no problem of ours"
        case .problemAmendmentForeign: "says of another tenant's problem what it says of none"
        case .problemAmendment: "takes a problem's amendment: 201 or 202"
        case .problemAmendmentDecided: "decides it: AMENDED or AMENDMENT_REJECTED, by its number"
        case .problemCancellationUnknown: "refuses a cancellation of no problem of ours"
        case .problemCancellationForeign: "says of another tenant's problem what it says of none"
        case .problemCancellation: "takes a problem's cancellation: 201 or 202"
        case .problemCancellationDecided: "decides it: CANCELLED or CANCELLATION_REJECTED, by its number"
        case .problemResolutionMalformed: "refuses the answer to a resolution that cannot be read"
        case .updates: "tells what becomes of an order"
        case .updateToken: "shows a token with every update"
        case .updateShape: "spells updates as the contract has them, each about one entity"
        case .updateSubject: "tells only of ours, with our number and tenant"
        case .updateSequence: "numbers an entity's updates from 1, without a gap"
        case .updateAgain: "sends again what was not taken, under the same id"
        case .updateAfterEnd: "has nothing more to tell after the end"
        }
    }
}
