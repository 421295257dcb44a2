import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// A partner's house: its server for operators and its API for apps, before the real engine and a database of its own.
///
/// Which operator asks is named by a header: the certificate that proves it in the product is another suite's business.
struct PartnerBench {
    let exchange: Exchange
    let clock: VirtualClock
    let client: any TestClientProtocol

    static let noon = InstallationBench.noon
    private static let dispatcherHeader = HTTPField.Name("X-Test-Dispatcher")

    static func with(
        _ location: SQLiteStore.Location = .temporary,
        terms: DispatcherTerms = .sample(),
        _ body: @Sendable (PartnerBench) async throws -> Void
    ) async throws {
        let clock = VirtualClock(startingAt: noon)
        let store = try SQLiteStore(location)
        let exchange = Exchange(
            store: store,
            time: clock.source,
            ids: IDSource { 7 },
            directory: Directory()
        ) { DispatchReception.spell($0, to: $1, from: $2, $3) ?? .json([]) }
        let reception = DispatchReception(exchange: exchange)
        let router = Router()
        router.add(middleware: APIErrors())
        for path in ["installation", "installation/{method}"] {
            router.post(RouterPath(path)) { request, context in
                let name = dispatcherHeader.flatMap { request.headers[$0] } ?? "OPERATOR1"
                return try await reception.receive(
                    request,
                    pathMethod: context.parameters.get("method"),
                    from: .init(id: DispatcherID(name), terms: terms),
                    requestID: context.id,
                    logger: context.logger
                )
            }
        }
        JobBook(exchange: exchange, data: try InstallationData()).addRoutes(to: router.group("partner/v1")) { _ in
            "office"
        }
        try await Application(router: router).test(.router) { client in
            try await body(PartnerBench(exchange: exchange, clock: clock, client: client))
        }
        try await store.close()
    }

    // MARK: As an operator

    func dispatch(
        _ method: String?,
        _ body: String,
        from dispatcher: String = "OPERATOR1"
    ) async throws -> InstallationBench.Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let name = Self.dispatcherHeader { headers[name] = dispatcher }
        return try await send(.post, "/installation" + (method.map { "/\($0)" } ?? ""), body, headers)
    }

    func dispatch(_ bytes: [UInt8]) async throws -> InstallationBench.Answer {
        let response = try await client.executeRequest(
            uri: "/installation",
            method: .post,
            headers: [.contentType: "application/json"],
            body: ByteBuffer(bytes: bytes)
        )
        return .init(status: response.status.code, body: String(buffer: response.body))
    }

    /// A job in the book, of the operator's reference `J701`.
    @discardableResult
    func givenJob(_ ref: String = "J701", id: Int = 1, day: String = "2026-01-09") async throws -> WorkOrder {
        let answer = try await dispatch("createJob", DispatchSample.createJob(ref, id: id, day: day))
        try #require(answer.status == 200 && answer.error == nil, "\(answer)")
        return try await order(ref)
    }

    // MARK: As an app

    func get(_ path: String) async throws -> InstallationBench.Answer { try await send(.get, "/partner/v1\(path)") }

    func post(_ path: String, _ body: String = "", requestID: String? = nil) async throws -> InstallationBench.Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.requestID] = requestID
        return try await send(.post, "/partner/v1\(path)", body, headers)
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: String = "",
        _ headers: HTTPFields = [:]
    ) async throws -> InstallationBench.Answer {
        let response = try await client.executeRequest(
            uri: uri,
            method: method,
            headers: headers,
            body: ByteBuffer(string: body)
        )
        return .init(status: response.status.code, body: String(buffer: response.body))
    }

    // MARK: What there is

    func order(_ ref: String = "J701", of dispatcher: DispatcherID = "OPERATOR1") async throws -> WorkOrder {
        let key = WorkOrder.referenceKey(ref, of: dispatcher)
        let found = try await exchange.read {
            try $0.find(WorkOrder.self, by: WorkOrder.referenceLookup, key, limit: 2)
        }
        try #require(found.count == 1)
        return found[0]
    }

    /// What was written for the operator about a job, under its numbers, as it goes out.
    func told(_ order: WorkOrder) async throws -> [JSONValue] {
        let rows = try await exchange.read { try $0.parcels(of: order.ref, limit: 100) }
        return try rows.map { try JSONDocument(parsing: DispatchMessage.numbered($0.number, $0.content.body)).root }
    }

    func verdicts() async throws -> [String] {
        try await exchange.read { try $0.messages(after: 0, limit: 100) }.map(\.verdict)
    }
}

/// Spells refusals as a listener does.
private struct APIErrors: RouterMiddleware {
    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as APIError {
            return error.spelt(for: request, uuid: "uuid")
        }
    }
}

extension DispatcherTerms {
    static func sample(
        acknowledgement: Acknowledgement = .plain,
        acceptance: Acceptance = .automatic,
        jobTypes: [JobPack.JobType]? = nil
    ) -> DispatcherTerms {
        DispatcherTerms(
            access: MutualTLSTerms(certificateFingerprints: [], sources: []),
            endpoint: Endpoint(url: "https://operator.invalid/installation"),
            acknowledgement: acknowledgement,
            acceptance: acceptance,
            jobTypes: jobTypes
        )
    }
}

/// What an operator sends; invented people, places and things.
enum DispatchSample {
    static func envelope(_ method: String, _ ref: String, id: Int, content: String, response: String) -> String {
        """
        {"id":\(id),"sent":"2026-01-08T12:00:00+00:00","method":"\(method)","ref":"\(ref)","content":\(content),
        "response":\(response)}
        """
    }

    static func createJob(
        _ ref: String = "J701",
        id: Int = 1,
        day: String = "2026-01-09",
        notes: String = "Ring twice"
    ) -> String {
        let content = """
            {"jobType":"INSTALL","serviceId":"S2000001","orderReference":"SO7","productName":"ftthl2r",
            "appointment":{"appointmentReservationKey":"KEY","appointmentDate":"\(day)",
            "appointmentStartTime":"08:00","appointmentEndTime":"12:00"},
            "customer":{"name":"Robin Sample","phoneNumber":"07700900123","alternatePhoneNumber":"07700900124",
            "email":"robin@example.com"},
            "address":{"uprn":"10090000001","lines":["1 Sample Street","Exampleton"],"postcode":"EX1 1EX",
            "latitude":51.5,"longitude":-0.125},
            "propertyFlags":["CHP","NEW"],"network":{"pop":"P1","node":"N2","port":"3","expectedLightDbm":-17.5},
            "ont":{"vendor":"NOKIA","model":"G-1","supplied":true},"engineerTasks":["INSTALL_ROUTER"],
            "hazards":"A goose","onSiteRestrictions":"No parking","notes":"\(notes)",
            "attachments":[{"name":"plan.pdf","type":"application/pdf","url":"https://operator.invalid/plan.pdf"}],
            "s3":{"bucket":"job-files","prefix":"J701/"}}
            """
        return envelope("createJob", ref, id: id, content: content, response: #"{"expected":"ack"}"#)
    }

    static func cancelJob(_ ref: String = "J701", id: Int = 2, reason: String = "CUSTOMER_CANCELLED") -> String {
        let content = #"{"reasonCode":"\#(reason)","reasonText":"moved","cancelledAt":"2026-01-08T12:00:00+00:00"}"#
        return envelope("cancelJob", ref, id: id, content: content, response: "{}")
    }

    static func result(_ number: Int, _ ref: String = "J701", id: Int = 3) -> String {
        let content = #"{"providerJobId":"WO-1","fsan":"ALCL0123ABCD","eventTime":"2026-01-08T12:00:00+00:00"}"#
        let response = #"{"id":\#(number),"success":\#(number < 3),"details":"as published"}"#
        return envelope("notifyJob", ref, id: id, content: content, response: response)
    }
}
