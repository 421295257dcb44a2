import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

/// The operator's view of installation jobs below `/operator/v1`: a day's jobs by partner and state, who is late, how
/// visits ended; and what people do when a partner does not: give the job to another, cancel it, book the next visit.
package struct JobDesk: Sendable {
    let exchange: Exchange
    let book: AppointmentBook
    let fetch: FetchFile

    /// - Parameters:
    ///   - book: in which a visit is booked that somebody must be at home for.
    ///   - fetch: gets at the files of a visit.
    package init(
        exchange: Exchange,
        book: AppointmentBook,
        fetch: @escaping FetchFile = { _, _ in .absent }
    ) {
        self.exchange = exchange
        self.book = book
        self.fetch = fetch
    }

    /// Its routes, for callers who showed a token of the operator's staff.
    package func add(to staff: RouterGroup<StaffContext>) { add(to: staff) { $0.name } }

    /// The routes themselves, for requests of which `staff` says whose they are.
    func add<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) -> String
    ) {
        routes.get("jobs") { request, _ in try await list(request) }
        routes.get("job-statistics") { request, _ in try await statistics(request) }
        let routes = routes.withoutParameters
        routes.get("jobs/:reference") { _, context in try await one(context.parameters) }
        routes.get("jobs/:reference/files/:number") { _, context in try await file(context.parameters) }
        routes.post("jobs/:reference/:action") { request, context in
            try await perform(request, context.parameters, by: "operator/\(staff(context))")
        }
    }

    /// A job by the reference that both sides use; whichever partner has it.
    static func id(_ parameters: Parameters) throws -> ID<InstallationJob> {
        let reference = try parameters.require("reference")
        guard let id = InstallationJob.id(reference: reference) else { throw absent(reference) }
        return id
    }

    static func absent(_ reference: String) -> APIError { APIError(.notFound, "There is no job \(reference).") }

    /// `GET /operator/v1/jobs/{reference}`: the whole job, with its `steps` by their own time, its `history` from the
    /// journal, and each message to a partner with what became of it.
    private func one(_ parameters: Parameters) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let now = exchange.time.now()
        let found = try await exchange.read { store -> JobFile? in
            guard let job = try store.find(id) else { return nil }
            let rows = try store.parcels(of: job.ref, limit: NetworkDesk.notificationsMax)
            return JobFile(
                job: job,
                history: try store.journal(of: job.ref, limit: NetworkDesk.historyMax),
                messages: rows.filter { $0.content.recipient.partner != nil }
            )
        }
        guard let found else { throw Self.absent(try parameters.require("reference")) }
        return ByteResponse(bytes: found.json(at: now))
    }
}

/// A job with all that the house knows about it.
private struct JobFile: Sendable {
    let job: InstallationJob
    let history: [JournalEntry]
    let messages: [OutboxRow]

    func json(at now: Date) -> [UInt8] {
        JSONWriter.bytes(reserving: 8_192) { json in
            json.object { json in
                JobView.write(job, at: now, to: &json)
                json.array("steps") { json in
                    for step in job.history { json.object { $0.step(step) } }
                }
                json.array("files") { json in
                    for (index, file) in (job.files ?? []).enumerated() {
                        json.object { $0.file(file, number: index + 1, of: job) }
                    }
                }
                json.array("history") { json in
                    for entry in history { json.object { $0.entry(entry) } }
                }
                json.array("messages") { json in
                    for row in messages { json.object { $0.message(row) } }
                }
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func step(_ step: JobStep) {
        field("happening", step.happening.rawValue)
        date("at", step.at)
        date("received", step.received)
        field("backfilled", step.isBackfilled)
        field("latitude", step.location?.latitude)
        field("longitude", step.location?.longitude)
    }

    fileprivate mutating func file(_ file: VisitFile, number: Int, of job: InstallationJob) {
        field("name", file.name)
        field("type", file.type)
        field("objectPath", file.objectPath)
        field("url", file.url)
        switch file.state {
        case .sought: field("state", "sought")
        case .absent: field("state", "absent")
        case .present(let bytes):
            field("state", "present")
            field("bytes", bytes)
            field("href", "/operator/v1/jobs/\(job.reference)/files/\(number)")
        case .refused(let reason):
            field("state", "refused")
            field("reason", reason)
        }
    }

    fileprivate mutating func entry(_ entry: JournalEntry) {
        date("at", entry.at)
        field("cause", entry.cause)
        field("by", entry.by)
        field("before", entry.before)
        field("after", entry.after)
        field("note", entry.note)
    }

    fileprivate mutating func message(_ row: OutboxRow) {
        field("id", row.number)
        field("to", row.content.recipient.partner?.rawValue)
        field("operation", row.content.message.operation)
        date("created", row.content.created)
        field("delivery", row.state.rawValue)
        field("attempts", row.attempts)
        field("lastError", row.lastError)
    }
}
