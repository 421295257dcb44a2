import Adapters
import ArgumentParser
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Logging

/// A tenant's calls to a gateway, each with a token and a request id of its own.
struct GatewayClient {
    let address: GatewayAddress
    private let call: OutboundCall
    private let credentials: ClientCredentials
    private let conversation: String

    private init(_ address: GatewayAddress, conversation: String?) throws {
        self.address = address
        // Whoever types an address means it: their own network as well as the internet.
        let everywhere = ["0.0.0.0/0", "::/0"].compactMap { AddressRange($0) }
        call = try OutboundCall(
            policy: AddressPolicy(.publicAnd(allowed: everywhere)),
            limits: .init(deadline: .seconds(30)),
            logger: Logger(label: "tenant", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        credentials = ClientCredentials(
            tokenURL: address.tokenURL,
            clientID: address.client,
            clientSecret: address.secret,
            call: call,
            time: .real
        )
        self.conversation = conversation ?? "patchbay-\(Self.newID())"
    }

    /// Runs a command against its gateway. Whatever goes wrong is said at standard error, and ends with a code that says
    /// whose it is.
    static func run(_ options: TenantOptions, _ body: (GatewayClient) async throws -> Void) async throws {
        do {
            let address = try GatewayAddress(options, environment: ProcessEnvironment.all)
            let client = try GatewayClient(address, conversation: options.conversation)
            do {
                try await body(client)
            } catch {
                await client.call.shutdown()
                throw error
            }
            await client.call.shutdown()
        } catch let failure as TenantFailure {
            if options.json, !failure.answer.isEmpty {
                TerminalText.say(String(decoding: failure.answer, as: UTF8.self))
            }
            TerminalText.complain("patchbay tenant: \(failure.text)")
            throw ExitCode(failure.exitCode)
        }
    }

    func get(_ path: String, _ query: [(String, String?)] = []) async throws -> GatewayReply {
        let given = query.compactMap { name, value in value.map { "\(name)=\(PercentText.encode($0))" } }
        return try await send(.get, given.isEmpty ? path : "\(path)?\(given.joined(separator: "&"))")
    }

    func post(_ path: String, _ body: [UInt8]) async throws -> GatewayReply { try await send(.post, path, body) }

    func patch(_ path: String, _ body: [UInt8]) async throws -> GatewayReply { try await send(.patch, path, body) }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []) async throws -> GatewayReply {
        var headers: [(name: String, value: String)] = [
            ("X-Request-ID", Self.newID()), ("X-Conversation-ID", conversation), ("Accept", "application/json"),
        ]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let request = OutboundRequest(
            method: method,
            url: HTTPURL.join(address.url, path),
            headers: headers,
            body: body
        )
        let name = "\(method.rawValue) \(path.prefix { $0 != "?" })"
        switch await credentials.send(request) {
        case .failure(let failure):
            throw TenantFailure.unasked("\(name) got no answer from \(address.url): \(failure.text).")
        case .success(let response):
            guard (200..<300).contains(response.status) else {
                throw TenantFailure(answer: response.status, response.body, to: name)
            }
            let bytes = response.body.isEmpty ? Array("{}".utf8) : response.body
            guard let document = try? JSONDocument(parsing: bytes) else {
                throw TenantFailure.refused("\(name) was answered \(response.status) with what is no JSON.")
            }
            return GatewayReply(bytes: bytes, root: document.root)
        }
    }

    private static func newID() -> String { IDSource.system.messageID(at: TimeSource.real.now()).rawValue }
}

/// What a gateway answered: as it came, and as it is read.
struct GatewayReply {
    let bytes: [UInt8]
    let root: JSONValue
}
