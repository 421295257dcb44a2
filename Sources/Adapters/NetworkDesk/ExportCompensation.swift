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
        let query = FilterReader(request, knows: ["from", "to", "after", "limit"])
        let from = query.moment("from", isEnd: false)
        let to = query.moment("to", isEnd: true)
        let (after, limit) = query.page(max: Self.pageSizeMax)
        if let from, let to, from >= to { query.report(.outOfRange, "to", "must be later than from") }
        try query.finish()
        let page = try await exchange.read { store in
            try SearchPage(after: after, limit: limit) { after, size in
                try store.list(FaultReport.self, of: nil, inState: nil, after: after, limit: size)
            } pick: { ticket -> CompensationRow? in
                guard let row = CompensationRow(ticket) else { return nil }
                return (from.map { $0 <= row.ended } ?? true) && (to.map { row.ended < $0 } ?? true) ? row : nil
            }
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

extension SearchPage<CompensationRow> {
    var json: [UInt8] {
        JSONWriter.bytes(reserving: 16_384) { json in
            json.object { json in
                json.array("compensation") { json in
                    for row in found { json.object { row.write(to: &$0) } }
                }
                json.field("next", next)
            }
        }
    }

    var csv: [UInt8] {
        CSVWriter.bytes { csv in
            csv.row(CompensationRow.columns)
            for row in found { csv.row(row.cells) }
        }
    }
}
