import Formats

/// Where the contract rules each field, by its pointer.
enum InstallationClauses {
    static func clause(of pointer: String, in message: InstallationMessage?) -> String {
        let names = JSONPointer.steps(of: pointer).filter { Int($0) == nil }
        guard let first = names.first else { return "G-132" }
        switch first {
        case "params" where names.count == 1: return "I-007"
        case "content", "response":
            let last = names.last ?? first
            return names.count > 1 ? pack[last] ?? message?.clause ?? "I-008" : "I-008"
        case _: break
        }
        // The innermost name that a clause is about: `files` before `questions_answers`.
        return names.reversed().lazy.compactMap { parts[$0] }.first ?? "I-007"
    }

    /// Of what the operator sends; the rest of a content is its message's.
    private static let pack = ["propertyFlags": "I-040", "success": "I-041", "id": "I-041"]

    private static let parts = [
        "id": "I-007", "jsonrpc": "I-007", "method": "G-120", "sent": "X-31", "ref": "G-121",
        "jobHeader": "G-121", "engineerDetails": "G-122", "location": "G-123", "ont": "G-124",
        "closureCode": "I-020", "closureDescription": "I-021", "closedAt": "G-126", "lightLevelDbm": "G-126",
        "secondaryClosureCode": "X-34", "secondaryClosureDescription": "I-023",
        "questions_answers": "I-030", "source": "X-32", "files": "I-031", "url": "X-33",
    ]
}
