import Formats

/// Where the contract rules each field, by its pointer.
enum TenantClauses {
    static func clause(of pointer: String, in message: TenantMessage) -> String {
        let names = JSONPointer.steps(of: pointer).filter { Int($0) == nil }
        let special = message == .kci ? kci : parts
        // The innermost name that a clause is about: a contact before the site that it is at.
        return names.reversed().lazy.compactMap { special[$0] }.first ?? message.clause
    }

    private static let parts = [
        "primaryContact": "F-022", "secondaryContact": "F-022", "technicalContact": "F-022", "wayleaveContact": "F-022",
        "engineerTasks": "F-023", "address": "F-020", "serviceCharacteristics": "F-020",
        "serviceSpecification": "F-020",
        "role": "X-45", "siteInformation": "X-45", "serviceCharacteristic": "X-44", "characteristics": "G-111",
        "orderType": "G-050", "reasonCode": "F-032", "supplier": "X-49", "timeslot": "G-043",
    ]

    private static let kci = [
        "updateType": "G-071", "entityType": "G-072", "information": "G-073", "action": "G-074", "error": "G-075",
        "text": "G-076", "notes": "G-076", "supplierCodes": "G-076", "dueBy": "G-076", "problemCode": "G-077",
        "sequenceNumber": "G-079",
    ]
}
