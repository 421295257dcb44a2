import Domain
import Engine
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Adapters

/// Every wire on which we call is answered with bytes of chance: nothing ends, and what is no good answer is never taken for one.
///
/// `PATCHBAY_SEED` names another seed, `PATCHBAY_CASES` how many answers a wire gets.
@Suite(.serialized) struct HostileWiresTests {
    private static let seed = ProcessInfo.processInfo.environment["PATCHBAY_SEED"].flatMap(UInt64.init) ?? 15
    private static let cases = ProcessInfo.processInfo.environment["PATCHBAY_CASES"].flatMap(Int.init) ?? 120

    @Test(.timeLimit(.minutes(5)), arguments: OutboundWire.all)
    func `mutated answers end nothing, and none of another status than 2xx is taken for a success`(wire: OutboundWire)
        async throws
    {
        var chance = SeededBytes(seed: Self.seed)
        let current = Mutex<[UInt8]>([])

        try await RawPeer.answering({ _ in current.withLock { $0 } }) { peer in
            try await HostileAnswerTests.calling { call in
                for number in 0..<Self.cases {
                    let answer = chance.mutated(wire.answers)
                    current.withLock { $0 = answer }
                    let attempt = await wire.attempt(call, peer.url)
                    #expect(
                        !attempt.isTaken || (200..<300).contains(attempt.status ?? 0),
                        "\(wire) took answer \(number) of seed \(Self.seed): \(String(decoding: answer, as: UTF8.self))"
                    )
                }
                current.withLock { $0 = wire.answers[0] }
                var isTaken = false
                // A connection that the last answer left half open may be found out first.
                for _ in 0..<5 where !isTaken { isTaken = await wire.attempt(call, peer.url).isTaken }
                #expect(isTaken, "\(wire) is not whole any more after seed \(Self.seed)")
            }
        }
    }
}

/// A wire on which we call, what is answered on it, and how its answer was taken.
struct OutboundWire: Sendable, CustomTestStringConvertible {
    struct Attempt: Sendable {
        /// As it was read; `nil` without an answer.
        let status: Int?
        let isTaken: Bool
    }

    let name: String
    /// The first is a good one.
    let answers: [[UInt8]]
    let attempt: @Sendable (OutboundCall, _ url: String) async -> Attempt

    var testDescription: String { name }

    static let all = [
        tenantUpdates, supplierUpdates, notification, ticketing, createJob, report, native, desk, token, keys, objects,
    ]

    // MARK: - Wires

    static let tenantUpdates = courier(
        "tenant updates",
        http204 + json("{}"),
        .kci(KCI(sequence: 1, content: .error(code: "X", messages: []))),
        to: .tenant(id: "TENANT1"),
        about: .serviceOrder
    ) { call, _, directory in
        TenantCourier(
            directory: directory,
            line: TenantLine(
                secrets: nil,
                time: .real,
                plain: { await call.send($0) },
                withCertificate: { await call.send($0) }
            ),
            // A breaker of its own each time: it would keep most answers from being read.
            breaker: CircuitBreaker(time: .real),
            houseKey: nil,
            missed: { _ in [] }
        )
    }

    static let supplierUpdates = courier(
        "supplier updates",
        http204,
        .supplyUpdate(SupplyUpdate(sequence: 1, reason: .acknowledged, issuedOn: .now)),
        to: .customer(id: "GATEWAY"),
        about: .supplyOrder
    ) { call, url, directory in
        let access = access(call, url)
        return CustomerCourier(directory: directory) { _ in access }
    }

    static let notification = courier(
        "ticketing notification",
        receipts,
        .faultNotification(FaultNotification(change: .accepted, status: .open, updates: 0)),
        to: .buyer(id: "HARBOUR"),
        about: .faultReport
    ) { call, _, directory in
        BuyerCourier(directory: directory, call: call)
    }

    static let ticketing = courier(
        "ticketing to the operator",
        receipts,
        .problemRaised,
        to: .supplier(id: "CITY"),
        about: .serviceProblem
    ) { call, url, _ in
        TicketingCourier(baseURL: url, call: call)
    }

    static let createJob = courier(
        "createJob",
        rpc,
        .jobCreated(placing: 1),
        to: .partner(id: "NORTHERN"),
        about: .installationJob
    ) { call, _, directory in
        PartnerCourier(directory: directory, call: call)
    }

    static let report = courier(
        "a partner's report",
        rpc,
        .jobReport(JobReport(sequence: 1, at: .now, news: .progress)),
        to: .dispatcher(id: "OPERATOR1"),
        about: .workOrder
    ) { call, _, directory in
        DispatcherCourier(directory: directory, call: call)
    }

    static let native = OutboundWire(name: "supplier, native", answers: orders) { call, url in
        guard let store = try? SQLiteStore(.temporary) else { return Attempt(status: nil, isTaken: false) }
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let supplier = NativeSupplier(supplier: "CITY", baseURL: url, access: access(call, url), exchange: exchange)
        return await attempt(supplier, .orderPlaced, to: .supplier(id: "CITY"), about: .serviceOrder)
    }

    static let desk = courier("the desk", http204, .deskNews(DeskNews(.accepted)), to: .desk, about: .faultReport) {
        call,
        url,
        _ in
        DeskCourier(call: call) { url }
    }

    static let token = OutboundWire(
        name: "token",
        answers: [
            json(#"{"access_token":"abc.def","expires_in":3600,"token_type":"Bearer","scope":"a b"}"#)[0],
            json(#"{"access_token":"abc","expires_in":"3600"}"#)[0],
            json(#"{"error":"invalid_client"}"#, status: "401 No")[0],
        ]
    ) { call, url in
        let statuses = Statuses()
        let asked = ClientCredentials(tokenURL: url, clientID: "us", clientSecret: "secret", scope: nil, time: .real) {
            request in
            let answer = await call.send(request)
            await statuses.note(try? answer.get().status)
            return answer
        }
        let isTaken = (try? await asked.authorization().get()) != nil
        return Attempt(status: await statuses.last, isTaken: isTaken)
    }

    static let keys = OutboundWire(
        name: "JWKS",
        answers: [
            json(
                """
                {"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig","alg":"ES256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
                "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"RSA","kid":"2","n":"AQAB","e":"AQAB"}]}
                """
            )[0]
        ]
    ) { call, url in
        let fetch = OutsideIssuer.url(url, call)
        guard let body = try? await fetch(), let keys = try? await JWKSet(json: body) else {
            return Attempt(status: nil, isTaken: false)
        }
        for key in Array(keys.named.values) + (keys.only.map { [$0] } ?? []) {
            _ = await key.signed("e30.e30.c2lnbmF0dXJl")
        }
        return Attempt(status: 200, isTaken: true)
    }

    static let objects = OutboundWire(
        name: "S3",
        answers: [
            Array("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\nETag: \"x\"\r\n\r\n".utf8),
            Array("HTTP/1.1 404 None\r\n\r\n".utf8),
            Array("HTTP/1.1 503 Slow Down\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n".utf8),
        ]
    ) { call, url in
        let store = S3ObjectStore(
            .init(endpoint: url, region: "north", name: "photos"),
            credentials: .init(accessKeyID: "k", secretAccessKey: "s"),
            call: call,
            realNow: { .now }
        )
        guard let path = ObjectPath("a.jpg", in: "photos") else { return Attempt(status: nil, isTaken: false) }
        switch await store.look(for: path) {
        case .present(let bytes): return Attempt(status: bytes >= 0 ? 200 : 0, isTaken: true)
        case .absent, .unreachable, .refused: return Attempt(status: nil, isTaken: false)
        }
    }

    // MARK: - Answers

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

    static let receipts = {
        let body = """
            <receivedNotifyFaultReportUpdate><header><messageId>m</messageId><buyerIdentifier>B</buyerIdentifier></header>\
            <responseCode>200</responseCode></receivedNotifyFaultReportUpdate>
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
    }()

    // MARK: - Calls

    private actor Statuses {
        var last: Int?

        func note(_ status: Int?) { last = status }
    }

    /// With a token that nobody has to be asked for.
    private static func access(_ call: OutboundCall, _ url: String) -> ClientCredentials {
        ClientCredentials(tokenURL: "\(url)/token", clientID: "us", clientSecret: "secret", scope: nil, time: .real) {
            request in
            guard request.url.hasSuffix("/token") else { return await call.send(request) }
            return .success(
                OutboundResponse(status: 200, body: Array(#"{"access_token":"abc","expires_in":3600}"#.utf8))
            )
        }
    }

    private static func courier(
        _ name: String,
        _ answers: [[UInt8]],
        _ message: Message,
        to recipient: Recipient,
        about kind: Kind,
        _ make: @escaping @Sendable (OutboundCall, _ url: String, Directory) -> any Courier
    ) -> OutboundWire {
        OutboundWire(name: name, answers: answers) { call, url in
            await attempt(make(call, url, directory(url)), message, to: recipient, about: kind)
        }
    }

    static func attempt(
        _ courier: any Courier,
        _ message: Message,
        to recipient: Recipient,
        about kind: Kind
    ) async -> Attempt {
        let entity = EntityRef(kind: kind, number: 1)
        let content = NewOutboxRow(
            recipient: recipient,
            root: entity,
            entity: entity,
            messageID: "00000000-0000-7000-8000-000000000001",
            message: message,
            contentType: "application/json",
            body: Array(#"{"tenant":"TENANT1"}"#.utf8),
            conversation: "conversation-1",
            created: .now
        )
        let row = OutboxRow(number: 1, content: content, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil)
        let delivered = await courier.carry(Parcel(row: row, attempt: 1, firstAttempt: .now, now: .now))
        guard case .delivered = delivered.outcome else { return Attempt(status: delivered.status, isTaken: false) }
        return Attempt(status: delivered.status, isTaken: true)
    }

    private static func directory(_ url: String) -> Directory {
        let endpoint = Endpoint(url: url)
        let access = MutualTLSTerms(certificateFingerprints: [], sources: [])
        let roles: [Party.Role] = [
            .tenant(
                id: "TENANT1",
                terms: TenantTerms(clients: [], updates: endpoint, suppliers: [], buyerIdentifier: "B")
            ),
            .customer(id: "GATEWAY", terms: CustomerTerms(clients: [], updates: endpoint)),
            .buyer(id: "HARBOUR", terms: BuyerTerms(access: access, buyerIdentifiers: ["B"], notifications: endpoint)),
            .partner(id: "NORTHERN", terms: PartnerTerms(access: access, endpoint: endpoint)),
            .dispatcher(id: "OPERATOR1", terms: DispatcherTerms(access: access, endpoint: endpoint)),
        ]
        return Directory(roles.enumerated().map { Party(id: ID(Int64($0.offset) + 1), role: $0.element, at: .now) })
    }
}
