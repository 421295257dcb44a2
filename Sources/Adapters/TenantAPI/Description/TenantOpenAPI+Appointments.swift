import Domain
import HTTPTypes

/// Visits: what is free, and holding one (G-040 to G-047).
extension TenantOpenAPI {
    static let appointments: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/available-appointments",
            id: "findAppointments",
            tag: "Appointments",
            summary: "Free slots of a supplier",
            scopes: reading,
            parameters: [
                supplier, address, specification,
                .init(
                    name: "appointmentPurpose",
                    place: .query,
                    schema: .choice(of: AppointmentPurpose.self),
                    isRequired: true,
                    description: "For a line to come, a change to one, or a repair.",
                    example: "PROVIDE"
                ),
                .query(
                    "serviceId",
                    .string(1...50),
                    "The line; needed for REPAIR, here or as the characteristic SERVICE_ID."
                ),
                .init(
                    name: "serviceCharacteristics",
                    place: .query,
                    schema: .array(of: .ref("Characteristic"), count: 0...QueryReader.characteristicsMax),
                    description: "As URL-encoded JSON.",
                    isJSON: true
                ),
                .query("appointmentFromDate", .day(), "The first day that matters."),
                .query("standardOnly", .boolean(), "None at a premium."),
                .query("singleDayAppointment", .boolean(), "Every slot is within a day; changes nothing."),
                .query("classifications", .array(of: .choice(TimeSlot.classifications)), "Only of these kinds."),
            ],
            answer: .init(status: 200, description: "Free slots; none is an empty list.", schema: .ref("FreeSlots")),
            refusals: [501, 502, 504]
        ),
        DescribedOperation(
            method: .post,
            path: "/appointments",
            id: "reserveAppointment",
            tag: "Appointments",
            summary: "Hold a slot",
            description: """
                Held until `expiryDateTime`, which is the supplier's policy; sending the id in an order or a problem confirms it.
                """,
            scopes: ["tenant.all.all", "appointments"],
            body: .ref("ReservationRequest"),
            example: """
                {"supplier":"DUMMY_SUPPLIER","address":{"id":"10090000001","type":"UPRN"},\
                "serviceSpecification":{"id":"ftthl2r"},"serviceCharacteristics":[],"purpose":"PROVIDE",\
                "timeslot":{"timeslotStartDateTime":"2027-01-12T08:00:00Z","timeslotEndDateTime":"2027-01-12T13:00:00Z"}}
                """,
            answer: .init(
                status: 201,
                description: "It is held.",
                schema: .ref("Reservation"),
                headers: ["Location"]
            ),
            refusals: [501, 502, 504]
        ),
        DescribedOperation(
            method: .get,
            path: "/appointments/{id}",
            id: "readAppointment",
            tag: "Appointments",
            summary: "A reservation of yours",
            scopes: reading,
            parameters: [.id],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("Reservation"))
        ),
        DescribedOperation(
            method: .delete,
            path: "/appointments/{id}",
            id: "releaseAppointment",
            tag: "Appointments",
            summary: "Give a slot back",
            description: "Again changes nothing. 422 once it is used or has expired.",
            scopes: ["tenant.all.all", "appointments"],
            parameters: [.id],
            answer: .init(status: 204, description: "It is free."),
            refusals: [413, 415, 501]
        ),
    ]

    static let appointmentSchemas: [(name: String, schema: Schema)] = [
        (
            "FreeSlots",
            .object([
                .required("supplier", .ref("SupplierId")), .required("address", .ref("Address")),
                .required("serviceSpecification", .ref("ServiceSpecification")),
                .required("timeslots", .array(of: .ref("Timeslot"), count: 0...500)),
            ])
        ),
        (
            "ReservationRequest",
            .object([
                .required("supplier", .ref("SupplierId")), .required("address", .ref("Address")),
                .required("serviceSpecification", .ref("ServiceSpecification")),
                .open("serviceCharacteristics", .array(of: .ref("Characteristic"), count: 0...500)),
                .open("serviceId", .string(1...50, description: "Required for REPAIR.")),
                .required("purpose", .choice(of: AppointmentPurpose.self)),
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
            .object(
                [
                    .required("id", .ref("EntityId")),
                    .required(
                        "status",
                        .choice(reservationStates)
                    ),
                    .required("supplier", .ref("SupplierId")),
                    .optional("supplierReference", .string(1...50)), .optional("expiryDateTime", .moment()),
                    .optional("reason", .string(description: "Why the supplier refused it.")),
                    .required("address", .ref("Address")),
                    .required("serviceSpecification", .ref("ServiceSpecification")),
                    .required("serviceCharacteristics", .array(of: .ref("Characteristic"))),
                    .optional("serviceId", .string()), .required("purpose", .choice(of: AppointmentPurpose.self)),
                    .required("timeslot", .ref("Timeslot")),
                ] + times
            )
        ),
    ]
}
