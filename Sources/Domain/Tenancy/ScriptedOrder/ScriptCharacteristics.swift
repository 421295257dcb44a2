/// The characteristics by which a tenant tells the scripted supplier what to do.
package enum ScriptCharacteristics {
    package static let script = "SCRIPT"
    package static let days = "SCRIPT_DAYS"
    /// Two months: as far ahead as visits are booked.
    package static let daysMax = 60
    static let daysUsual = 1

    /// What is wrong with an order's; pointers are relative to the list.
    package static func problems(ofOrder characteristics: [Characteristic]) -> [Rejection.Problem] {
        problems(in: characteristics, scripts: OrderScript.allCases.map(\.rawValue))
    }

    /// What is wrong with a test's.
    package static func problems(ofTest characteristics: [Characteristic]) -> [Rejection.Problem] {
        problems(in: characteristics, scripts: TestScript.allCases.map(\.rawValue))
    }

    private static func problems(in characteristics: [Characteristic], scripts: [String]) -> [Rejection.Problem] {
        var seen: Set<String> = []
        return characteristics.enumerated().compactMap { index, each -> Rejection.Problem? in
            guard each.name == script || each.name == days else { return nil }
            guard seen.insert(each.name).inserted else {
                return Rejection.Problem("/\(index)/name", "\(each.name) is there twice")
            }
            let isScript = each.name == script
            let isKnown = isScript ? scripts.contains(each.value) : number(each.value) != nil
            let allowed = isScript ? "one of: " + scripts.joined(separator: ", ") : "a number up to \(daysMax)"
            return isKnown ? nil : Rejection.Problem("/\(index)/value", "must be \(allowed)")
        }
    }

    static func number(_ text: String) -> Int? {
        Int(text).flatMap { (0...daysMax).contains($0) && String($0) == text ? $0 : nil }
    }
}

extension OrderScriptCue {
    /// The script of an order as it was taken in; an order that names none is completed the next day.
    package init(_ order: ServiceOrder, isBrisk: Bool) {
        let characteristics = order.request.scriptable
        self.init(
            script: characteristics[ScriptCharacteristics.script].flatMap(OrderScript.init) ?? .completes,
            days: characteristics[ScriptCharacteristics.days].flatMap(ScriptCharacteristics.number)
                ?? ScriptCharacteristics.daysUsual,
            service: order.serviceID ?? ServiceID("SCR\(1_000_000 + order.id.number)"),
            isBrisk: isBrisk
        )
    }
}

extension OrderRequest {
    /// Where the script is: with what is ordered. A cease has no characteristics, and is done the next day.
    var scriptable: [Characteristic] {
        switch self {
        case .provide(let request): request.characteristics
        case .modify(let request): request.characteristics
        case .ethernet(let request): request.items.flatMap(\.characteristics)
        case .cease, .unsolicitedCease: []
        }
    }
}
