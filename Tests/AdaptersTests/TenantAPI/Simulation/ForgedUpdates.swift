import Foundation

/// Updates of one order as they might be on the wire, written by hand; and what is wrong with them, one thing at a time.
struct ForgedUpdates {
    /// Each by words of the finding that it must lead to.
    enum Fault: String, CaseIterable {
        case dropped = "never came"
        case droppedOnTheWay = "and does not say so"
        case swapped = "came after"
        case repeated = "came twice"
        case otherWords = "was not the same the second time"
        case sameNumber = "two updates have number"
        case inventedGap = "are missing"
        case strangers = "none of its own"
        case rivalsWords = "was told of TENANT2"
        case otherConversation = "is of conversation"
        case otherStatus = "shows status"
        case otherDate = "the committed date"
        case otherReference = "shows supplierOrderNumber"
        case laterUpdated = "shows updated"
        case goesOnAfterItsEnd = "after the end"
        case endUntold = "its end was not told"
        case wrongEnd = "COMPLETED, and it is"
        case acknowledgedTwice = "was told twice"
        case committedFirst = "COMMITTED before ACKNOWLEDGED"
        case otherList = "lists other updates"
        case twoContents = "with"
        case requestUntold = "as the updates say"
        case otherReason = "failed for"
        case feedShorter = "were delivered"
        case feedOutOfOrder = "after"
        case feedDiffers = "than was delivered"
        case secondEffect = "took effect 2 times"
    }

    private static let tenant = "TENANT1"
    private static let place = "order 12"
    private(set) var auditor = TenancyAuditor()
    private var told: [[String: Any]] = []

    init() {
        let founding = entity("RECEIVED_BY_GATEWAY", minute: 0)
        auditor.founded(Self.place, by: Self.tenant, in: "c1", as: Self.data(founding))
    }

    /// A whole order without a fault.
    mutating func faultless() {
        for update in story() { tell(update) }
        judge()
        judgeFeed()
        auditor.judge(effects: ["service-orders 12": ["a"]], of: "ALPHA")
    }

    /// One that was refused by the tenant, named while it was missing, and sent once more.
    mutating func parked() {
        var updates = story()
        updates[1]["redelivered"] = true
        updates[2]["missedSequenceNumbers"] = [2]
        updates[3]["missedSequenceNumbers"] = [2]
        for index in [0, 2, 3, 1] { tell(updates[index]) }
        judge()
    }

    /// One whose answer was lost comes again.
    mutating func repeatedInVain() {
        let updates = story()
        tell(updates[0], isAnswerLost: true)
        for update in updates { tell(update) }
        judge()
    }

    /// One was taken, its gateway died and did not know, and it was given up when it came again; until it is sent once more.
    mutating func forgottenInDeath() {
        var updates = story()
        for index in [0, 1] { tell(updates[index]) }
        auditor.restarted()
        updates[1]["redelivered"] = true
        updates[2]["missedSequenceNumbers"] = [2]
        for index in [2, 1, 3] { tell(updates[index]) }
        judge()
    }

    /// A cancellation that the supplier refuses.
    mutating func refusedCancellation(status: String = "REJECTED", reason: String = "INVALID_REQUEST: No way") {
        let founding: [String: Any] = ["id": 7, "orderId": 12, "status": "RECEIVED_BY_GATEWAY"]
        let wish = TenancyAuditor.Wish(
            tenant: Self.tenant,
            about: Self.place,
            member: "serviceOrderCancellationId",
            number: 7,
            founding: Self.data(founding)
        )
        auditor.wished(wish)
        var resubmit = update(1, "IN_PROGRESS", minute: 1, "RESUBMIT", in: "action")
        resubmit["action"] = [
            "type": "RESUBMIT", "serviceOrderCancellationId": 7, "problemCode": "INVALID_REQUEST", "text": "No way",
        ]
        tell(resubmit)
        let shown: [String: Any] = ["id": 7, "orderId": 12, "status": status, "failureReason": reason]
        auditor.judge(wish, shown: Self.data(shown))
    }

    mutating func play(_ fault: Fault) {
        var updates = story()
        switch fault {
        case .dropped:
            for update in updates.dropLast(3) { tell(update) }
            tell(updates[3], with: ("missedSequenceNumbers", [2, 3]))
            judge()
        case .droppedOnTheWay: for index in [0, 2] { tell(updates[index]) }
        case .swapped:
            tell(updates[0])
            tell(updates[2], with: ("missedSequenceNumbers", [2]))
            tell(updates[1])
        case .repeated: for index in [0, 0] { tell(updates[index]) }
        case .otherWords:
            tell(updates[0], isAnswerLost: true)
            tell(updates[0], with: ("supplier", "BETA"))
        case .sameNumber:
            tell(updates[0])
            tell(updates[1], with: ("sequenceNumber", 1))
        case .inventedGap:
            tell(updates[0])
            tell(updates[1], with: ("missedSequenceNumbers", [1]))
        case .strangers:
            tell(updates[0], with: ("entity", ["id": 13, "status": "SENT_TO_SUPPLIER"]))
            auditor.judgeStrangers()
        case .rivalsWords: tell(updates[0], with: ("supplier", "TENANT2's"))
        case .otherConversation: tell(updates[0], in: "c2")
        case .otherStatus: shows("status", "HELD")
        case .otherReference: shows("supplierOrderNumber", "ALPHA-2")
        case .laterUpdated: shows("updated", "2026-03-02T09:59:00Z")
        case .otherDate:
            updates[3] = update(4, "COMPLETED", minute: 4, "COMPLETED", committed: "2026-04-01")
            tellAll(updates)
        case .goesOnAfterItsEnd: tellAll(updates + [update(5, "COMPLETED", minute: 5, "UPDATE")])
        case .endUntold: tellAll(updates.dropLast() + [update(4, "COMPLETED", minute: 4, "UPDATE")])
        case .wrongEnd: tellAll(updates.dropLast() + [update(4, "IN_PROGRESS", minute: 4, "COMPLETED")])
        case .acknowledgedTwice: tellAll(updates.dropLast() + [update(4, "IN_PROGRESS", minute: 4, "ACKNOWLEDGED")])
        case .committedFirst: tellAll([updates[0], update(2, "IN_PROGRESS", minute: 2, "COMMITTED")])
        case .otherList:
            for update in updates { tell(update) }
            judge(updates: Array(told.dropLast()))
        case .twoContents: tell(updates[0], with: ("action", ["type": "CONFIRM"]))
        case .requestUntold: refusedCancellation(status: "PENDING")
        case .otherReason: refusedCancellation(reason: "Something else")
        case .feedShorter:
            for update in updates { tell(update) }
            judgeFeed(Array(told.dropLast()))
        case .feedOutOfOrder:
            for update in updates { tell(update) }
            judgeFeed([told[1], told[0], told[2], told[3]])
        case .feedDiffers:
            for update in updates { tell(update) }
            told[2]["supplier"] = "BETA"
            judgeFeed()
        case .secondEffect: auditor.judge(effects: ["service-orders 12": ["a", "b"]], of: "ALPHA")
        }
    }

    // MARK: -

    private func story() -> [[String: Any]] {
        [
            update(1, "SENT_TO_SUPPLIER", minute: 1, "UPDATE"),
            update(2, "ACKNOWLEDGED", minute: 2, "ACKNOWLEDGED"),
            update(3, "IN_PROGRESS", minute: 3, "COMMITTED", committed: "2026-03-09"),
            update(4, "COMPLETED", minute: 4, "COMPLETED", committed: "2026-03-09"),
        ]
    }

    private func update(
        _ number: Int,
        _ status: String,
        minute: Int,
        _ type: String,
        in member: String = "information",
        committed: String? = nil
    ) -> [String: Any] {
        [
            "id": "kci-\(number)", "sequenceNumber": number, "entityType": "PROVIDE_ORDER", "supplier": "ALPHA",
            "updateType": member == "action" ? "ACTION_REQUIRED" : "INFORMATIONAL",
            "deliveredOn": "2026-03-02T09:30:00Z", "entity": entity(status, minute: minute, committed: committed),
            member: ["type": type],
        ]
    }

    private func entity(_ status: String, minute: Int, committed: String? = nil) -> [String: Any] {
        var entity: [String: Any] = [
            "id": 12, "status": status, "supplierOrderNumber": "ALPHA-1", "updated": "2026-03-02T09:0\(minute):00Z",
        ]
        entity["committedDate"] = committed
        return entity
    }

    private mutating func tellAll(_ updates: [[String: Any]]) {
        for update in updates { tell(update) }
        judge()
    }

    private mutating func tell(
        _ update: [String: Any],
        with change: (String, Any)? = nil,
        in conversation: String = "c1",
        isAnswerLost: Bool = false
    ) {
        var update = update
        if let change { update[change.0] = change.1 }
        if !told.contains(where: { $0["id"] as? String == update["id"] as? String }) { told.append(update) }
        auditor.arrived(Self.data(update), at: Self.tenant, in: conversation, isTaken: true, isAnswerLost: isAnswerLost)
    }

    private mutating func shows(_ name: String, _ value: String) {
        for update in story() { tell(update) }
        var shown = told.last?["entity"] as? [String: Any] ?? [:]
        shown[name] = value
        judge(shown: shown)
    }

    private mutating func judge(shown: [String: Any]? = nil, updates: [[String: Any]]? = nil) {
        let inOrder = (updates ?? told).sorted {
            ($0["sequenceNumber"] as? Int ?? 0) < ($1["sequenceNumber"] as? Int ?? 0)
        }
        var shown = shown ?? inOrder.last?["entity"] as? [String: Any] ?? [:]
        shown["updates"] = inOrder.map { update in
            var entry = update.filter {
                ["sequenceNumber", "entityType", "updateType", "information", "action"].contains($0.key)
            }
            entry["created"] = (update["entity"] as? [String: Any])?["updated"]
            return entry
        }
        auditor.judge(Self.place, of: Self.tenant, shown: Self.data(shown))
    }

    private mutating func judgeFeed(_ updates: [[String: Any]]? = nil) {
        auditor.judge(feed: (updates ?? told).map(Self.data), of: Self.tenant)
    }

    private static func data(_ object: [String: Any]) -> Data {
        (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    }
}
