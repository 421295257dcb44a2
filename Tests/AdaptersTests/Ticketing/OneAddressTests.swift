import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Storage
import Synchronization
import Testing

@testable import Adapters

/// The WSDL's one address, `POST /prod/api2` (docs/adr/0025): both forms of a ticket message are taken and answered in kind,
/// and an envelope is answered with the statuses that SOAP stacks read.
@Suite struct OneAddressTests {
    private static let address = "/prod/api2"
    private static let unknown = Samples.add(reference: "HT-9", messageID: "m-9", service: "S9")
    private static let ruled = Samples.add(reference: "HT-9", messageID: "m-9", type: "Service Outage")
    private static let invalid = Samples.add(extra: "<priorityLevel>high</priorityLevel>")

    private static func both(_ message: String) -> [String] {
        [Samples.enveloped(message), Samples.enveloped(Samples.inWSDLNamespace(message))]
    }

    @Test(arguments: both(Samples.add()))
    func `a report in an envelope is 200 with the code 201`(body: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.post(Self.address, body)
            #expect(reply.status == 200)
            #expect(try reply.value("responseCode") == "201")
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test(arguments: zip([Samples.add(), Samples.inWSDLNamespace(Samples.add())], [nil, TicketingWSDL.namespace]))
    func `a message is answered in its own form, bare or in an envelope`(message: String, namespace: String?)
        async throws
    {
        try await withTicketing { bench in
            let bare = try await bench.post(Self.address, message)
            let enveloped = try await bench.post(Self.address, Samples.enveloped(message))
            #expect(bare.status == 201)
            #expect(!bare.isEnveloped)
            #expect(try bare.element.namespace == namespace)
            #expect(try enveloped.element.namespace == namespace)
            #expect(try enveloped.element.first("responseCode")?.namespace == nil)
        }
    }

    @Test func `the same message in the other form is the same message, and is answered in that form`() async throws {
        try await withTicketing { bench in
            let first = try await bench.post(Self.address, Samples.enveloped(Samples.add()))
            let again = try await bench.post(Self.address, Samples.enveloped(Samples.inWSDLNamespace(Samples.add())))
            #expect(try first.element.namespace == nil)
            #expect(try again.element.namespace == TicketingWSDL.namespace)
            #expect(again.status == 200)
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test(arguments: zip(both(unknown) + both(ruled) + both(invalid), ["400", "400", "403", "403", "400", "400"]))
    func `a refused ticket is a receipt at 200, whose code and words say why`(body: String, code: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.post(Self.address, body)
            #expect(reply.status == 200)
            #expect(try reply.element.name == "receivedFaultReport")
            #expect(try reply.value("responseCode") == code)
            #expect(try reply.value("status") == "rejected")
            #expect(try reply.value("errorMessage")?.isEmpty == false)
        }
    }

    @Test(arguments: zip([unknown, ruled, invalid], [400, 403, 400]))
    func `a bare message has the contract's statuses`(body: String, status: Int) async throws {
        try await withTicketing { bench in
            let published = try await bench.post(Self.address, body)
            let namespaced = try await bench.post(Self.address, Samples.inWSDLNamespace(body))
            #expect(published.status == status)
            #expect(namespaced.status == status)
        }
    }

    @Test(arguments: [
        Samples.enveloped("<deleteEverything/>"), Samples.enveloped("<addFaultReport>"), Samples.enveloped(""),
        Samples.enveloped(Samples.add().replacing("<addFaultReport>", with: "<addFaultReport xmlns=\"urn:wrong\">")),
    ])
    func `an envelope in which there is no operation is a fault at 500, with the receipt in its detail`(body: String)
        async throws
    {
        try await withTicketing { bench in
            let reply = try await bench.post(Self.address, body)
            let fault = try #require(SOAPFault(try reply.element))
            let detail = try #require(try reply.element.first("detail")?.children.first)
            #expect(reply.status == 500)
            #expect(fault.code == .client)
            #expect(!fault.text.isEmpty)
            #expect(detail.name == "receivedFaultReport")
            #expect(detail.text(of: "status") == "rejected")
            #expect(detail.text(of: "errorMessage")?.isEmpty == false)
        }
    }

    @Test func `a wrong request about an appointment is a fault at 500, each mistake in the WSDL's namespace`()
        async throws
    {
        try await withTicketing { bench in
            let wrong = Samples.query().replacing("<addressKey>10095000042</addressKey>", with: "<addressKey/>")
            let reply = try await bench.post(Self.address, wrong)
            let own = try await bench.call("queryAppointmentAvailability", wrong)
            let entry = try #require(try reply.element.first("detail")?.children.first)
            let wsdl = try XMLSchema(compiling: Array(TicketingSchemas.wsdlText.utf8))
            #expect(reply.status == 500)
            #expect(entry.validate(wsdl) == [])
            #expect(own.status == 400)
            #expect(try own.element.first("detail")?.children.first?.namespace == nil)
        }
    }

    @Test func `an operation's own path takes no other namespace, and keeps its statuses`() async throws {
        try await withTicketing { bench in
            let namespaced = try await bench.call(
                "addFaultReport",
                Samples.enveloped(Samples.inWSDLNamespace(Samples.add()))
            )
            let refused = try await bench.call("addFaultReport", Samples.enveloped(Self.unknown))
            let taken = try await bench.call("addFaultReport", Samples.enveloped(Samples.add()))
            #expect(namespaced.status == 400)
            #expect(try namespaced.element.namespace == nil)
            #expect(refused.status == 400)
            #expect(taken.status == 201)
        }
    }

    @Test func `the message log has the status that was answered`() async throws {
        try await withTicketing { bench in
            _ = try await bench.post(Self.address, Samples.enveloped(Samples.add()))
            _ = try await bench.post(Self.address, Samples.enveloped(Self.unknown))
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }
            #expect(log.map(\.status) == [200, 200])
            #expect(log.last?.verdict.hasPrefix("refused") == true)
        }
    }

    @Test func `a stack without a registered certificate is told so in a fault, at HTTP's own status`() throws {
        let form = AnswerForm(isEnveloped: true, namespace: .wsdl, isByWSDL: true, keepsStatus: true)
        let problem = TicketingProblem(status: 401, "certificate", "A client certificate is required.")
        let answer = Ticketing.answer(problem, nil, nil, form, at: TicketingBench.start)
        let response = form.response(answer)
        let element = try SOAPEnvelope.open(XMLDocument(parsing: response.bytes)).body
        #expect(response.status.code == 401)
        #expect(SOAPFault(element)?.text == "A client certificate is required.")
        #expect(element.first("detail")?.children.first?.namespace == TicketingWSDL.namespace)
    }

    @Test(arguments: both(Samples.update("CS0000001")))
    func `a failure of ours is a Server fault at 500 with a number, and the receipt in its detail`(body: String)
        async throws
    {
        struct Broken: Error {}
        let isBroken = Mutex(false)
        let usual = TicketingBench.speller(Directory())
        let speller: Speller = { message, recipient, sender, context in
            if isBroken.withLock({ $0 }) { throw Broken() }
            return try usual(message, recipient, sender, context)
        }
        try await withTicketing(speller: speller) { bench in
            _ = try await bench.accepted()
            isBroken.withLock { $0 = true }

            let reply = try await bench.post(Self.address, body)
            let fault = try reply.fault
            #expect(reply.status == 500)
            #expect(reply.contentType == Ticketing.contentType)
            #expect(fault.code == .server)
            #expect(fault.text.hasPrefix("Something failed here. Quote "))
            #expect(fault.receipt == "receivedRequestFaultReportUpdate 500")
            #expect(!reply.text.contains("Broken"))

            let own = try await bench.call("requestFaultReportUpdate", Samples.update("CS0000001"))
            #expect(own.status == 500)
            #expect(try own.value("responseCode") == "500")
            #expect(try own.value("errorMessage")?.contains("broken XML") == false)
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }
            #expect(log.suffix(2).map(\.status) == [500, 500])
        }
    }

    @Test func `an envelope that is too large is a fault at 500, what is bare or said at an own path is 413`()
        async throws
    {
        try await withTicketing { bench in
            let large = Samples.enveloped(Samples.add()) + String(repeating: " ", count: 1 << 20)
            let stack: HTTPFields = [.soapAction: "\"\""]
            let reply = try await bench.post(Self.address, large, headers: stack)
            #expect(reply.status == 500)
            #expect(try reply.fault.code == .client)
            #expect(try reply.fault.text.contains("larger than"))
            #expect(try reply.fault.receipt == "receivedFaultReport 413 rejected")

            let bare = try await bench.post(Self.address, large)
            let own = try await bench.post("\(Self.address)/addFaultReport", large, headers: stack)
            #expect(bare.status == 413)
            #expect(own.status == 413)
        }
    }

    @Test(arguments: [(408, SOAPFault.Code.server), (429, .server), (400, .client), (503, .server), (500, .server)])
    func `whatever HTTP refuses for its own reasons a stack reads as a fault`(status: Int, code: SOAPFault.Code) throws
    {
        let form = AnswerForm(isEnveloped: true, namespace: .wsdl, isByWSDL: true)
        let error = APIError(.init(code: status), "Not now.", headers: [.retryAfter: "7"])
        let problem = TicketingProblem(error)
        let response = form.response(
            Ticketing.answer(problem, .addFaultReport, nil, form, at: TicketingBench.start)
        )
        let element = try SOAPEnvelope.open(XMLDocument(parsing: response.bytes)).body
        #expect(response.status == .internalServerError)
        #expect(problem.headers[.retryAfter] == "7")
        #expect(SOAPFault(element)?.code == code)
        #expect(element.first("detail")?.children.first?.text(of: "responseCode") == "\(status)")
    }

    @Test func `an envelope that does not arrive in time is a fault, any other request 408 and a line of text`() throws
    {
        func late(_ path: String, _ headers: HTTPFields) -> ByteResponse? {
            Ticketing.late(
                HTTPRequest(method: .post, scheme: "https", authority: "a", path: path, headerFields: headers)
            )
        }
        let answer = try #require(late("\(Self.address)?x=1", [.soapAction: ""]))
        let element = try SOAPEnvelope.open(XMLDocument(parsing: answer.bytes)).body
        #expect(answer.status == .internalServerError)
        #expect(SOAPFault(element)?.code == .server)
        #expect(element.first("detail")?.children.first?.text(of: "responseCode") == "408")
        #expect(late(Self.address, [:]) == nil)
        #expect(late("\(Self.address)/addFaultReport", [.soapAction: ""]) == nil)
        #expect(late("/prod/ftth-installer", [.soapAction: ""]) == nil)
    }

    @Test func `the buyer's profile says which root a notification has`() async throws {
        var terms = TicketingBench.terms
        terms.ticketNamespace = .wsdl
        terms.usesEnvelope = true
        try await withTicketing(terms: terms) { [terms] bench in
            let ticket = try await bench.accepted()
            let told = try #require(try await bench.notifications(about: ticket.id.number).last)
            let wsdl = try XMLSchema(compiling: Array(TicketingSchemas.wsdlText.utf8))
            #expect(terms.ticketNamespace?.uri == TicketingWSDL.namespace)
            #expect(told.namespace == TicketingWSDL.namespace)
            #expect(told.first("messageId")?.namespace == nil)
            #expect(told.validate(wsdl) == [])
        }
    }
}
