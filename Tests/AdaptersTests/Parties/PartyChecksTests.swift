import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOSSL
import Storage
import Testing
import X509

@testable import Adapters

/// Staff's PUT of any party says at once what is wrong with its certificates (issue 15, §3.5).
@Suite struct PartyChecksTests {
    enum Party: String, CaseIterable, Sendable {
        case buyer = "buyers/harbour"
        case partner = "partners/northern"
        case client = "clients/app/restrictions"

        func body(_ pem: String) -> String {
            let certificates = #""certificates":["\#(pem.replacing("\n", with: "\\n"))"],"sources":["192.0.2.0/24"]"#
            switch self {
            case .buyer: return #"{"buyerIdentifiers":["H"],\#(certificates),"notifications":"https://buyer.invalid"}"#
            case .partner:
                return #"{\#(certificates),"endpoints":["https://one.invalid"],"coverage":{"postcodes":["QQ"]}}"#
            case .client: return "{\(certificates)}"
            }
        }
    }

    struct Case: Sendable {
        var key = MadeCertificate.Key.p256
        var usages: [ExtendedKeyUsage.Usage] = [.clientAuth]
        var days: ClosedRange<Double> = -1...365
        var isOurs = true
        /// Whether it is refused; else it is a warning, or nothing.
        var isRefused = false
        var words: String?
    }

    static let cases = [
        Case(days: -30...(-1), words: "has expired on"), Case(days: 1...30, words: "is not valid before"),
        Case(usages: [.serverAuth], isRefused: true, words: "clientAuth"),
        Case(key: .ed25519, isRefused: true, words: "Ed25519"), Case(key: .p521, isRefused: true, words: "P-521"),
        Case(isOurs: false, words: "no authority that the listener takes certificates of"), Case(),
    ]

    @Test(arguments: Party.allCases, cases)
    func `each is refused or warned of, at its place`(party: Party, given: Case) async throws {
        let made = try MadeCertificate(key: given.key, usages: given.usages, days: given.days)
        let authority = given.isOurs ? made.authority : try MadeCertificate().authority
        let checks = PartyChecks(
            addresses: nil,
            authorities: try ClientChain(authorities: [NIOSSLCertificate(bytes: Array(authority.utf8), format: .pem)]),
            realTime: .real
        )

        let answer = try await Self.put(party.rawValue, party.body(made.pem), checks)
        let list = answer.json[given.isRefused ? "errors" : "warnings"] as? [[String: String]] ?? []

        #expect(given.isRefused ? answer.status == 400 : [200, 201].contains(answer.status), "\(answer.json)")
        #expect(list.count == (given.words == nil ? 0 : 1), "\(answer.json)")
        #expect(list.first?["pointer"] == (given.words == nil ? nil : "/certificates/0"))
        #expect(given.words.map { list.first?["message"]?.contains($0) == true } ?? true, "\(list)")
    }

    private static func put(_ path: String, _ body: String, _ checks: PartyChecks) async throws
        -> (status: Int, json: [String: Any])
    {
        let exchange = Exchange(store: try SQLiteStore(.temporary), time: .real, ids: .system, directory: Directory()) {
            _,
            _,
            _,
            _ in .json([])
        }
        let client = APIClient(clientID: "app", secretHashes: [], scopes: ["tenant.all.all"])
        let terms = TenantTerms(clients: [client], suppliers: ["CITY"], buyerIdentifier: "B")
        try await exchange.register(.tenant(id: "TENANT1", terms: terms))
        let router = Router(context: BasicRequestContext.self)
        let staff = router.group("operator/v1")
        Buyers(exchange: exchange, checks: checks).add(to: staff) { _ in "desk" }
        Partners(exchange: exchange, checks: checks).add(to: staff) { _ in "desk" }
        Clients(exchange: exchange, checks: checks).add(to: staff) { _ in "desk" }
        let answer = try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/operator/v1/\(path)",
                method: .put,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            ) { (status: $0.status.code, text: String(buffer: $0.body)) }
        }
        let json = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
        return (answer.status, json ?? [:])
    }
}
