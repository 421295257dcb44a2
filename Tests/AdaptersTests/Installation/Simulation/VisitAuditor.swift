import Foundation

/// Follows jobs by what is on the wire and nothing else: it shares no code with the domain or the adapters, and has its
/// own idea of the contract (§3.7, §3.8, G-128 to G-133).
struct VisitAuditor {
    struct Job {
        /// Who was asked last: the message with the highest number on the wire rules.
        var asked: (number: Int, partner: String)?
        /// Who has taken it and has neither given it back nor closed it.
        var holders: Set<String> = []
        /// Everybody who had taken it, or had said no.
        var answered: Set<String> = []
        /// By partner, the number of the last message that was new to it.
        var lastNumber: [String: Int] = [:]
        /// By partner, results that it was told, each once.
        var results: [String: [Int]] = [:]
        var closings: [(partner: String, code: String)] = []
        var type = ""
        /// The desk gave it to somebody else, or called it off whatever the partner says.
        var isMoved = false
        var isForced = false
    }

    private(set) var jobs: [String: Job] = [:]
    private(set) var findings: [String] = []
    private(set) var heard = 0
    /// The results that were told to anybody.
    private(set) var told: Set<Int> = []
    private var bodies: [String: Data] = [:]
    private var answers: [String: String] = [:]
    private var cancelledOrders: Set<Int> = []
    private var updates: [Int: [String]] = [:]

    // MARK: From the operator to a partner

    /// A message reached a partner, which answered it; whether the answer came back nobody knows.
    mutating func arrived(_ body: Data, at partner: String, answered reply: String) {
        heard += 1
        guard let message = Self.object(body), let number = message["id"] as? Int,
            let method = message["method"] as? String, let reference = message["ref"] as? String
        else { return find("\(partner) was sent what is no message") }
        let key = "\(partner) \(number)"
        if let known = bodies[key] {
            if known != body { find("\(reference): message \(number) to \(partner) was not the same the second time") }
            return
        }
        bodies[key] = body
        var job = jobs[reference] ?? Job()
        defer { jobs[reference] = job }
        if number < job.lastNumber[partner, default: 0] {
            find("\(reference): \(method) \(number) overtook another to \(partner)")
        }
        job.lastNumber[partner] = number
        let error = Self.error(reply)
        switch method {
        case "createJob": created(reference, &job, number, message, by: partner, isTaken: error == nil)
        case "cancelJob": if error == nil || error == -32001 { job.holders.remove(partner) }
        case "notifyJob": told(reference, &job, message, partner)
        case _: find("\(reference): \(method) is no message of the operator's")
        }
    }

    private mutating func created(
        _ reference: String,
        _ job: inout Job,
        _ number: Int,
        _ message: [String: Any],
        by partner: String,
        isTaken: Bool
    ) {
        if number > job.asked?.number ?? 0 { job.asked = (number, partner) }
        if job.answered.contains(partner) { find("\(reference): \(partner) was asked twice") }
        if isTaken, !job.holders.isEmpty, !job.isMoved { find("\(reference): \(partner) and \(job.holders) have it") }
        job.answered.insert(partner)
        if isTaken { job.holders.insert(partner) }
        job.type = (message["content"] as? [String: Any])?["jobType"] as? String ?? ""
    }

    /// A provisioning result: 5, 6 and 7 refuse a device, 3 gives up on one; 4 asks for patience, twice at most, with the
    /// moment of the next try; 1 is followed by 2, and after 2 there is nothing to say.
    private mutating func told(_ reference: String, _ job: inout Job, _ message: [String: Any], _ partner: String) {
        guard let response = message["response"] as? [String: Any], let result = response["id"] as? Int else {
            return find("\(reference): a result without a number")
        }
        let results = job.results[partner] ?? []
        let before = results.last
        let isFresh = before == nil || [3, 5, 6, 7].contains(before)
        let isLegal =
            switch result {
            case 1, 3: isFresh || before == 4
            case 2: before == 1
            case 4: isFresh || before == 4 && results.suffix(2) != [4, 4]
            case 5, 6, 7: isFresh
            case _: false
            }
        if (response["retryAt"] is String) != (result == 4) { find("\(reference): result \(result), and when next?") }
        if response["success"] as? Bool != (result < 3) { find("\(reference): result \(result) is of the wrong kind") }
        told.insert(result)
        if !isLegal { find("\(reference): result \(result) after \(before ?? 0)") }
        job.results[partner, default: []].append(result)
    }

    // MARK: From a partner to the operator

    /// A partner's message was answered; whether the partner heard it is another matter.
    mutating func said(_ body: Data, by partner: String, answered reply: String) {
        heard += 1
        guard let message = Self.object(body), let params = message["params"] as? [String: Any],
            let header = params["jobHeader"] as? [String: Any], let reference = header["ref"] as? String,
            let id = message["id"] as? Int, var job = jobs[reference]
        else { return find("\(partner) said what cannot be read") }
        defer { jobs[reference] = job }
        let error = Self.error(reply)
        if error == -32603 { find("\(reference): the operator failed: \(reply)") }
        let key = "\(partner) said \(id)"
        if let first = answers[key] {
            if first != reply { find("\(reference): \(partner)'s message \(id) was answered anew: \(reply)") }
            return
        }
        if error == nil { answers[key] = reply }
        let isAsked = job.asked?.partner == partner
        if error == nil, !isAsked {
            find("\(reference): \(partner) was listened to, though \(job.asked?.partner ?? "nobody") was asked last")
        }
        let type = header["notificationType"] as? String
        if error == -32002, isAsked, type != "ONT_SCANNED", message["method"] as? String == "notifyJob",
            job.holders.contains(partner), !job.isForced
        {
            find("\(reference): \(partner) has the job, and its \(type ?? "message") was refused")
        }
        let isTurnedAway = error == -32005 || error == -32001
        if isTurnedAway, isAsked, job.holders.contains(partner), !job.isMoved {
            find("\(reference): \(partner) was turned away with \(error ?? 0) though it has the job")
        }
        if isTurnedAway { job.holders.remove(partner) }
        if error == nil, message["method"] as? String == "closeJob" {
            let secondary = params["secondaryClosureCode"] as? String
            job.closings.append((partner, secondary ?? params["closureCode"] as? String ?? ""))
            job.holders.remove(partner)
        }
    }

    // MARK: What people did, and what the customer heard

    mutating func moved(_ reference: String) { jobs[reference, default: Job()].isMoved = true }
    mutating func forced(_ reference: String) { jobs[reference, default: Job()].isForced = true }
    mutating func cancelled(order: Int) { cancelledOrders.insert(order) }
    mutating func customerHeard(_ update: String, of order: Int) { updates[order, default: []].append(update) }

    // MARK: The judgement

    /// Compares what the desk shows of a job with what the wire has seen, once everything is over.
    mutating func judge(_ reference: String, desk: Data, partners: Set<String>) {
        let desk = Self.object(desk) ?? [:]
        let state = desk["state"] as? String ?? ""
        guard let job = jobs[reference] else {
            return find("\(reference) is \(state), and nobody was ever asked")
        }
        if !job.holders.isEmpty, !job.isForced { find("\(reference) is \(state), and \(job.holders) still have it") }
        switch state {
        case "closed": judge(closed: reference, job, desk)
        case "cancelled":
            if !job.closings.isEmpty { find("\(reference) is cancelled, and was closed by \(job.closings)") }
        case "declined":
            if job.answered != partners { find("\(reference) is declined, and only \(job.answered) were asked") }
            if !job.closings.isEmpty { find("\(reference) is declined, and was closed by \(job.closings)") }
        case _: find("\(reference) has no end: it is \(state)")
        }
        let told = job.results[desk["partner"] as? String ?? ""] ?? []
        let known = (desk["provisioning"] as? [[String: Any]] ?? []).compactMap { $0["result"] as? Int }
        if told != known { find("\(reference): the partner was told \(told), the desk knows \(known)") }
    }

    private mutating func judge(closed reference: String, _ job: Job, _ desk: [String: Any]) {
        let closure = desk["closure"] as? [String: Any]
        let code = closure?["secondaryClosureCode"] as? String ?? closure?["closureCode"] as? String
        let (partner, closings) = (desk["partner"] as? String, job.closings)
        if closings.count != 1 || closings.first?.partner != partner || closings.first?.code != code {
            find("\(reference) is closed by \(partner ?? "-") with \(code ?? "-"), and on the wire by \(closings)")
        }
    }

    /// Which kind of visit must follow a closure, and what the order is where none does (SM-04).
    private static let next = ["CON05": "CIVILS", "CPR": "EXTERNAL", "CIVCOMP01": "REVISIT", "EXTCOMP": "REVISIT"]
    private static let ends = [
        "SP": "completed", "REVCOMP": "completed", "NTR": "completed", "PSP": "partial",
        "NA": "awaiting-information", "HAZ": "awaiting-information", "FTA": "awaiting-information",
        "ASQ": "awaiting-information", "REVNA01": "awaiting-information",
        "NAPUV": "held", "CIVCON01": "held", "EXTHAZ01": "held",
    ]

    /// An order's end is what its jobs say, unless its customer withdrew it.
    mutating func judge(order number: Int, state: String) {
        let references = (1...99).map { "J\(number * 100 + $0)" }.prefix { jobs[$0] != nil }
        for (one, following) in zip(references, references.dropFirst()) {
            let code = jobs[one]?.closings.first?.code ?? ""
            if Self.next[code] != jobs[following]?.type {
                find("\(following) is of type \(jobs[following]?.type ?? "-"), after \(code)")
            }
        }
        let last = references.last.flatMap { jobs[$0] }?.closings.first?.code
        let expected = last.map { Self.ends[$0] ?? "in need of a visit" } ?? "held"
        let isCancelled = cancelledOrders.contains(number)
        if state != (isCancelled ? "cancelled" : expected) {
            find("order \(number) is \(state), its last job ended with \(last ?? "no visit")")
        }
        let completions = updates[number, default: []].count { $0 == "KCI COMPLETED" }
        if completions != (["completed", "partial"].contains(state) ? 1 : 0) {
            find("order \(number) is \(state), and its customer heard of \(completions) completions")
        }
        let cancellations = updates[number, default: []].count { $0 == "KCI CANCELLED" }
        if cancellations != (isCancelled ? 1 : 0) { find("order \(number): \(cancellations) cancellations were told") }
    }

    private mutating func find(_ finding: String) { findings.append(finding) }

    private static func object(_ body: Data) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: body) as? [String: Any]
    }

    /// The code of an answer's JSON-RPC error, if it is one.
    static func error(_ reply: String) -> Int? {
        (object(Data(reply.utf8))?["error"] as? [String: Any])?["code"] as? Int
    }
}
