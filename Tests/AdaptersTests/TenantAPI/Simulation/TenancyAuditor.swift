import Foundation

/// Keeps its own account of what tenants asked for and were told, by what is on the wire and nothing else: it shares no code
/// with the domain or the adapters, and has its own idea of the contract (§3.1, §3.2, §3.4, §3.5, §3.9, G-070 to G-081).
struct TenancyAuditor {
    /// What one tenant knows of one entity.
    struct Account {
        let tenant: String
        /// `order`, `test` or `problem`, and the number.
        let key: String
        /// The answer to the request that founded it; none for a cease that the tenant did not ask for.
        var founding: Data?
        var conversation: String?
        /// What it was told, by number.
        var updates: [Int: Data] = [:]
        /// The highest number that it was told.
        var last = 0
        /// Lower ones that it was not.
        var gaps: Set<Int> = []
        /// Those that the gateway cannot know to have arrived.
        var unsure: Set<Int> = []
        /// Its own answer to a resolution, and when.
        var answered: (resolution: Data, at: String)?
    }

    /// A request to amend or to cancel something.
    struct Wish {
        let tenant: String
        let about: String
        /// The member by which an update names it (G-076).
        let member: String
        let number: Int
        let founding: Data
    }

    static let tenants = ["TENANT1", "TENANT2", "TENANT3"]

    private(set) var accounts: [String: Account] = [:]
    private(set) var wishes: [Wish] = []
    private(set) var findings: [String] = []
    private(set) var heard = 0
    /// The types of update that were told.
    private(set) var types: Set<String> = []
    /// Updates by tenant and id, without what may differ between attempts.
    private(set) var known: [String: String] = [:]
    /// Updates that may come again, for the gateway cannot know that they were taken.
    private var repeatable: Set<String> = []
    /// What each tenant took last.
    private var latest: [String: (id: String, key: String, number: Int)] = [:]

    // MARK: What tenants asked for

    mutating func founded(_ key: String, by tenant: String, in conversation: String, as answer: Data) {
        let place = "\(tenant) \(key)"
        // An update may be there before an answer that had to be asked for again.
        var account = accounts[place] ?? Account(tenant: tenant, key: key)
        guard account.founding == nil else { return find("\(place) was founded twice") }
        account.founding = answer
        account.conversation = conversation
        accounts[place] = account
    }

    mutating func wished(_ wish: Wish) { wishes.append(wish) }

    mutating func answered(_ key: String, by tenant: String, _ resolution: Data, at moment: String) {
        accounts["\(tenant) \(key)"]?.answered = (resolution, moment)
    }

    /// The gateway's process died, perhaps before it wrote down that what it had just brought was taken: that may come again,
    /// and if it is refused then, be given up.
    mutating func restarted() {
        for (tenant, last) in latest {
            repeatable.insert("\(tenant) \(last.id)")
            accounts["\(tenant) \(last.key)"]?.unsure.insert(last.number)
        }
    }

    // MARK: What arrived

    /// An update reached a tenant's endpoint.
    ///
    /// - Parameters:
    ///   - isTaken: whether the tenant took it in; else it answered with an error.
    ///   - isAnswerLost: whether the gateway could hear that.
    mutating func arrived(
        _ body: Data,
        at tenant: String,
        in conversation: String,
        isTaken: Bool,
        isAnswerLost: Bool
    ) {
        heard += 1
        guard let kci = JSONShape(body), let id = kci["id"]?.text, let number = kci["sequenceNumber"]?.integer,
            let type = kci["entityType"]?.text, let entity = kci["entity"]?["id"]?.integer
        else { return find("\(tenant) was told what cannot be read") }
        checkForm(kci, tenant, body)
        guard isTaken else { return }
        let key = "\(Self.kind(of: type)) \(entity)"
        latest[tenant] = (id, key, number)
        let bare = kci.without("missedSequenceNumbers", "redelivered").canonical
        if let first = known["\(tenant) \(id)"] {
            if first != bare { find("\(tenant) \(key): update \(number) was not the same the second time") }
            if !repeatable.contains("\(tenant) \(id)") { find("\(tenant) \(key): update \(number) came twice") }
            if !isAnswerLost { repeatable.remove("\(tenant) \(id)") }
            return
        }
        known["\(tenant) \(id)"] = bare
        if isAnswerLost { repeatable.insert("\(tenant) \(id)") }
        var account = accounts["\(tenant) \(key)"] ?? Account(tenant: tenant, key: key)
        if let founded = account.conversation, founded != conversation {
            find("\(tenant) \(key): update \(number) is of conversation \(conversation)")
        }
        count(number, kci, &account)
        if isAnswerLost { account.unsure.insert(number) }
        account.updates[number] = body
        accounts["\(tenant) \(key)"] = account
    }

    /// Whatever a tenant was told of, it had asked for; but for a cease that somebody else did.
    mutating func judgeStrangers() {
        for (place, account) in accounts where account.founding == nil {
            let types = Set(account.updates.values.compactMap { JSONShape($0)?["entityType"]?.text })
            if types != ["UNSOLICITED_CEASE_ORDER"] { find("\(place) was told of, and is none of its own") }
        }
    }

    /// Exactly one of its three contents, of the type that it says; and nothing of anybody else's.
    private mutating func checkForm(_ kci: JSONShape, _ tenant: String, _ body: Data) {
        let contents = ["INFORMATIONAL": "information", "ACTION_REQUIRED": "action", "ERROR": "error"]
        let said = contents.values.filter { kci[$0] != nil }.sorted()
        if said != [contents[kci["updateType"]?.text ?? ""]].compactMap(\.self) {
            find("\(tenant) was told \(kci["updateType"]?.text ?? "nothing") with \(said)")
        }
        types.insert(kci.type)
        if kci["entity"]?["updates"] != nil { find("\(tenant) was told an entity with its updates") }
        let text = String(decoding: body, as: UTF8.self)
        for word in Self.tenants.filter({ $0 != tenant }) + ["HOSTILE"] where text.contains(word) {
            find("\(tenant) was told of \(word)")
        }
    }

    /// Numbers rise by one; what was given up is named until it is sent once more (decision 11).
    private mutating func count(_ number: Int, _ kci: JSONShape, _ account: inout Account) {
        let place = "\(account.tenant) \(account.key)"
        if account.updates[number] != nil { return find("\(place): two updates have number \(number)") }
        let isRedelivered = kci["redelivered"]?.flag == true
        let missed = Set((kci["missedSequenceNumbers"]?.elements ?? []).compactMap(\.integer))
        if number <= account.last {
            if !isRedelivered { find("\(place): update \(number) came after \(account.last)") }
            account.gaps.remove(number)
        } else {
            account.gaps.formUnion((account.last + 1)..<number)
            account.last = number
        }
        let unsaid = account.gaps.filter { $0 < number }.subtracting(missed).sorted()
        if !isRedelivered, !unsaid.isEmpty {
            find("\(place): update \(number) came without \(unsaid), and does not say so")
        }
        let invented = missed.filter { account.updates[$0] != nil && !account.unsure.contains($0) }.sorted()
        if !invented.isEmpty { find("\(place): update \(number) says that \(invented) are missing") }
    }

    static func kind(of type: String) -> String {
        switch type {
        case "SERVICE_TEST": "test"
        case "SERVICE_PROBLEM": "problem"
        case _: "order"
        }
    }

    /// Problems whose latest update asks the tenant to confirm a resolution, and which.
    func offeredResolutions(to tenant: String) -> [(problem: String, resolution: Int)] {
        accounts.values.filter { $0.tenant == tenant && $0.key.hasPrefix("problem") }.sorted { $0.key < $1.key }
            .compactMap { account in
                let last = account.updates[account.last].flatMap { JSONShape($0) }
                return last?["action"]?["serviceProblemResolutionId"]?.integer.map { (account.key, $0) }
            }
    }

    mutating func find(_ finding: String) { findings.append(finding) }
}

extension JSONShape {
    /// What an update says happened.
    var type: String { self["information"]?["type"]?.text ?? self["action"]?["type"]?.text ?? "ERROR" }
}
