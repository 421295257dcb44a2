import Adapters
import Domain
import Engine
import Formats
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

@testable import patchbay

/// Suppliers that no gateway would want, each wrong in its own way.
enum BadSupplier: CaseIterable {
    /// Says yes to everything, whatever it was, and tells nonsense.
    case agreeing
    /// Says no to everything, and tells nothing.
    case refusing
    /// Takes everything, with another answer each time, and tells of other people's orders.
    case muddled
    /// Takes everything for later and decides nothing, tells of what was ended, and knows other tenants by name.
    case talkative
    /// Offers nothing.
    case idle

    /// What it is found to be, by an examination that waits for nothing.
    func examined() async throws -> [SupplierFinding] {
        let quiet = Logger(label: "bad-supplier", factory: { _ in SwiftLogNoOpLogHandler() })
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: quiet)
        let gateway = Gateway()
        let listener = PlainListener(
            ListenerConfiguration(name: "bad-supplier", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: quiet
        )
        let answers = Count()
        for method in [HTTPRequest.Method.get, .post, .delete, .patch] {
            listener.router.on("**", method: method) { request, _ in
                let body = try await RequestBody.collect(request)
                let number = await answers.next()
                let answer = answer(to: request, number)
                if request.method == .post, request.uri.path != "/token" {
                    for update in updates(on: body, number) { _ = await call.send(await gateway.letter(update)) }
                }
                return answer
            }
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let service = ServiceGroup(services: [listener.application { port.yield($0) }], logger: quiet)
        let serving = Task { try await service.run() }
        let base = "http://127.0.0.1:\(await ports.first { _ in true } ?? 0)"
        let check = SupplierCheck(
            baseURL: base,
            tokenURL: base + "/token",
            clientID: "gateway",
            clientSecret: "secret",
            samples: SupplierSamples(
                address: .init(id: "10090000001", type: "UPRN"),
                unservedAddress: .init(id: "10099999999", type: "UPRN"),
                product: "ftthl2r",
                service: "S1000001",
                tenant: "TENANT1"
            ),
            addresses: AddressPolicy(.loopbackOnly),
            time: .real,
            momentsMax: 1,
            moment: {}
        )
        guard let loopback = ListenAddress("127.0.0.1:0") else { return [] }
        let findings = try await check.run(
            listeningOn: loopback,
            opened: { await gateway.moved(to: $0) },
            found: { _ in }
        )
        await service.triggerGracefulShutdown()
        try await serving.value
        await call.shutdown()
        return findings
    }

    private func answer(to request: Request, _ number: Int) -> ByteResponse {
        switch self {
        case .refusing: Self.json(404, #"{"messages":["No \#(number)."]}"#)
        case _ where request.uri.path == "/token":
            Self.json(200, #"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#)
        case .agreeing: Self.json(200, "{}")
        case .idle: Self.json(501, #"{"messages":["No."]}"#)
        case .muddled where request.uri.path.hasSuffix("ments") && request.uri.path != "/appointments",
            .muddled where request.uri.path.hasSuffix("cancellations"):
            Self.json(200, Self.muddle(number))
        case .muddled: Self.json(201, Self.muddle(number))
        case .talkative where request.headers[.tenant] == "TENANT1-OTHER":
            Self.json(403, #"{"messages":["That is another tenant's."]}"#)
        case .talkative: Self.json(202, Self.muddle(1))
        }
    }

    private static func json(_ status: Int, _ body: String) -> ByteResponse {
        ByteResponse(status: .init(code: status), bytes: Array(body.utf8))
    }

    /// A reference, a slot and an expiry that are as good as any, and another each time.
    private static func muddle(_ number: Int) -> String {
        """
        {"supplierReference":"M\(number)","supplierOrderReference":"M\(number)","status":"ACKNOWLEDGED",
         "expiryDateTime":"2999-01-01T00:00:00Z","result":{"outcome":"PURPLE"},"timeslot":
         {"timeslotStartDateTime":"2998-01-01T08:00:00Z","timeslotEndDateTime":"2998-01-01T13:00:00Z"},"timeslots":[
         {"timeslotStartDateTime":"2998-01-01T08:00:00Z","timeslotEndDateTime":"2998-01-01T13:00:00Z"}]}
        """
    }

    /// What it tells when it is sent something.
    private func updates(on body: [UInt8], _ number: Int) -> [String] {
        let order = (try? JSONDocument(parsing: body))?.root["id"]?.integer ?? 0
        return switch self {
        case .refusing, .idle: []
        case .agreeing: [#"{"reasonCode":"PERHAPS"}"#]
        case .muddled: [Self.update("COMMITTED", number: number, about: 7, of: "SOMEBODY")]
        case .talkative:
            ["CANCELLED", "COMPLETED"].map { Self.update($0, number: number, about: order, of: "TENANT1") }
        }
    }

    private static func update(_ reason: String, number: Int, about order: Int64, of tenant: String) -> String {
        """
        {"id":"00000000-0000-4000-8000-\(String(format: "%012d", number))","sequenceNumber":9,
         "issuedOn":"2026-03-02T09:00:00Z","reasonCode":"\(reason)",
         "provideServiceOrder":{"id":\(order),"tenant":"\(tenant)"}}
        """
    }
}

/// Where updates go, once it is known.
private actor Gateway {
    private var base = ""

    func moved(to base: String) { self.base = base }

    func letter(_ update: String) -> OutboundRequest {
        OutboundRequest(
            url: base + "/kcis",
            headers: [("Content-Type", "application/json")],
            body: Array(update.utf8)
        )
    }
}

private actor Count {
    private var last = 0

    func next() -> Int {
        last += 1
        return last
    }
}
