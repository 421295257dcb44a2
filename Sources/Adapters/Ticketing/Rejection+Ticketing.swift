import Domain

extension Rejection.Code {
    /// How a refusal is reported. There is no `default`: a new code compiles only once this says how.
    func ticketingStatus(of operation: TicketingOperation) -> Int {
        switch self {
        // The appointment validator (T-012, X-11) speaks in addFaultReport only.
        case .appointmentRule, .reservationUnusable: operation == .addFaultReport ? 403 : 400
        case .notFound, .invalid, .alreadyExists, .illegalTransition, .slotTaken, .unknownService, .unknownSupplier,
            .notOffered, .closureCodeMismatch, .duplicateDevice, .notYours, .keyReused:
            400
        }
    }
}

extension TicketingProblem {
    /// A refusal in this contract's words: a JSON map, field → message (T-076, G-143).
    init(_ rejection: Rejection, in operation: TicketingOperation) {
        let status = rejection.code.ticketingStatus(of: operation)
        switch rejection.code {
        case .keyReused: self.init(status: status, "messageId", "already used")
        case .alreadyExists: self.init(status: status, "buyerFaultReference", "already exists")
        case .notFound where rejection.problems.isEmpty:
            self.init(status: status, "buyerFaultReference", "no such fault report")
        case .reservationUnusable:
            self.init(status: status, "appointmentReservationKey", "unknown, used, expired or for another purpose")
        case .notFound, .invalid, .illegalTransition, .appointmentRule, .slotTaken, .unknownService, .unknownSupplier,
            .notOffered, .closureCodeMismatch, .duplicateDevice, .notYours:
            self.init(status: status, rejection.problems, otherwise: rejection.message)
        }
    }
}
