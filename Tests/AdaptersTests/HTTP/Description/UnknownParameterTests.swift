import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// Every operation of every REST contract says something of a parameter that it does not have, by one reader
/// (docs/protocols/tenant.md, What every operation has in common).
@Suite struct UnknownParameterTests {
    private static let tenant = PublishedDocument.named("tenant-api.json")?.operations ?? []
    private static let supplier = PublishedDocument.named("supplier-api.json")?.operations ?? []
    private static let updates = PublishedDocument.named("supplier-updates-api.json")?.operations ?? []
    private static let warning = "/colour is unknown and was ignored"

    @Test func `there are operations of all three documents`() {
        #expect(Self.tenant.count > 30 && Self.supplier.count > 15 && Self.updates.count == 1)
    }

    @Test(arguments: tenant)
    func `a tenant's is passed over with a warning, and a query that cannot be read is 400`(
        operation: PublishedDocument.Operation
    ) async throws {
        try await TenantBench.run { bench in
            let method = try #require(HTTPRequest.Method(operation.method.uppercased()))
            let without = try await bench.send(method, "/v1" + operation.target(""), operation.sentBody)
            let lenient = try await bench.send(method, "/v1" + operation.target("colour=red"), operation.sentBody)
            let unreadable = try await bench.send(method, "/v1" + operation.target("colour=%FF"), operation.sentBody)

            #expect(lenient.status == without.status, "\(lenient.body)")
            #expect(!lenient.pointers.contains("/colour"), "\(lenient.body)")
            #expect(lenient.headers[.gatewayWarning]?.contains(Self.warning) == (lenient.status < 300 ? true : nil))
            #expect(unreadable.status == 400, "\(unreadable.body)")
        }
    }

    @Test(arguments: tenant)
    func `a strict tenant's is refused with its name, and those of the document are known`(
        operation: PublishedDocument.Operation
    ) async throws {
        try await TenantBench.run(strict: true) { bench in
            let method = try #require(HTTPRequest.Method(operation.method.uppercased()))
            let names = operation.queryParameters.map { "\($0.name)=x" } + ["colour=red"]
            let target = "/v1" + operation.target(names.joined(separator: "&"))
            let answer = try await bench.send(method, target, operation.sentBody)
            let errors = (answer.json["errors"] as? [[String: Any]]) ?? []
            let unknown = errors.filter { ($0["message"] as? String)?.hasSuffix("is unknown") == true }

            #expect([400, 422].contains(answer.status), "\(answer.body)")
            #expect(unknown.compactMap { $0["pointer"] as? String } == ["/colour"], "\(answer.body)")
        }
    }

    @Test(arguments: supplier + updates)
    func `at the Supplier API and for its updates it is passed over with a warning, and logged`(
        operation: PublishedDocument.Operation
    ) async throws {
        try await SupplyBench.run { bench in
            let isUpdate = Self.updates.contains { $0.id == operation.id }
            let method = try #require(HTTPRequest.Method(operation.method.uppercased()))
            func send(_ query: String) async throws -> SupplyAnswer {
                try await bench.send(
                    method,
                    (isUpdate ? "/supplier/v1" : "/wholesale/v1") + operation.target(query),
                    operation.sentBody,
                    as: isUpdate ? "DUMMY_SUPPLIER" : "GATEWAY",
                    audience: isUpdate ? .supplierAPI : .wholesaleAPI
                )
            }
            let known = operation.queryParameters.compactMap { parameter in
                parameter.example.map { "\(parameter.name)=\(FormText.encode($0))" }
            }

            let lenient = try await send((known + ["colour=red"]).joined(separator: "&"))
            let unreadable = try await send("colour=%FF")
            let logged = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }

            #expect(lenient.status < 300 || [404, 422].contains(lenient.status), "\(lenient.body)")
            #expect(lenient.headers[.gatewayWarning] == (lenient.status < 300 ? Self.warning : nil))
            #expect(logged.first?.warnings.contains(Self.warning) == true, "\(logged)")
            #expect(unreadable.status == 400, "\(unreadable.body)")
        }
    }

    @Test func `an order's reader is warned too, with what is known of it by heart or not`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())
            _ = try await bench.get("/v1/service-orders/\(order.id)")

            let answer = try await bench.get("/v1/service-orders/\(order.id)?colour=red")

            #expect(answer.status == 200)
            #expect(answer.headers[.gatewayWarning] == Self.warning)
        }
    }

    @Test func `an API of staff refuses it everywhere, and names it`() async throws {
        let exchange = Exchange(store: try SQLiteStore(.temporary), time: .real, ids: .system, directory: Directory()) {
            _,
            _,
            _,
            _ in .json([])
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let router = Router(context: BasicRequestContext.self)
        let routes = router.group("operator/v1")
        Buyers(exchange: exchange).add(to: routes) { _ in "desk" }
        Partners(exchange: exchange).add(to: routes) { _ in "desk" }
        Clients(exchange: exchange).add(to: routes) { _ in "desk" }
        TenantUpdatesTerms(exchange: exchange, secrets: nil).add(to: routes) { _ in "desk" }
        Redactions(exchange: exchange, emptied: KCIRedaction.emptied).add(to: routes) { _ in "desk" }
        JobDesk(exchange: exchange, book: AppointmentBook(town: .samples)).add(to: routes) { _ in "desk" }
        NetworkDesk(exchange: exchange, files: try FileShelf(at: folder.path)).add(to: routes) { _ in "desk" }
        JobBook(exchange: exchange, data: try InstallationData()).addRoutes(to: router.group("partner/v1")) { _ in "me"
        }
        let all = router.routes.map { ($0.method, $0.path.description) }

        try await Application(router: router).test(.router) { client in
            for (method, path) in all {
                let parts = path.split(separator: "/").map { $0.contains(where: { ":{".contains($0) }) ? "1" : "\($0)" }
                let target = "/" + parts.joined(separator: "/") + "?colour=red"
                let answer = try await client.execute(uri: target, method: method) {
                    (status: $0.status.code, body: String(buffer: $0.body))
                }
                #expect(answer.status == 400, "\(method) \(path): \(answer.body)")
                #expect(answer.body.contains("colour is not a parameter"), "\(method) \(path): \(answer.body)")
            }
        }

        #expect(all.count > 25)
    }
}

extension PublishedDocument.Operation: CustomTestStringConvertible {
    var testDescription: String { id }

    /// In JSON as the contract has it.
    fileprivate var sentBody: String? { example }

    /// Those of the query, each with its example as it is sent.
    fileprivate var queryParameters: [(name: String, example: String?)] {
        parameters.filter { $0["in"] as? String == "query" }.compactMap { parameter in
            guard let name = parameter["name"] as? String else { return nil }
            let content = (parameter["content"] as? [String: [String: Any]])?["application/json"]
            return (name, parameter["example"] as? String ?? content?["example"].map { PublishedDocument.text(of: $0) })
        }
    }

    /// The path, with required parameters of the document's own, and more of the query.
    fileprivate func target(_ more: String) -> String {
        let required = parameters.filter { $0["in"] as? String == "query" && $0["required"] as? Bool == true }
            .compactMap { $0["name"] as? String }
        let own = queryParameters.filter { parameter in
            required.contains(parameter.name) && !more.contains("\(parameter.name)=")
        }
        let query = own.map { "\($0.name)=\(FormText.encode($0.example ?? ""))" } + [more]
        let example = parameters.first { $0["in"] as? String == "path" }?["example"] as? String ?? "1"
        return path.replacing("{id}", with: example) + "?" + query.joined(separator: "&")
    }
}
