/// Where the contract rules each field, by the name of its element (§1.1.2, §1.1.3).
enum LintClauses {
    static func clause(of field: String, in message: LintedMessage) -> String {
        if message.isAppointment { return appointmentFields[field] ?? message.clause }
        return ticketFields[field] ?? "T-085"
    }

    private static let appointmentFields = [
        "message": "T-040", "messageId": "T-040", "correlationId": "T-040", "sentAt": "T-040",
        "buyer": "T-041", "buyerIdentifier": "T-041", "resellerId": "T-041",
        "seller": "T-041", "sellerIdentifier": "T-041",
        "addressKey": "X-17", "reappointment": "X-18",
    ]

    private static let ticketFields = [
        "apiVersion": "T-050", "buyerIdentifier": "T-051", "sentAt": "T-052", "messageId": "T-053",
        "reportDateTime": "T-054", "reporterContactDetails": "T-055", "endUserContactDetails": "T-056",
        "serviceAffected": "T-057", "buyerFaultReference": "T-058", "maintainerFaultReference": "T-059",
        "parentFaultReference": "T-060", "faultDetails": "T-061", "appointment": "T-062", "priorityLevel": "T-063",
        "errorMessage": "T-064", "updates": "T-065", "update": "T-065", "updatedBy": "T-065", "updatedTime": "T-065",
        "attachments": "T-066", "attachment": "T-066", "filename": "T-066", "uploaded": "T-066",
        "comment": "T-067", "value": "T-067", "commentedBy": "T-067", "commentedTime": "T-067",
        "resolveAccepted": "T-068", "rejectedReason": "T-068", "lateRepairNotification": "T-069",
        "description": "T-070", "type": "T-070", "faultStartTime": "T-070", "faultLocation": "T-070",
        "siteAccessDetails": "T-070", "siteAccessContactDetails": "T-070", "triageComplete": "T-070",
        "triageFindings": "T-070", "statusReason": "T-070", "status": "T-072",
        "responseCode": "T-076", "missedAppointment": "T-081", "appointments": "X-02",
        "appointmentReservationKey": "T-080", "appointmentDate": "T-080", "appointmentStartTime": "T-080",
        "appointmentEndTime": "T-080", "appointmentConfirmationStatus": "T-080", "appointmentCancelled": "T-080",
        "appointmentClosureCode": "T-080",
        "exclusions": "T-083", "exclusion": "T-083", "exclusionReason": "T-083", "numberOfDays": "T-083",
        "sellerMissedAppointment": "T-081", "Amended": "T-081", "Cancelled": "T-081",
        "endUserMissedAppointment": "T-081", "endUserPreAgreed": "T-081", "MBORC": "T-081",
    ]
}
