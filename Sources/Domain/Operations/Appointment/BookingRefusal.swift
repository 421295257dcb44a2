/// Why a slot cannot be shown or held: G-048's list, which both doors to the book spell in their own way.
package struct BookingRefusal: Error, Equatable, Sendable {
    package enum Code: String, CaseIterable, Codable, Sendable {
        case unknownAddress = "UNKNOWN_ADDRESS"
        case unknownProduct = "UNKNOWN_PRODUCT"
        case dateInPast = "DATE_IN_PAST"
        case beyondHorizon = "BEYOND_HORIZON"
        case slotUnknown = "SLOT_UNKNOWN"
        case slotTaken = "SLOT_TAKEN"
        case noPriorAppointment = "NO_PRIOR_APPOINTMENT"
        case projectUnknown = "PROJECT_UNKNOWN"
        case buyerUnknown = "BUYER_UNKNOWN"
        case sellerMismatch = "SELLER_MISMATCH"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The same in the words of every other refusal.
    package var rejection: Rejection {
        let general: Rejection.Code =
            switch code {
            case .slotTaken: .slotTaken
            case .unknownAddress, .unknownProduct: .unknownService
            case .dateInPast, .beyondHorizon, .slotUnknown, .noPriorAppointment, .projectUnknown, .buyerUnknown,
                .sellerMismatch:
                .invalid
            }
        return Rejection(general, message, problems: [Rejection.Problem(pointer, message)])
    }

    /// Which member of a REST request it is about.
    private var pointer: String {
        switch code {
        case .unknownAddress: "/address"
        case .unknownProduct: "/serviceSpecification/id"
        case .dateInPast, .beyondHorizon, .slotUnknown, .slotTaken: "/timeslot"
        case .noPriorAppointment, .projectUnknown, .buyerUnknown, .sellerMismatch: ""
        }
    }
}
