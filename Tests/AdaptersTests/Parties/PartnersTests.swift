import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage
import Testing

@testable import Adapters

/// Partners are configuration, and a change of it is in force at once (I-001, I-002).
@Suite struct PartnersTests {
    @Test func `a partner that was registered is known by its certificates, endpoints and work at once`() async throws {
        try await withPartners { client, exchange in
            let reply = try await put(client, "northern", Self.northern())

            #expect(reply.status == 201)
            let terms = try #require(exchange.directory.partner("northern"))
            #expect(terms.endpoints.map(\.url) == ["https://one.invalid/jobs", "https://two.invalid/jobs"])
            #expect(terms.endpointChoice == .roundRobin)
            #expect(terms.covers(uprn: nil, postcode: "QQ1 2AB") && !terms.covers(uprn: 5, postcode: "ZZ1 1AA"))
            #expect(terms.covers(uprn: 10_090_000_500, postcode: nil))
            #expect(terms.jobsPerDayMax == 40)
            #expect(terms.profile?.acknowledgement == .jsonrpc && terms.profile?.isStrict == true)
            #expect(terms.profile?.fsan?.matches("AB12") == true)
            #expect(terms.access.expiries?.count == 1)
            guard case .partner("northern", _)? = exchange.directory.party(fingerprint: BuyersTests.fingerprint) else {
                Issue.record("the certificate is not known")
                return
            }
        }
    }

    @Test func `registering again replaces; what is read is what was written; the list has all`() async throws {
        try await withPartners { client, exchange in
            _ = try await put(client, "northern", Self.northern())
            let again = try await put(client, "northern", Self.northern(more: #","jobsPerDay":0"#))
            let read = try await execute(client, .get, "/northern")
            let list = try await execute(client, .get, "")

            #expect(again.status == 200)
            #expect(read.body == again.body)
            #expect(list.body == #"{"partners":["# + read.body + "]}")
            #expect(exchange.directory.partner("northern")?.jobsPerDayMax == 0)
        }
    }

    @Test func `everything that is wrong is named, and nothing is registered`() async throws {
        try await withPartners { client, exchange in
            let reply = try await put(
                client,
                "northern",
                """
                {"certificates":["no certificate"],"sources":["192.0.2.0/33"],"endpoints":["ftp://one.invalid"],
                "endpointChoice":"best","coverage":{"postcodes":["qq"],"addresses":[{"first":9,"last":3}],"y":1},
                "jobsPerDay":-1,"profile":{"acknowledgement":"none","fsan":"(A|B)*","z":1},"x":1}
                """
            )

            #expect(reply.status == 400)
            for name in [
                "/certificates", "/sources", "/endpoints/0", "/endpointChoice", "/coverage/postcodes",
                "/coverage/addresses/0/last", "/coverage/y", "/jobsPerDay", "/profile/acknowledgement", "/profile/fsan",
                "/profile/z", "/x",
            ] {
                #expect(reply.body.contains(#""pointer":"\#(name)""#), "\(name) in \(reply.body)")
            }
            #expect(exchange.directory.partner("northern") == nil)
        }
    }

    @Test func `a certificate is one party's, be it a buyer or a partner`() async throws {
        try await withPartners { client, exchange in
            _ = try await put(client, "northern", Self.northern())
            let body = Self.northern()

            let other = try await put(client, "southern", body)
            let buyer = try await client.execute(
                uri: "/operator/v1/buyers/harbour",
                method: .put,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: BuyersTests.harbour())
            ) { $0.status.code }

            #expect(other.status == 409)
            #expect(buyer == 409)
            #expect(exchange.directory.partner("southern") == nil)
        }
    }

    @Test func `an absent partner is not found`() async throws {
        try await withPartners { client, _ in
            let reply = try await execute(client, .get, "/northern")
            #expect(reply.status == 404)
        }
    }

    @Test func `of a partner's certificate that runs out somebody is warned as of a buyer's`() {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        let access = MutualTLSTerms(
            certificateFingerprints: ["aa", "bb"],
            sources: [],
            expiries: ["aa": start + 13 * 86_400, "bb": start + 400 * 86_400]
        )
        let partner = Party.Role.partner(id: "northern", terms: PartnerTerms(access: access))
        let watch = CertificateWatch(
            directory: Directory([Party(id: ID(1), role: partner, at: start)]),
            time: VirtualClock(startingAt: start).source,
            logger: Logger(label: "test")
        )

        #expect(watch.look() == [.init(party: "partner/northern", fingerprint: "aa", days: 13)])
    }
}

extension PartnersTests {
    private static func northern(more: String = #","jobsPerDay":40"#) -> String {
        let pem = BuyersTests.pem.replacingOccurrences(of: "\n", with: "\\n")
        return """
            {"certificates":["\(pem)"],"sources":["192.0.2.0/24","2001:db8::/32"],
            "endpoints":["https://one.invalid/jobs","https://two.invalid/jobs"],"endpointChoice":"round-robin",
            "coverage":{"postcodes":["QQ"],"addresses":[{"first":10090000001,"last":10090001000}]},
            "profile":{"acknowledgement":"jsonrpc","strict":true,"fsan":"^[A-Z]{2}[0-9]{2}$"}\(more)}
            """
    }

    private func withPartners(
        _ body: @escaping @Sendable (any TestClientProtocol, Exchange) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.temporary)
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let router = Router(context: BasicRequestContext.self)
        Partners(exchange: exchange).add(to: router.group("operator/v1")) { _ in "desk" }
        Buyers(exchange: exchange).add(to: router.group("operator/v1")) { _ in "desk" }
        try await Application(router: router).test(.router) { try await body($0, exchange) }
        try await store.close()
    }

    private func put(_ client: any TestClientProtocol, _ id: String, _ body: String) async throws -> BuyersTests.Reply {
        try await execute(client, .put, "/\(id)", body)
    }

    private func execute(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil
    ) async throws -> BuyersTests.Reply {
        try await client.execute(
            uri: "/operator/v1/partners\(path)",
            method: method,
            headers: [.contentType: "application/json"],
            body: body.map { ByteBuffer(string: $0) }
        ) { BuyersTests.Reply(status: $0.status.code, body: String(buffer: $0.body)) }
    }
}
