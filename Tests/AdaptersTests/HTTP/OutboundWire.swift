import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

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
        tenantUpdates, supplierUpdates, notification, ticketing, visits, createJob, report, native, slots, desk, token,
        keys,
        objects,
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
        ticketReceipts,
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
        guard let exchange = engine(url) else { return Attempt(status: nil, isTaken: false) }
        let supplier = NativeSupplier(supplier: "CITY", baseURL: url, access: access(call, url), exchange: exchange)
        return await attempt(supplier, .orderPlaced, to: .supplier(id: "CITY"), about: .serviceOrder)
    }

    static let slots = OutboundWire(name: "supplier, native, slots", answers: timeslots) { call, url in
        guard let exchange = engine(url) else { return Attempt(status: nil, isTaken: false) }
        let supplier = NativeSupplier(supplier: "CITY", baseURL: url, access: access(call, url), exchange: exchange)
        return Attempt(status: 200, isTaken: (try? await supplier.slots(slotsQuestion(.provide))) != nil)
    }

    static let visits = OutboundWire(name: "ticketing, repair visits", answers: visitAnswers) { call, url in
        guard let exchange = engine(url) else { return Attempt(status: nil, isTaken: false) }
        let supplier = RepairAppointments(baseURL: url, call: call, exchange: exchange)
        return Attempt(status: 200, isTaken: (try? await supplier.slots(slotsQuestion(.repair))) != nil)
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

    // MARK: - Calls

    private actor Statuses {
        var last: Int?

        func note(_ status: Int?) { last = status }
    }

    private static func engine(_ url: String) -> Exchange? {
        guard let store = try? SQLiteStore(.temporary) else { return nil }
        return Exchange(store: store, time: .real, ids: .system, directory: directory(url)) { _, _, _, _ in .json([]) }
    }

    private static func slotsQuestion(_ purpose: AppointmentPurpose) -> SlotsQuestion {
        SlotsQuestion(
            asker: Asker(tenant: "TENANT1", conversation: "conversation-1", requestID: "c-q-1"),
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            specification: ServiceSpecification(id: "ftthl2r"),
            purpose: purpose,
            service: nil,
            from: nil
        )
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
