import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `GET /available-appointments`: the slots that can still be had (G-040, G-041).
    @Sendable func availableAppointments(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "AskSlots", parameters: Self.slotParameters) { asked, query in
            let question = try Self.understandSlots(query)
            let (book, now) = (book, exchange.time.now())
            return try await look(asked) { state in
                let uprn = try Self.uprn(of: question.wanted) { try book.premises(of: $0, in: state) }
                let wish = AppointmentBook.Wish(
                    uprn: uprn,
                    purpose: question.wanted.purpose,
                    product: question.wanted.specification.id
                )
                let slots = try book.slots(for: wish, from: question.from, in: state, at: now)
                return CustomerAnswer(status: 200) { json in
                    json.object { json in
                        json.wholesaleAddress(question.wanted.address)
                        json.wholesaleSpecification(question.wanted.specification)
                        json.array("timeslots") { json in
                            for slot in slots { json.wholesaleTimeslot(nil, slot) }
                        }
                    }
                }
            }
        }
    }

    private static let slotParameters: Set = [
        "address", "serviceSpecification", "appointmentPurpose", "appointmentFromDate", "serviceId",
    ]

    /// Where, what and what for: common to asking for slots and to holding one.
    struct Wanted: Sendable {
        let address: PremisesAddress
        let specification: ServiceSpecification
        let purpose: AppointmentPurpose
        let service: ServiceID?
    }

    private static func understandSlots(_ query: FilterReader) throws -> (wanted: Wanted, from: CivilDate?) {
        let problems = query.problems
        let address = WholesaleReading.read("address", in: query) { WholesaleReading.address($0) }
        let specification = WholesaleReading.read("serviceSpecification", in: query) {
            WholesaleReading.specification($0)
        }
        let purpose = query.single("appointmentPurpose").flatMap(AppointmentPurpose.init)
        if purpose == nil {
            let allowed = AppointmentPurpose.allCases.map(\.rawValue).joined(separator: ", ")
            problems.report(.notAllowed, at: "/appointmentPurpose", "must be one of: \(allowed)")
        }
        let fromText = query.single("appointmentFromDate")
        let from = fromText.flatMap { CivilDate($0) }
        if fromText != nil, from == nil {
            problems.report(.pattern, at: "/appointmentFromDate", "must be a date, YYYY-MM-DD")
        }
        let service = query.single("serviceId")
        if let service, !WholesaleLimits.reference.contains(service.unicodeScalars.count) {
            problems.report(
                .tooLong,
                at: "/serviceId",
                "must have 1 to \(WholesaleLimits.reference.upperBound) characters"
            )
        }
        guard problems.isEmpty, let address, let specification, let purpose else {
            throw APIError.malformed(problems.all)
        }
        let wanted = Wanted(
            address: address,
            specification: specification,
            purpose: purpose,
            service: service.map { ServiceID($0) }
        )
        return (wanted, from)
    }

    /// For a repair the service decides where (decision 28); else the address.
    static func uprn(of wanted: Wanted, served: (ServiceID) throws -> Town.Premises?) throws -> Int64 {
        if wanted.purpose == .repair, let service = wanted.service {
            guard let premises = try served(service) else {
                throw Rejection(
                    .unknownService,
                    "There is no service \(service).",
                    problems: [.init("/serviceId", "There is no such service.")]
                )
            }
            return premises.uprn
        }
        guard let uprn = wanted.address.uprn else {
            throw BookingRefusal(.unknownAddress, "An address is named by its UPRN here.")
        }
        return uprn
    }
}
