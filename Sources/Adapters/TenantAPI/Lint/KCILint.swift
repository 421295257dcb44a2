import Domain
import Formats

/// What a tenant's receiver may rely on in an update (G-070 to G-077); ours spells them, so nothing else reads them.
enum KCILint {
    private enum UpdateType: String, CaseIterable {
        case informational = "INFORMATIONAL"
        case actionRequired = "ACTION_REQUIRED"
        case error = "ERROR"

        var member: String {
            switch self {
            case .informational: "information"
            case .actionRequired: "action"
            case .error: "error"
            }
        }
    }

    static func read(_ reader: ObjectReader) {
        _ = reader.requiredString("id", length: 36...36, pattern: .uuid)
        _ = reader.requiredString("supplier", length: 1...20, pattern: .supplier)
        _ = reader.requiredInteger("sequenceNumber", range: 1...Int(ReadingLimits.idMax))
        for name in ["issuedOn", "receivedOn", "deliveredOn"] { _ = reader.optionalDateTime(name) }
        _ = reader.optionalBool("redelivered")
        _ = reader.optionalArray("missedSequenceNumbers", count: 0...Int(100))
        let type = reader.requiredEnum("updateType", as: UpdateType.self)
        _ = reader.requiredEnum("entityType", as: KCIView.EntityType.self)
        let entity = reader.requiredObject("entity")
        _ = entity?.requiredInteger("id", range: 1...Int(ReadingLimits.idMax))
        _ = entity?.requiredString("status", length: 1...30)
        for each in UpdateType.allCases {
            if each == type {
                readContent(each, reader.requiredObject(each.member))
            } else if reader.has(each.member) {
                reader.report(.notAllowed, each.member, "must not be there beside updateType \(type?.rawValue ?? "")")
            }
        }
    }

    private static func readContent(_ type: UpdateType, _ content: ObjectReader?) {
        guard let content else { return }
        switch type {
        case .informational: _ = content.requiredEnum("type", as: InformationType.self)
        case .actionRequired: _ = content.requiredEnum("type", as: ActionType.self)
        case .error:
            _ = content.requiredString("code", length: 1...50)
            _ = content.optionalStrings("messages")
        }
    }

    /// What goes through, and is worth a look.
    static func checkRules(_ root: JSONValue, _ pass: JSONLintPass) {
        let member = root["action"] == nil ? "information" : "action"
        let type = root[member]?["type"]?.string ?? ""
        let reason = SupplyUpdate.Reason(rawValue: type)
        if let code = root[member]?["problemCode"]?.string {
            if let misuse = reason?.misuse(of: code) {
                pass.report("G-077", .warning, at: "/\(member)/problemCode", misuse, expected: "a code that is for it")
            }
        } else if reason?.needsProblemCode == true {
            let text = "\(type) comes without a problemCode"
            pass.report("G-077", .warning, at: "/\(member)", text, expected: "a problemCode")
        }
        if type == "CONFIRM", root[member]?["serviceProblemResolutionId"] == nil || root[member]?["dueBy"] == nil {
            let text = "CONFIRM must name the resolution, and until when it is asked"
            pass.report("G-076", .error, at: "/\(member)", text, expected: "serviceProblemResolutionId, dueBy")
        }
        if root["entity"]?["updates"] != nil {
            pass.report("G-070", .warning, at: "/entity/updates", "the entity comes with its updates", expected: "none")
        }
        if root["issuedOn"] != nil, root["receivedOn"] == nil {
            let text = "issuedOn comes without receivedOn: the supplier issued it, so it was received"
            pass.report("G-070", .warning, at: "/issuedOn", text, expected: "both, or neither")
        }
    }
}
