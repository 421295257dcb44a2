import Foundation

/// What a tenant that reads nothing but its updates believes, compared with what a GET shows it.
extension TenancyAuditor {
    // MARK: Orders, tests and problems

    /// - Parameter shown: the answer to a GET, once everything has been delivered.
    mutating func judge(_ key: String, of tenant: String, shown: Data) {
        let place = "\(tenant) \(key)"
        guard let account = accounts[place], let shown = JSONShape(shown) else {
            return find("\(place) cannot be read, or nobody knows of it")
        }
        let absent = (1...max(1, account.last)).filter { account.last > 0 && account.updates[$0] == nil }
        if !absent.isEmpty { find("\(place): updates \(absent) never came") }
        let updates = account.updates.sorted { $0.key < $1.key }.compactMap { JSONShape($0.value) }
        checkStory(updates, of: place)
        guard let believed = believed(account, updates) else { return find("\(place): nothing is known of it") }
        for difference in shown.without("updates").differences(from: believed) {
            find("\(place) shows \(difference) as its updates say")
        }
        let told = updates.map(remembered)
        let listed = shown["updates"]?.elements ?? []
        if told.map(\.canonical) != listed.map(\.canonical) {
            let first = zip(told, listed).first { $0.canonical != $1.canonical }
            let difference = first.map { $1.differences(from: $0) } ?? ["\(listed.count), not \(told.count)"]
            find("\(place) lists other updates than it was told: \(difference)")
        }
    }

    /// The latest representation: of the last update, or of the founding answer; and what the tenant itself answered since.
    private func believed(_ account: Account, _ updates: [JSONShape]) -> JSONShape? {
        let last = updates.last?["entity"] ?? account.founding.flatMap { JSONShape($0) }?.without("updates")
        guard let last, let answered = account.answered, let resolution = JSONShape(answered.resolution),
            let offered = last["resolution"], offered["id"]?.integer == resolution["id"]?.integer,
            offered["status"]?.text == "PENDING", !failed(since: answered.at, updates)
        else { return last }
        // The answer to the PATCH is all that it says of it, until the supplier acts (G-116).
        return last.with("resolution", resolution).with("updated", JSONShape(answered.at))
    }

    /// Whether the supplier did not take the answer: then it is the tenant's turn again.
    private func failed(since moment: String, _ updates: [JSONShape]) -> Bool {
        updates.contains { ($0["entity"]?["updated"]?.text ?? "") >= moment && $0.type == "ERROR" }
    }

    /// An update as a GET lists it.
    private func remembered(_ kci: JSONShape) -> JSONShape {
        var entry = kci.without("id", "supplier", "entity", "deliveredOn", "missedSequenceNumbers", "redelivered")
        if let error = kci["error"] { entry = entry.with("error", error.without("uuid")) }
        return entry.with("created", kci["entity"]?["updated"] ?? JSONShape(""))
    }

    // MARK: What any story must keep to

    private static let ends: [String: Set<String>] = [
        "COMPLETED": ["COMPLETED", "PARTIAL"], "CANCELLED": ["CANCELLED"],
        "TERMINATED": ["REJECTED", "CANCELLED", "FAILED"],
    ]
    private static let last: Set<String> = [
        "COMPLETED", "PARTIAL", "CANCELLED", "REJECTED", "FAILED", "FAILED_TO_SEND",
    ]

    private mutating func checkStory(_ updates: [JSONShape], of place: String) {
        var ended: String?
        var committed: String?
        var once: Set<String> = []
        for kci in updates {
            let (type, status) = (kci.type, kci["entity"]?["status"]?.text ?? "")
            if let ended, type != "ADDITIONAL" { find("\(place): \(type) after the end, \(ended)") }
            if let ended, ended != status { find("\(place) was \(ended), and is \(status)") }
            if let allowed = Self.ends[type] {
                if !allowed.contains(status) { find("\(place): \(type), and it is \(status)") }
                ended = status
            } else if type == "ERROR", status == "FAILED_TO_SEND" {
                ended = status
            }
            if ["ACKNOWLEDGED", "COMMITTED"].contains(type), !once.insert(type).inserted {
                find("\(place): \(type) was told twice")
            }
            if type == "COMMITTED", !once.contains("ACKNOWLEDGED") { find("\(place): COMMITTED before ACKNOWLEDGED") }
            let date = kci["entity"]?["committedDate"]?.text
            if let committed, date != committed {
                find("\(place): the committed date \(committed) became \(date ?? "none")")
            }
            committed = date ?? committed
        }
        let status = updates.last?["entity"]?["status"]?.text ?? ""
        if ended == nil, Self.last.contains(status) { find("\(place) is \(status), and its end was not told") }
    }

    // MARK: Amendments and cancellations

    /// - Parameter shown: the answer to a GET of it.
    mutating func judge(_ wish: Wish, shown: Data) {
        let place = "\(wish.tenant) \(wish.member) \(wish.number)"
        guard let shown = JSONShape(shown), let founding = JSONShape(wish.founding) else {
            return find("\(place) cannot be read")
        }
        let updates = accounts["\(wish.tenant) \(wish.about)"]?.updates.sorted { $0.key < $1.key } ?? []
        var status = founding["status"]?.text ?? ""
        var words: Set<String> = []
        for kci in updates.compactMap({ JSONShape($0.value) }) where kci.number(as: wish.member) == wish.number {
            guard ["RECEIVED_BY_GATEWAY", "PENDING"].contains(status) else { break }
            status = fate(of: wish, in: kci)
            words = kci.words
        }
        if shown["status"]?.text != status {
            find("\(place) shows \(shown["status"]?.text ?? "-"), not \(status) as the updates say")
        }
        if let reason = (shown["failureReason"] ?? shown["reason"])?.text, !words.contains(reason) {
            find("\(place) failed for “\(reason)”, and was told \(words.sorted())")
        }
        // The supplier's reference of a request is no member of an update (G-076): it is read (F-030). And a problem's request
        // hears of its fate after its problem does.
        func fixed(_ shape: JSONShape) -> JSONShape {
            shape.without("status", "updated", "failureReason", "reason", "supplierReference")
        }
        for difference in fixed(shown).differences(from: fixed(founding)) { find("\(place) shows \(difference)") }
    }

    /// §3.2: what an update that names a request makes of it.
    private func fate(of wish: Wish, in kci: JSONShape) -> String {
        switch kci.type {
        case "AMENDED", "CANCELLED": "COMPLETED"
        case "RESUBMIT": "REJECTED"
        case "ERROR": "FAILED_TO_SEND"
        case "ADDITIONAL": kci["entity"]?["status"]?.text == "FAILED_TO_SEND" ? "FAILED_TO_SEND" : "REJECTED"
        case _: kci.words.contains { $0.contains("superseded") } ? "REJECTED" : "PENDING"
        }
    }

    // MARK: The feed, and the suppliers

    /// The feed's updates in its order: each entity's without a gap, and the same as were delivered.
    mutating func judge(feed: [Data], of tenant: String) {
        var numbers: [String: Int] = [:]
        var ids: Set<String> = []
        for data in feed {
            guard let kci = JSONShape(data), let id = kci["id"]?.text, let number = kci["sequenceNumber"]?.integer,
                let type = kci["entityType"]?.text, let entity = kci["entity"]?["id"]?.integer
            else { return find("the feed of \(tenant) cannot be read") }
            let key = "\(Self.kind(of: type)) \(entity)"
            if number != numbers[key, default: 0] + 1 {
                find("the feed of \(tenant): \(key) \(number) after \(numbers[key, default: 0])")
            }
            numbers[key] = number
            ids.insert(id)
            guard let delivered = known["\(tenant) \(id)"] else {
                find("the feed of \(tenant) has \(key) \(number), which was not delivered")
                continue
            }
            if delivered != kci.canonical {
                find("the feed of \(tenant) has another \(key) \(number) than was delivered")
            }
        }
        let delivered = Set(
            known.keys.filter { $0.hasPrefix("\(tenant) ") }.map { String($0.dropFirst(tenant.count + 1)) }
        )
        if delivered != ids {
            find("the feed of \(tenant) has \(ids.count) updates, and \(delivered.count) were delivered")
        }
    }

    /// Whatever was asked of a supplier had its effect once.
    mutating func judge(effects: [String: Set<String>], of supplier: String) {
        for (what, ids) in effects.sorted(by: { $0.key < $1.key }) where ids.count > 1 && !what.hasPrefix("amendFault")
        {
            find("\(supplier): \(what) took effect \(ids.count) times")
        }
    }
}

extension JSONShape {
    /// The request that an update names by `member`.
    fileprivate func number(as member: String) -> Int? {
        (self["information"]?[member] ?? self["action"]?[member] ?? self["error"]?[member])?.integer
    }

    /// Every way in which an update gives its reasons.
    fileprivate var words: Set<String> {
        let details = self["information"] ?? self["action"]
        let notes = (details?["notes"]?.elements ?? []).compactMap(\.text)
        let code = [details?["problemCode"]?.text, details?["text"]?.text].compactMap(\.self)
        let messages = (self["error"]?["messages"]?.elements ?? []).compactMap(\.text)
        return [
            code.last ?? "", notes.joined(separator: " "), (code + notes).joined(separator: ": "),
            messages.joined(separator: " "),
        ]
    }
}
