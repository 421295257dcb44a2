import Domain
import HTTPTypes

/// Visits: what is free, and holding one (G-040 to G-047).
extension SupplierOpenAPI {
    static let appointments: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/available-appointments",
            id: "availableAppointments",
            tag: "Appointments",
            summary: "Slots that can still be had",
            parameters: [
                address,
                .init(
                    name: "serviceSpecification",
                    place: .query,
                    schema: .ref("ServiceSpecification"),
                    isRequired: true,
                    description: "The product, as URL-encoded JSON.",
                    isJSON: true,
                    example: #"{"id":"ftthl2r"}"#
                ),
                .init(
                    name: "appointmentPurpose",
                    place: .query,
                    schema: .choice(of: AppointmentPurpose.self),
                    isRequired: true,
                    description: "For a line to come, a change to one, or a repair.",
                    example: AppointmentPurpose.provide.rawValue
                ),
                .query("appointmentFromDate", .day(), "The first day that matters."),
                .query("serviceId", .ref("Reference"), "The line; for a repair it decides where."),
            ],
            answer: .init(status: 200, description: "Free slots; none is an empty list.", schema: .ref("FreeSlots")),
            refusals: [422]
        ),
        DescribedOperation(
            method: .post,
            path: "/appointments",
            id: "reserveAppointment",
            tag: "Appointments",
            summary: "Hold a slot for 12 hours",
            description: "Its `supplierReference`, in an order, confirms it.",
            body: .ref("ReservationRequest"),
            example: """
                {"id":1,"address":{"id":"10090000001","type":"UPRN"},"serviceSpecification":{"id":"ftthl2r"},\
                "appointmentPurpose":"PROVIDE",\
                "timeslot":{"timeslotStartDateTime":"2027-01-12T08:00:00Z","timeslotEndDateTime":"2027-01-12T13:00:00Z"}}
                """,
            answer: .init(status: 201, description: "It is held.", schema: .ref("Reservation"))
        ),
        DescribedOperation(
            method: .delete,
            path: "/appointments/{id}",
            id: "releaseAppointment",
            tag: "Appointments",
            summary: "Give a slot back",
            description: "Again changes nothing. 422 once it is used.",
            parameters: [.id(numberOfYours)],
            answer: .init(status: 204, description: "It is free."),
            refusals: [422]
        ),
    ]

    static let numberOfYours = "Your own number for it. Anything else names nothing: 404."

    static let appointmentSchemas: [(name: String, schema: Schema)] = [
        (
            "FreeSlots",
            .object([
                .required("address", .ref("Address")), .required("serviceSpecification", .ref("ServiceSpecification")),
                .required("timeslots", .array(of: .ref("Timeslot"))),
            ])
        ),
        (
            "ReservationRequest",
            .object([
                .required("id", .ref("Number")), .required("address", .ref("Address")),
                .required("serviceSpecification", .ref("ServiceSpecification")),
                .required("appointmentPurpose", .choice(of: AppointmentPurpose.self)),
                .open("serviceId", .string(WholesaleLimits.reference, description: "Required for REPAIR.")),
                .required(
                    "timeslot",
                    .object(
                        "One of those that are free.",
                        [.required("timeslotStartDateTime", .moment()), .required("timeslotEndDateTime", .moment())]
                    )
                ),
            ])
        ),
        (
            "Reservation",
            .object([
                .required("id", .ref("Number")), .required("supplierReference", .ref("Reference")),
                .required("expiryDateTime", .moment()), .required("address", .ref("Address")),
                .required("serviceSpecification", .ref("ServiceSpecification")),
                .required("appointmentPurpose", .choice(of: AppointmentPurpose.self)),
                .required("timeslot", .ref("Timeslot")),
            ])
        ),
    ]
}
