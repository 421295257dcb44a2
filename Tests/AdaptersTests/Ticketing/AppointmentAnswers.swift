import Domain
import Engine

@testable import Adapters

/// Answers whose status is 200.
extension QueryVisits {
    static func slots(in bytes: [UInt8]) throws(AppointmentAnswerFault) -> [TimeSlot] {
        try slots(in: OutboundResponse(status: 200, body: bytes))
    }
}

extension ReserveVisit {
    static func reserved(in bytes: [UInt8]) throws(AppointmentAnswerFault) -> ReservedSlot {
        try reserved(in: OutboundResponse(status: 200, body: bytes))
    }
}
