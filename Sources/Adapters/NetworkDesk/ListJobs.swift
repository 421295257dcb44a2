import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension JobDesk {
    /// `GET /operator/v1/jobs`: the jobs whose visit is on a `day` of London's calendar, today's if none is named, by
    /// rising number, a page at a time, that pass every filter given: `partner`, `state`, `jobType`, `late` (the engineer
    /// came after the slot, or has not come when it is over), `silent` (an hour after the slot began nobody is on the
    /// way), `order` (its reference).
    ///
    /// As JSON, or by `Accept: text/csv` as RFC 4180. The next page's `after` is in `next`, and in a `Link` header for
    /// both forms; a page may be short and have one.
    func list(_ request: Request) async throws -> ByteResponse {
        let now = exchange.time.now()
        let search = try JobSearch(request, at: now)
        let page = try await exchange.read { try search.page(in: $0) }
        var headers = HTTPFields()
        if let next = page.next {
            headers[.known("Link")] = "<\(request.uri.path)?\(search.query)after=\(next)>; rel=\"next\""
        }
        guard NetworkDesk.wantsCSV(request.headers) else {
            return ByteResponse(bytes: page.json(on: search.day, at: now), headers: headers)
        }
        return ByteResponse(contentType: CSVWriter.mediaType, bytes: page.csv(at: now), headers: headers)
    }
}

/// Which jobs a page shows.
struct JobSearch: Sendable {
    /// Every state's name, as the store has it in a column.
    enum State: String, CaseIterable {
        case created, sent, accepted, assigned
        case enRoute = "en-route"
        case onSite = "on-site"
        case ontScanned = "ont-scanned"
        case provisionFailed = "provision-failed"
        case provisioned
        case cancelRequested = "cancel-requested"
        case closed, declined
        case failedToSend = "failed-to-send"
        case cancelled
    }

    let day: CivilDate
    /// Its own parameters, for the next page.
    let query: String
    private let partner: PartnerID?
    private let states: Set<State>
    private let jobType: JobPack.JobType?
    private let isLate: Bool?
    private let isSilent: Bool?
    private let order: String?
    private let now: Date
    private let after: Int64
    private let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ request: Request, at now: Date) throws(APIError) {
        let filters = ["partner", "state", "jobType", "late", "silent", "order", "limit"]
        let query = FilterReader(request, knows: ["day"] + filters + ["after"])
        day = query.day("day") ?? LondonTime.day(at: now)
        partner = query.text("partner").map { PartnerID($0) }
        states = Set(query.choices("state"))
        jobType = query.choice("jobType")
        isLate = query.bool("late")
        isSilent = query.bool("silent")
        order = query.text("order")
        (after, limit) = query.page(max: NetworkDesk.pageSizeMax)
        self.now = now
        try query.finish()
        self.query =
            "day=\(day)&"
            + filters.flatMap { name in query.all(name).map { "\(name)=\(FormText.encode($0))&" } }
            .joined()
    }

    /// By the store's own index as far as it goes, then job by job.
    func page(in store: any ReadTransaction) throws -> SearchPage<InstallationJob> {
        try SearchPage(after: after, limit: limit) { after, size in
            try store.find(
                InstallationJob.self,
                by: InstallationJob.dayLookup,
                day.description,
                after: after,
                limit: size
            )
        } pick: {
            shows($0) ? $0 : nil
        }
    }

    private func shows(_ job: InstallationJob) -> Bool {
        if let partner, job.partner != partner { return false }
        if !states.isEmpty, !states.contains(where: { $0.rawValue == job.stateName }) { return false }
        if let jobType, job.pack.jobType != jobType { return false }
        if let isLate, job.isLate(at: now) != isLate { return false }
        if let isSilent, job.isSilent(at: now) != isSilent { return false }
        if let order, !order.isExactly(job.pack.orderReference) { return false }
        return true
    }
}

extension SearchPage<InstallationJob> {
    func json(on day: CivilDate, at now: Date) -> [UInt8] {
        JSONWriter.bytes(reserving: 16_384) { json in
            json.object { json in
                json.field("day", day.description)
                json.array("jobs") { json in
                    for job in found { json.object { JobView.write(job, at: now, to: &$0) } }
                }
                json.field("next", next)
            }
        }
    }

    func csv(at now: Date) -> [UInt8] {
        CSVWriter.bytes { csv in
            csv.row(JobView.columns)
            for job in found { csv.row(JobView.cells(job, at: now)) }
        }
    }
}
