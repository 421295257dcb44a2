import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/compensation?from=&to=&after=&limit=`: the evidence for compensation, a row for each ticket that
    /// was closed or cancelled in the period, by rising number (T-081, T-083).
    ///
    /// As JSON, or by `Accept: text/csv` as RFC 4180. `from` and `to` are days of London's calendar, both included, or
    /// moments, the last one excluded; either may be absent. The next page's `after` is in `next`, and in a `Link` header
    /// for both forms; a page may be short and have one.
    func compensation(_ request: Request) async throws -> ByteResponse {
        let query = DeskQuery(request, knows: ["from", "to", "after", "limit"])
        let from = query.moment("from", isEnd: false)
        let to = query.moment("to", isEnd: true)
        let after = query.number("after", in: 0...Int64.max) ?? 0
        let limit = query.number("limit", in: 1...Int64(Self.pageSizeMax)) ?? Int64(Self.pageSizeMax)
        if let from, let to, from >= to { query.report(.outOfRange, "to", "must be later than from") }
        try query.finish()
        let page = try await exchange.read { store in
            try CompensationPage(in: store, from: from, to: to, after: after, limit: Int(limit))
        }
        var headers = HTTPFields()
        if let next = page.next {
            let period = [("from", from), ("to", to)].map { name, moment in
                moment.map { "\(name)=\(Timestamp.format($0))&" } ?? ""
            }
            let url = "\(request.uri.path)?\(period.joined())limit=\(limit)&after=\(next)"
            headers[.known("Link")] = "<\(url)>; rel=\"next\""
        }
        guard Self.wantsCSV(request.headers) else { return ByteResponse(bytes: page.json, headers: headers) }
        return ByteResponse(contentType: CSVWriter.mediaType, bytes: page.csv, headers: headers)
    }

    /// Whether CSV is named and JSON isn't: who takes both gets JSON.
    static func wantsCSV(_ fields: HTTPFields) -> Bool {
        let accept = (fields[.accept] ?? "").lowercased()
        return accept.contains("text/csv") && !accept.contains("application/json")
    }
}

/// Tickets whose end lies in a period.
struct CompensationPage: Sendable {
    private(set) var rows: [CompensationRow] = []
    private(set) var next: Int64?

    init(in store: any ReadTransaction, from: Date?, to: Date?, after: Int64, limit: Int) throws {
        next = after
        var looked = 0
        while looked < TicketSearch.scanMax {
            let batch = try store.list(FaultReport.self, of: nil, inState: nil, after: next ?? after, limit: 500)
            for ticket in batch {
                next = ticket.id.number
                guard let row = CompensationRow(ticket), from.map({ $0 <= row.ended }) ?? true,
                    to.map({ row.ended < $0 }) ?? true
                else { continue }
                rows.append(row)
                if rows.count == limit { return }
            }
            looked += batch.count
            guard batch.count == 500 else {
                next = nil
                return
            }
        }
    }

    var json: [UInt8] {
        JSONWriter.bytes(reserving: 16_384) { json in
            json.object { json in
                json.array("compensation") { json in
                    for row in rows { json.object { row.write(to: &$0) } }
                }
                json.field("next", next)
            }
        }
    }

    var csv: [UInt8] {
        CSVWriter.bytes { csv in
            csv.row(CompensationRow.columns)
            for row in rows { csv.row(row.cells) }
        }
    }
}
