import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Adapters

/// Whatever staff set is refused with words, or is good for use: nothing that was taken ends the process later.
///
/// `PATCHBAY_SEED` names another seed, `PATCHBAY_CASES` how many documents each is tried with.
@Suite(.serialized) struct HostileConfigurationTests {
    private static let seed = ProcessInfo.processInfo.environment["PATCHBAY_SEED"].flatMap(UInt64.init) ?? 15
    private static let cases = ProcessInfo.processInfo.environment["PATCHBAY_CASES"].flatMap(Int.init) ?? 250

    private static let certificate = BuyersTests.pem.replacingOccurrences(of: "\n", with: "\\n")

    @Test(.timeLimit(.minutes(5)))
    func `a buyer with hostile values is refused in words, or can be told`() async throws {
        let document = """
            {"buyerIdentifiers":["HARBOUR1"],"certificates":["\(Self.certificate)"],"sources":["192.0.2.0/24","2001:db8::/32"],
            "notifications":"http://127.0.0.1:1/told","profile":{"envelope":true,"brokenXmlStatus":400,"appointmentStyle":"single",
            "strict":true}}
            """
        try await Self.with { bench in
            try await bench.tryAll("buyers/harbour", document) { call in
                guard let terms = bench.exchange.directory.buyer("harbour") else { return false }
                bench.use(terms.access)
                let courier = BuyerCourier(directory: bench.exchange.directory, call: call)
                let message = Message.faultNotification(FaultNotification(change: .accepted, status: .open, updates: 0))
                return await OutboundWire.attempt(courier, message, to: .buyer(id: "harbour"), about: .faultReport)
                    .isTaken
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a partner with hostile values is refused in words, or can be sent jobs`() async throws {
        let document = """
            {"certificates":["\(Self.certificate)"],"sources":["192.0.2.0/24"],
            "endpoints":["http://127.0.0.1:1/jobs","https://two.invalid/jobs"],"endpointChoice":"round-robin","bucket":"photos",
            "coverage":{"postcodes":["QQ"],"addresses":[{"first":10090000001,"last":10090001000}]},"jobsPerDay":40,
            "profile":{"acknowledgement":"jsonrpc","strict":true,"fsan":"^[A-Z]{2}[0-9]{2}$","requiresSecondary":true,"methodInBody":false}}
            """
        try await Self.with { bench in
            try await bench.tryAll("partners/northern", document) { call in
                guard let terms = bench.exchange.directory.partner("northern") else { return false }
                bench.use(terms.access)
                for uprn in [nil, 0, 10_090_000_500, Int64.max] { _ = terms.covers(uprn: uprn, postcode: "QQ1 2AB") }
                for text in ["", "AB12", String(repeating: "A", count: 5_000)] {
                    _ = terms.profile?.fsan?.matches(text)
                }
                for job in [0, 1, Int64.max, .min] { _ = terms.endpoints(for: job) }
                _ = terms.bucket.map { ObjectPath("a/b.jpg", in: $0) }
                let courier = PartnerCourier(directory: bench.exchange.directory, call: call)
                let message = Message.jobCreated(placing: 1)
                return await OutboundWire.attempt(
                    courier,
                    message,
                    to: .partner(id: "northern"),
                    about: .installationJob
                ).isTaken
            }
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            #"{"type":"oauth2","tokenUrl":"http://127.0.0.1:1/t","clientId":"us","clientSecret":"s3cret","scope":"kcis"}"#,
            #"{"type":"basic","user":"us","password":"s3cret"}"#, #"{"type":"mutual-tls"}"#,
        ]
    )
    func `a tenant's updates with hostile values are refused in words, or can be sent`(access: String) async throws {
        let document = #"{"url":"http://127.0.0.1:1/u?tenant=1","access":\#(access)}"#
        try await Self.with { bench in
            try await bench.tryAll("tenants/TENANT1/updates", document) { call in
                let line = TenantLine(
                    secrets: Bench.box,
                    time: .real,
                    plain: { await call.send($0) },
                    withCertificate: { await call.send($0) }
                )
                let courier = TenantCourier(
                    directory: bench.exchange.directory,
                    line: line,
                    breaker: CircuitBreaker(time: .real),
                    houseKey: nil,
                    missed: { _ in [] }
                )
                let message = Message.kci(KCI(sequence: 1, content: .error(code: "X", messages: [])))
                return await OutboundWire.attempt(courier, message, to: .tenant(id: "TENANT1"), about: .serviceOrder)
                    .isTaken
            }
        }
    }

    private static func with(_ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
        let store = try SQLiteStore(.temporary)
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let terms = TenantTerms(clients: [], suppliers: [], buyerIdentifier: "BUYER1")
        try await exchange.register(.tenant(id: "TENANT1", terms: terms))
        let router = Router(context: BasicRequestContext.self)
        let staff = router.group("operator/v1")
        Partners(exchange: exchange).add(to: staff) { _ in "desk" }
        Buyers(exchange: exchange).add(to: staff) { _ in "desk" }
        TenantUpdatesTerms(exchange: exchange, secrets: Bench.box).add(to: staff) { _ in "desk" }
        try await Application(router: router).test(.router) { try await body(Bench(client: $0, exchange: exchange)) }
        try await store.close()
    }

    private struct Bench: Sendable {
        static let box = SecretBox(key: [UInt8](repeating: 7, count: SecretBox.keyBytes))

        let client: any TestClientProtocol
        let exchange: Exchange

        /// Puts the document, and then mutations of it; what is taken is read and used.
        ///
        /// - Parameter use: sends to it; nobody listens there, so nothing is taken.
        func tryAll(_ path: String, _ document: String, _ use: (OutboundCall) async -> Bool) async throws {
            var chance = SeededBytes(seed: HostileConfigurationTests.seed)
            try await HostileAnswerTests.calling { call in
                #expect([200, 201].contains(try await status(.put, path, document)), "the document itself is good")
                var taken = 0
                for number in 0..<HostileConfigurationTests.cases {
                    let hostile = try HostileJSON.mutated(document, &chance)
                    let status = try await status(.put, path, hostile)
                    let place = "document \(number) of seed \(HostileConfigurationTests.seed): \(hostile)"
                    #expect([200, 201, 400].contains(status), "\(status) for \(place)")
                    guard status < 300 else { continue }
                    taken += 1
                    #expect(try await self.status(.get, path, nil) == 200, "\(place)")
                    #expect(await !use(call), "nobody is there to take it: \(place)")
                }
                #expect(taken > 0, "some of them are good for use")
            }
        }

        /// As each handshake and each hour does.
        func use(_ access: MutualTLSTerms) {
            let address = try? SocketAddress(ipAddress: "192.0.2.7", port: 1)
            for range in access.sources.compactMap({ AddressRange($0) }) { _ = address.map { range.contains($0) } }
            _ = CertificateWatch(
                directory: exchange.directory,
                time: .real,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).look()
        }

        private func status(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws -> Int {
            try await client.execute(
                uri: "/operator/v1/\(path)",
                method: method,
                headers: [.contentType: "application/json"],
                body: body.map { ByteBuffer(string: $0) }
            ) { $0.status.code }
        }
    }
}
