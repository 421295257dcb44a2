import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

extension JobDesk {
    /// `GET /operator/v1/job-statistics?from=&to=&partner=`: of each partner's visits on the days from `from`,
    /// today if it is not named, to `to`, that day alone if it is not; 31 at most: how many are in each state, how many began late or
    /// without a word, how they were closed.
    ///
    /// As JSON, or by `Accept: text/csv` with a row for each number. 422 where there are more jobs than one answer counts:
    /// ask for fewer days.
    func statistics(_ request: Request) async throws -> ByteResponse {
        let now = exchange.time.now()
        let query = FilterReader(request, knows: ["from", "to", "partner"])
        let today = LondonTime.day(at: now)
        let from = query.day("from") ?? today
        let to = query.text("to") == nil ? from : query.day("to") ?? from
        let partner = query.text("partner").map { PartnerID($0) }
        let days = to.daysSince1970 - from.daysSince1970 + 1
        if !(1...JobStatistics.daysMax).contains(days) {
            query.report(.outOfRange, "to", "must be from 0 to \(JobStatistics.daysMax - 1) days after from")
        }
        try query.finish()
        let counted = try await exchange.read { try JobStatistics(of: partner, from: from, to: to, in: $0, at: now) }
        guard NetworkDesk.wantsCSV(request.headers) else { return ByteResponse(bytes: counted.json) }
        return ByteResponse(contentType: CSVWriter.mediaType, bytes: counted.csv)
    }
}

/// How a partner's visits of some days went.
struct JobStatistics: Sendable {
    static let daysMax = 31
    /// Jobs counted for one answer: a second's reading.
    static let jobsMax = 20_000

    /// One partner's.
    struct Account: Equatable, Sendable {
        var jobs = 0
        var states: [String: Int] = [:]
        var late = 0
        var silent = 0
        /// Closed without an engineer's word in the hour after the slot began, though one came later.
        var wereSilent = 0
        var doubtful = 0
        var closures: [String: Int] = [:]
        var secondaries: [String: Int] = [:]
        var provisioning: [Int: Int] = [:]

        mutating func count(_ job: InstallationJob, at now: Date) {
            jobs += 1
            states[job.stateName, default: 0] += 1
            late += job.isLate(at: now) ? 1 : 0
            silent += job.isSilent(at: now) ? 1 : 0
            wereSilent += job.remarks.contains(.noWordFromEngineer) ? 1 : 0
            for result in job.provisioning.results { provisioning[result.outcome.rawValue, default: 0] += 1 }
            guard case .closed(_, let closure) = job.state else { return }
            closures[closure.code.canonical, default: 0] += 1
            if let secondary = closure.secondary { secondaries[secondary, default: 0] += 1 }
            doubtful += closure.isDoubtful ? 1 : 0
        }
    }

    let from: CivilDate
    let to: CivilDate
    private(set) var accounts: [PartnerID: Account] = [:]

    init(
        of partner: PartnerID?,
        from: CivilDate,
        to: CivilDate,
        in store: any ReadTransaction,
        at now: Date
    ) throws {
        self.from = from
        self.to = to
        var counted = 0
        for number in from.daysSince1970...to.daysSince1970 {
            let day = CivilDate(daysSince1970: number).description
            var after: Int64 = -1
            while true {
                let batch = try store.find(
                    InstallationJob.self,
                    by: InstallationJob.dayLookup,
                    day,
                    after: after,
                    limit: SearchPage<InstallationJob>.batch
                )
                for job in batch where partner == nil || job.partner == partner {
                    accounts[job.partner, default: Account()].count(job, at: now)
                }
                counted += batch.count
                guard counted <= Self.jobsMax else {
                    throw APIError(.unprocessableContent, "There are more than \(Self.jobsMax) jobs on these days.")
                }
                guard batch.count == SearchPage<InstallationJob>.batch, let last = batch.last else { break }
                after = last.id.number
            }
        }
    }

    private var sorted: [(partner: PartnerID, account: Account)] {
        accounts.map { ($0.key, $0.value) }.sorted { $0.0.rawValue < $1.0.rawValue }
    }

    var json: [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("from", from.description)
                json.field("to", to.description)
                json.array("partners") { json in
                    for (partner, account) in sorted {
                        json.object { json in
                            json.field("partner", partner.rawValue)
                            json.field("jobs", account.jobs)
                            json.counts("states", account.states)
                            json.field("late", account.late)
                            json.field("silent", account.silent)
                            json.field("noWordAfterAnHour", account.wereSilent)
                            json.counts("closures", account.closures)
                            json.counts("secondaryClosures", account.secondaries)
                            json.field("withoutProvisioning", account.doubtful)
                            json.counts(
                                "provisioningResults",
                                Dictionary(uniqueKeysWithValues: account.provisioning.map { ("\($0.key)", $0.value) })
                            )
                        }
                    }
                }
            }
        }
    }

    var csv: [UInt8] {
        CSVWriter.bytes { csv in
            csv.row(["from", "to", "partner", "measure", "value", "jobs"])
            for (partner, account) in sorted {
                func row(_ measure: String, _ value: String, _ count: Int) {
                    csv.row([from.description, to.description, partner.rawValue, measure, value, String(count)])
                }
                row("jobs", "", account.jobs)
                for (state, count) in account.states.sorted(by: { $0.key < $1.key }) { row("state", state, count) }
                row("late", "", account.late)
                row("silent", "", account.silent)
                row("noWordAfterAnHour", "", account.wereSilent)
                for (code, count) in account.closures.sorted(by: { $0.key < $1.key }) { row("closure", code, count) }
                for (code, count) in account.secondaries.sorted(by: { $0.key < $1.key }) {
                    row("secondaryClosure", code, count)
                }
                row("withoutProvisioning", "", account.doubtful)
                for (result, count) in account.provisioning.sorted(by: { $0.key < $1.key }) {
                    row("provisioningResult", String(result), count)
                }
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func counts(_ key: String, _ counts: [String: Int]) {
        object(key) { json in
            for (name, count) in counts.sorted(by: { $0.key < $1.key }) { json.field(name, count) }
        }
    }
}
