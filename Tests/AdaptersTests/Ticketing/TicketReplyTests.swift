import Domain
import Engine
import Formats
import Testing

@testable import Adapters

/// What an answer to a ticket message comes to: literal bytes and statuses (G-144, X-04, X-12).
@Suite struct TicketReplyTests {
    private static let expected = TicketReply.Expectation(
        roots: ["receivedFaultReport"],
        messageID: "m-1",
        buyerReference: "HT-1"
    )

    private static func judge(
        _ status: Int,
        _ body: String,
        headers: [String: String] = [:],
        expecting expected: TicketReply.Expectation = expected
    ) -> (words: String, warnings: [String]) {
        let response = OutboundResponse(status: status, headers: headers, body: Array(body.utf8))
        let (outcome, warnings) = TicketReply.judge(.success(response), expecting: expected)
        return (outcome.said, warnings)
    }

    private static func receipt(_ code: String, _ more: String = "", root: String = "receivedFaultReport") -> String {
        "<\(root)><responseCode>\(code)</responseCode>\(more)</\(root)>"
    }

    private static func fault(_ code: String, _ words: String) -> String {
        """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>\(code)</faultcode>\
        <faultstring>\(words)</faultstring></s:Fault></s:Body></s:Envelope>
        """
    }

    @Test(arguments: [
        (200, "200"), (201, "201"), (200, " 200 "), (200, "0200"), (200, "200.0"), (202, "202 Accepted"), (500, "200"),
    ])
    func `a receipt of the operation is taken by its code`(status: Int, code: String) {
        let said = Self.judge(status, Self.receipt(code)).words

        #expect(said == (status == 500 ? "retry: answered 500 without a reason" : "delivered"))
    }

    @Test(arguments: ["400", " 400 ", "0400", "+400", "400.0", "400 Bad Request", "499", "\n403\n"])
    func `a refusal is one in any spelling of its code`(code: String) {
        let receipt = Self.receipt(code, "<errorMessage>no such\nservice</errorMessage>")

        #expect(Self.judge(200, receipt).words == "refused: no such service")
        #expect(Self.judge(500, receipt).words == "refused: no such service")
    }

    @Test(arguments: [
        ("500", "retry: response code 500 without a reason"), ("999", "retry: response code 999 without a reason"),
        ("429", "retry: response code 429 without a reason"), ("Bad", "retry: response code Bad, which says nothing"),
        ("", "delivered"),
    ])
    func `any other code is tried again`(code: String, words: String) {
        #expect(Self.judge(200, Self.receipt(code)).words == words)
    }

    @Test func `an error without a code is a refusal`() {
        let body = "<receivedFaultReport><errorMessage>no</errorMessage></receivedFaultReport>"

        #expect(Self.judge(200, body).words == "refused: no")
    }

    @Test func `an answer that names our message in its other canonical form is to another`() {
        let expected = TicketReply.Expectation(
            roots: ["receivedFaultReport"],
            messageID: "CAF\u{C9}",
            buyerReference: "BAC\u{C9}"
        )
        func warnings(_ messageID: String, _ reference: String) -> [String] {
            let named = "<messageId>\(messageID)</messageId><buyerFaultReference>\(reference)</buyerFaultReference>"
            return Self.judge(201, Self.receipt("201", named), expecting: expected).warnings
        }

        #expect(warnings("CAF\u{C9}", "BAC\u{C9}") == [])
        #expect(warnings("CAFE\u{301}", "BAC\u{C9}").count == 1)
        #expect(warnings("CAF\u{C9}", "BACE\u{301}").count == 1)
    }

    @Test(arguments: [
        ("413", "refused: now"), ("400", "refused: now"), ("429", "retry: now"), ("408", "retry: now"),
        ("503", "retry: now"), ("", "retry: now"),
    ])
    func `a fault of the server with a receipt in its detail is judged by the receipt's code`(
        code: String,
        words: String
    ) {
        let fault = Self.fault("s:Server", "now").replacing(
            "</faultstring>",
            with:
                "</faultstring><detail><receivedFaultReport><responseCode>\(code)</responseCode></receivedFaultReport></detail>"
        )
        #expect(Self.judge(500, fault).words == words)
    }

    @Test(arguments: [200, 500])
    func `a fault of the server is tried again, any other refused`(status: Int) {
        #expect(Self.judge(status, Self.fault("s:Server", "down")).words == "retry: down")
        #expect(Self.judge(status, Self.fault("s:Server.Busy", "down")).words == "retry: down")
        #expect(Self.judge(status, Self.fault("s:Client", "bad")).words == "refused: bad")
        #expect(Self.judge(status, Self.fault("Client.Authentication", "bad")).words == "refused: bad")
        #expect(Self.judge(status, Self.fault("s:MustUnderstand", "bad")).words == "refused: bad")
        #expect(Self.judge(status, Self.fault("s:Server", "broken XML: line 1")).words == "refused: broken XML: line 1")
    }

    @Test(arguments: [
        (200, "", "delivered"), (202, "", "delivered"), (204, " ", "delivered"),
        (400, "", "refused: answered 400 without a reason"), (403, "", "refused: answered 403 without a reason"),
        (500, "", "retry: answered 500 without a reason"), (503, "", "retry: answered 503 without a reason"),
    ])
    func `an empty body is judged by its status`(status: Int, body: String, words: String) {
        #expect(Self.judge(status, body).words == words)
    }

    @Test(arguments: [
        ("<h1>login</h1>", "retry: the answer is an HTML page: login"),
        ("<html><title>Sign in</title></html>", "retry: the answer is an HTML page: Sign in"),
        ("<!DOCTYPE html><p>", "retry: the answer is an HTML page, and no acknowledgement"),
        ("<a><responseCode>200</responseCode></a>", "retry: the answer is <a>, no acknowledgement"),
        ("<receivedAmendFaultReport/>", "retry: the answer is <receivedAmendFaultReport>, no acknowledgement"),
        ("<receivedFaultReport><responseCode>200", "retry: the answer cannot be read, and no acknowledgement"),
        (#"{"responseCode":200}"#, "retry: the answer cannot be read, and no acknowledgement"),
        (
            "OK",
            "retry: the answer cannot be read, and no acknowledgement"
        ),
    ])
    func `what is no receipt of the operation is tried again with a reason`(body: String, words: String) {
        #expect(Self.judge(200, body).words == words)
    }

    @Test(arguments: [
        (400, "<a><errorMessage>bad</errorMessage></a>", "refused: answered 400: bad"),
        (404, "<html><title>Not here</title></html>", "refused: answered 404: Not here"),
        (503, "<html><title>Wait</title></html>", "retry: answered 503: Wait"),
        (403, "no", "refused: answered 403: no"),
    ])
    func `another status decides, with the words of whatever came`(status: Int, body: String, words: String) {
        #expect(Self.judge(status, body).words == words)
    }

    private static let broken =
        "<receivedNotifyFaultReportUpdate><responseCode>%</responseCode>"
        + "</receivedRequestFaultReportUpdate>"

    @Test func `a broken acknowledgement counts as delivered, and is flagged`() {
        for body in [
            Self.broken.replacing("%", with: "200"), "<?xml version='1.0'?>\n<b:receivedNotifyFaultReportUpdate>",
        ] {
            let (words, warnings) = Self.judge(200, body, expecting: .notification(messageID: "m-1"))
            #expect(words == "delivered")
            #expect(warnings.first?.contains("X-04") == true)
        }
    }

    @Test func `a broken acknowledgement that refuses is a refusal`() {
        let (words, _) = Self.judge(
            200,
            Self.broken.replacing("%", with: " 400"),
            expecting: .notification(messageID: "m-1")
        )

        #expect(words.hasPrefix("refused: response code 400"))
    }

    @Test func `only of a notification, and only at success`() {
        let body = Self.broken.replacing("%", with: "200")

        #expect(Self.judge(200, body).words.hasPrefix("retry"))
        #expect(Self.judge(503, body, expecting: .notification(messageID: "m-1")).words.hasPrefix("retry"))
        #expect(Self.judge(403, body, expecting: .notification(messageID: "m-1")).words.hasPrefix("refused"))
        let other = "<notify><receivedNotifyFaultReportUpdate>"
        #expect(Self.judge(200, other, expecting: .notification(messageID: "m-1")).words.hasPrefix("retry"))
    }

    @Test(arguments: ["<messageId>m-2</messageId>", "<buyerFaultReference>HT-2</buyerFaultReference>"])
    func `the answer to another message is a warning`(other: String) {
        let (words, warnings) = Self.judge(200, Self.receipt("200", other))

        #expect(words == "delivered")
        #expect(warnings.count == 1)
    }

    @Test func `its own ids are no warning`() {
        let own = "<messageId>m-1</messageId><buyerFaultReference>HT-1</buyerFaultReference>"

        #expect(Self.judge(201, Self.receipt("201", own)).warnings == [])
    }

    @Test func `an answer in multipart, in Latin-1, or behind a line feed is read`() {
        let receipt = Self.receipt("400", "<errorMessage>no</errorMessage>")
        let multipart = "--b\r\nContent-Type: application/xop+xml\r\n\r\n\(receipt)\r\n--b--"

        let related = Self.judge(200, multipart, headers: ["Content-Type": "multipart/related; boundary=b"])

        #expect(related.words == "refused: no")
        #expect(Self.judge(200, "\n<?xml version=\"1.0\"?>" + receipt).words == "refused: no")
        #expect(Self.judge(200, "\u{FEFF}" + receipt).words == "refused: no")
    }

    @Test func `no answer at all is tried again`() {
        let failure = OutboundFailure(.timeout, "no answer within 10 s")

        #expect(TicketReply.judge(.failure(failure), expecting: Self.expected).0.said == "retry: no answer within 10 s")
    }

    // MARK: Appointments

    private static func reserved(_ status: Int, _ body: String, asking correlation: String? = nil) -> String {
        let response = OutboundResponse(status: status, body: Array(body.utf8))
        return TicketingCourier.judge(reservation: .success(response), of: ID(1), asking: correlation).said
    }

    @Test(arguments: [
        (200, "<h1>login</h1>", "retry: the answer is an HTML page: login"),
        (200, "", "retry: the answer is empty"), (404, "gone", "refused: answered 404: gone"),
        (503, "", "retry: answered 503 without a reason"),
        (
            200, "<reserveAppointmentResponse><reserveAppointmentAccepted/></reserveAppointmentResponse>",
            "retry: the answer has no appointment that can be read"
        ),
    ])
    func `an appointment's answer holds a slot, or says nothing`(status: Int, body: String, words: String) {
        #expect(Self.reserved(status, body) == words)
    }

    @Test func `a fault of the server to an appointment is tried again, any other refused`() {
        #expect(Self.reserved(500, Self.fault("s:Server", "down")) == "retry: down")
        #expect(Self.reserved(500, Self.fault("s:Client", "bad")) == "refused: bad")
        #expect(Self.reserved(200, Self.fault("s:Client", "bad")) == "refused: bad")
    }

    @Test func `an appointment that answers another message is not taken over`() throws {
        let text = GoldenFile(name: "reserveAppointmentResponse").text
        let message = try SOAPEnvelope.open(XMLDocument(parsing: text)).body.first("message")
        let own = try #require(message?.text(of: "correlationId"))

        #expect(Self.reserved(200, text, asking: own) == "delivered")
        #expect(Self.reserved(200, text, asking: "another").hasPrefix("retry: the answer is to another message"))
    }
}

extension Outcome {
    /// Its word and its reason.
    var said: String {
        switch self {
        case .delivered: "delivered"
        case .retry(let reason, _): "retry: \(reason)"
        case .unreachable(let reason): "retry: \(reason)"
        case .postponed(_, let reason): "postponed: \(reason)"
        case .refused(let reason, _): "refused: \(reason)"
        }
    }
}
