@testable import Adapters

/// What is well-formed and not this message: one field is wrong, and the answer names it (T-011, N-11).
extension HostileCase {
    static let missing = TicketingOperation.allCases.flatMap { operation in
        CorpusMessage.required(operation).map { field in
            HostileCase(
                "\(operation) without \(field)",
                to: operation,
                CorpusMessage.whole(operation).leavingOut(field),
                400,
                says: field
            )
        }
    }

    static let empty = TicketingOperation.allCases.flatMap { operation in
        ["", " \n\t "].flatMap { blank in
            CorpusMessage.required(operation).filter { $0 != "siteAccessContactDetails" }.map { field in
                HostileCase(
                    "\(operation) with \(blank.isEmpty ? "an empty" : "a blank") \(field)",
                    to: operation,
                    CorpusMessage.whole(operation).filling(field, with: blank),
                    400,
                    says: field
                )
            }
        }
    }

    static let tooLong = TicketingOperation.allCases.flatMap { operation in
        CorpusMessage.limited(operation).sorted { $0.key < $1.key }.flatMap { field, limit in
            [("one too many", limit + 1), ("a hundred thousand", 100_000)].map { name, count in
                HostileCase(
                    "\(operation): \(field) of \(name) characters",
                    to: operation,
                    CorpusMessage.whole(operation).filling(field, with: String(repeating: "é", count: count)),
                    400,
                    says: field
                )
            }
        }
    }

    static let unexpected = TicketingOperation.allCases.flatMap { operation in
        let whole = CorpusMessage.whole(operation)
        let twice = operation.isAppointment ? "productName" : "messageId"
        return [
            HostileCase("\(operation): \(twice) twice", to: operation, whole.doubling(twice), 400, says: twice),
            HostileCase(
                "\(operation): an unknown field",
                to: operation,
                whole.adding("<surprise/>"),
                400,
                says: "surprise"
            ),
            HostileCase(
                "\(operation): a field of another namespace",
                to: operation,
                whole.adding("<x:apiVersion xmlns:x='urn:x'>1.0</x:apiVersion>"),
                400,
                says: "apiVersion"
            ),
            HostileCase(
                "\(operation): an element where a value belongs",
                to: operation,
                whole.filling("messageId", with: "<b>x-1</b>"),
                400,
                says: "messageId"
            ),
            HostileCase(
                "\(operation): text between the fields",
                to: operation,
                whole.adding("and so on"),
                400,
                says: operation.root
            ),
            HostileCase(
                "\(operation): an attribute that nobody knows",
                to: operation,
                whole.replacing("<messageId>", with: "<messageId lang='en'>"),
                400,
                says: "lang"
            ),
            HostileCase(
                "\(operation): another type by xsi:type",
                to: operation,
                whole.replacing(
                    "<messageId>",
                    with: "<messageId xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='anyType'>"
                ),
                400,
                says: "messageId"
            ),
            HostileCase(
                "\(operation): nothing by xsi:nil",
                to: operation,
                whole.filling("messageId", with: "").replacing(
                    "<messageId>",
                    with: "<messageId xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'>"
                ),
                400,
                says: "messageId"
            ),
        ]
    }

    static let dates = dateTimes + days

    private static let dateTimes = TicketingOperation.allCases.flatMap { operation in
        wrongDateTimes.map { sentAt in
            HostileCase(
                "\(operation) sent at '\(sentAt)'",
                to: operation,
                CorpusMessage.whole(operation).filling("sentAt", with: sentAt),
                400,
                says: "sentAt"
            )
        }
    }

    private static let wrongDateTimes = [
        "yesterday", "2027-01-15", "08:00:00Z", "2027-02-29T08:00:00Z", "2027-04-31T08:00:00Z", "2027-13-01T08:00:00Z",
        "2027-01-15T25:00:00Z", "2027-01-15T08:60:00Z", "2027-01-15T08:00:61Z", "2027-01-15T08:00:00+15:00",
        "15/01/2027 08:00", "1800000000", "2027-01-15 08:00:00Z", "99999-01-15T08:00:00Z",
    ]

    private static let days = [
        ("queryAppointmentAvailability", "appointmentsFrom"), ("reserveAppointment", "appointmentDate"),
    ].flatMap { operation, field in
        ["tomorrow", "2027-02-30", "2027-00-10", "2027-1-18", "18-01-2027", "2027-01-18T08:00:00Z", "99999-01-18"].map {
            let operation = TicketingOperation(rawValue: operation) ?? .addFaultReport
            return HostileCase(
                "\(operation): \(field) '\($0)'",
                to: operation,
                CorpusMessage.whole(operation).filling(field, with: $0),
                400,
                says: field
            )
        }
    }

    static let types =
        wrongVisits
        + wrongValues.flatMap { operation, field, values in
            values.map { value in
                HostileCase(
                    "\(operation): \(field) '\(value)'",
                    to: operation,
                    CorpusMessage.whole(operation).filling(field, with: value),
                    400,
                    says: field
                )
            }
        }
        + wrongAdditions.map { operation, field, addition in
            HostileCase(
                "\(operation): \(addition)",
                to: operation,
                CorpusMessage.whole(operation).adding(addition),
                400,
                says: field
            )
        }

    private static let wrongVisits = TicketingOperation.allCases.filter(\.isAppointment).flatMap { operation in
        [("<repair/>", "repair"), ("<order/><fault/>", "fault"), ("<fault>x</fault>", "fault")].map { content, says in
            HostileCase(
                "\(operation) for \(content)",
                to: operation,
                CorpusMessage.whole(operation).filling("appointmentType", with: content),
                400,
                says: says
            )
        }
    }

    private static let wrongValues: [(TicketingOperation, String, [String])] = [
        (.addFaultReport, "triageComplete", ["yes", "TRUE", "True", "2", "true false"]),
        (.addFaultReport, "faultStartTime", ["soon", "2027-02-30T08:00:00Z", "0000-00-00T00:00:00Z"]),
        (.addFaultReport, "reportDateTime", ["soon", "2027-06-31T08:00:00Z"]),
        (.addFaultReport, "serviceAffected", ["S9999999", "' OR 1=1 --", "../../etc/passwd", "S1000042;S1000043"]),
        (.amendFaultReport, "status", ["opened", "Cancelled", "CANCELLED", "in progress", "closed closed"]),
        (.amendFaultReport, "commentedBy", ["Buyer", "operator", "seller buyer"]),
        (.amendFaultReport, "commentedTime", ["now", "2027-02-29T00:00:00Z"]),
        (.amendFaultReport, "triageComplete", ["no", "FALSE", "-1"]),
        (.amendFaultReport, "buyerFaultReference", ["HT-404", "ht-1", "HT-1%00"]),
        (.resolveResponse, "resolveAccepted", ["yes", "TRUE", "ok", "01"]),
        (.resolveResponse, "buyerFaultReference", ["HT-404"]),
        (.requestFaultReportUpdate, "maintainerFaultReference", ["CS9999999", "1", "CS-1", "cs0000001"]),
        (.queryAppointmentAvailability, "appointmentType", ["fault"]),
        (.reserveAppointment, "appointmentType", ["fault"]),
        (.reserveAppointment, "appointmentStartTime", ["8:00", "24:00", "08:60", "08:00:00", "0800", "eight"]),
        (.reserveAppointment, "appointmentEndTime", ["13.00", "25:00", "13:0"]),
    ]

    private static let wrongAdditions: [(TicketingOperation, String, String)] =
        ["high", "1.5", "1e3", "0x10", "--1", "", "99999999999999999999", "9223372036854775808"].map {
            (.addFaultReport, "priorityLevel", "<priorityLevel>\($0)</priorityLevel>")
        } + [
            (.addFaultReport, "description", "<updates><update><description> </description></update></updates>"),
            (
                .addFaultReport, "updatedBy",
                "<updates><update><description>a</description><updatedBy>Buyer</updatedBy></update></updates>"
            ),
            (
                .addFaultReport, "updatedTime",
                "<updates><update><description>a</description><updatedTime>2027-02-30T00:00:00Z</updatedTime></update></updates>"
            ),
            (.addFaultReport, "filename", "<attachments><attachment/></attachments>"),
            (
                .addFaultReport, "uploaded",
                "<attachments><attachment><filename>a</filename><uploaded>no</uploaded></attachment></attachments>"
            ),
            (.addFaultReport, "appointmentReservationKey", "<appointment/>"),
            (
                .addFaultReport, "appointmentReservationKey",
                "<appointment><appointmentReservationKey>\(String(repeating: "K", count: 37))</appointmentReservationKey></appointment>"
            ),
            (
                .addFaultReport, "appointmentStartTime",
                "<appointment><appointmentReservationKey>K</appointmentReservationKey><appointmentStartTime>08:00:00</appointmentStartTime></appointment>"
            ),
            (
                .addFaultReport, "appointmentConfirmationStatus",
                "<appointment><appointmentReservationKey>K</appointmentReservationKey><appointmentConfirmationStatus>Confirmed or Failed</appointmentConfirmationStatus></appointment>"
            ),
            (
                .addFaultReport, "exclusionReason",
                "<lateRepairNotification><exclusions><exclusion><exclusionReason>SIXSIX</exclusionReason><numberOfDays>1</numberOfDays><startDateTime>2027-01-01T00:00:00Z</startDateTime><endDateTime>2027-01-01T00:00:00Z</endDateTime></exclusion></exclusions></lateRepairNotification>"
            ),
            (
                .addFaultReport, "parentFaultReference",
                "<parentFaultReference>\(String(repeating: "p", count: 37))</parentFaultReference>"
            ),
            (
                .addFaultReport, "maintainerFaultReference",
                "<maintainerFaultReference>CS0009999</maintainerFaultReference>"
            ),
            (.addFaultReport, "comment", "<comment/>"),
            (.amendFaultReport, "lateRepairNotification", "<lateRepairNotification/>"),
            (.amendFaultReport, "priorityLevel", "<priorityLevel>99999999999999999999</priorityLevel>"),
            (
                .reserveAppointment, "projectReference",
                "<cfh:projectReference>\(String(repeating: "p", count: 81))</cfh:projectReference>"
            ),
        ]
}
