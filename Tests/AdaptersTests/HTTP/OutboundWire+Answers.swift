import Foundation

/// What is answered, raw; the first of each is a good one.
extension OutboundWire {
    static func json(_ body: String, status: String = "200 OK") -> [[UInt8]] {
        let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        let chunked = "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        return [
            "HTTP/1.1 \(status)\r\n\(date)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
            "HTTP/1.1 \(status)\r\n\(date)Content-Type: application/json\r\n\(chunked)",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 \(status)\r\nConnection: close\r\n\r\n\(body)",
        ].map { Array($0.utf8) }
    }

    static let http204 =
        [
            Array("HTTP/1.1 204 No Content\r\n\r\n".utf8),
            Array("HTTP/1.0 204 No Content\r\nConnection: keep-alive\r\n\r\n".utf8),
        ] + busy

    static let busy = [
        "HTTP/1.1 503 Busy\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Busy\r\nDate: Sunday, 06-Nov-94 08:49:37 GMT\r\nRetry-After: Sun Nov  6 08:50:07 1994\r\n\r\n",
        "HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}",
    ].map { Array($0.utf8) }

    static let rpc =
        json("{}") + json(#"{"jsonrpc":"2.0","id":1,"result":{"providerJobId":"P-1"}}"#)
        + json(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"no"}}"#)
        + json(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"later"}}"#, status: "500 Ours") + busy

    static let orders =
        json(
            #"{"id":1,"supplierOrderReference":"SO-1","status":"ACKNOWLEDGED","committedDate":"2026-03-09","targetDate":"2026-03-10"}"#,
            status: "201 Created"
        )
        + json("", status: "202 Accepted") + json(#"{"code":"X","messages":["no"]}"#, status: "422 No") + busy

    static let timeslots =
        json(
            #"{"timeslots":[{"timeslotStartDateTime":"2026-03-09T08:00:00Z","timeslotEndDateTime":"2026-03-09T13:00:00Z"}]}"#
        ) + busy

    static let visitAnswers = {
        let names = ["queryAppointmentAvailabilityResponse", "queryAppointmentAvailabilityResponse-rejected"]
        let bodies = names.map { try? String(contentsOfFile: "\(GoldenFile.directory)/\($0).xml", encoding: .utf8) }
        return bodies.compactMap(\.self).flatMap { json($0) } + busy
    }()

    static let receipts = receipts(to: "receivedNotifyFaultReportUpdate")
    static let ticketReceipts = receipts(to: "receivedFaultReport")

    private static func receipts(to root: String) -> [[UInt8]] {
        let body = """
            <\(root)><header><messageId>m</messageId><buyerIdentifier>B</buyerIdentifier></header>\
            <responseCode>200</responseCode></\(root)>
            """
        let taken = """
            <receivedAddFaultReport><responseCode>200</responseCode><maintainerFaultReference>CS0000001</maintainerFaultReference>\
            </receivedAddFaultReport>
            """
        let envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
        let fault =
            envelope
            + "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>"
        return json(body) + json(taken) + json(envelope + taken + "</s:Body></s:Envelope>")
            + json(fault, status: "500 Fault") + busy
    }
}
