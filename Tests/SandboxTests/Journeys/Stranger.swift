import AsyncHTTPClient
import Formats
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// A client on the wire that knows only what `sandbox.json` tells. It takes every answer as it comes.
struct Stranger: Sendable {
    struct Answer {
        let status: UInt
        let headers: HTTPHeaders
        let text: String
        let json: JSONValue
    }

    enum Method: String { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

    let file: JSONDocument
    /// The process's own, which nobody has to shut down, also where a test throws.
    private let plain = HTTPClient.shared

    init(readingFrom directory: String) throws {
        file = try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: directory + "/sandbox.json"))))
    }

    func text(_ section: String, _ key: String) -> String { file.root[section]?[key]?.string ?? "" }

    // MARK: Over the plain listener

    func token(of section: String = "tenant") async throws -> String {
        let form =
            "grant_type=client_credentials&client_id=\(text(section, "clientId"))"
            + "&client_secret=\(text(section, "clientSecret"))"
        let answer = try await Self.send(
            plain,
            .post,
            text(section, "tokenURL"),
            ["Content-Type": "application/x-www-form-urlencoded"],
            form
        )
        return answer.json["access_token"]?.string ?? ""
    }

    /// Calls a JSON interface of `sandbox.json`; with a fresh token, unless one is given.
    func tenant(
        _ method: Method,
        _ path: String,
        _ body: String? = nil,
        as section: String = "tenant",
        token: String? = nil
    ) async throws -> Answer {
        var bearer = token ?? ""
        if token == nil { bearer = try await self.token(of: section) }
        var headers: HTTPHeaders = [
            "X-Request-ID": UUID().uuidString, "X-Conversation-ID": "stranger-\(UUID().uuidString)",
            "Content-Type": "application/json",
        ]
        if !bearer.isEmpty { headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        return try await Self.send(plain, method, text(section, "baseURL") + path, headers, body)
    }

    func control(_ method: Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let headers: HTTPHeaders = ["Authorization": "Bearer " + text("control", "token")]
        return try await Self.send(plain, method, text("control", "baseURL") + path, headers, body)
    }

    /// Without a word about who asks.
    func open(_ method: Method, _ url: String) async throws -> Answer {
        try await Self.send(plain, method, url, [:], nil)
    }

    /// The status alone, without any file that tells of a sandbox.
    static func status(of url: String) async throws -> UInt {
        try await send(HTTPClient.shared, .get, url, [:], nil).status
    }

    // MARK: Over mutual TLS

    /// - Parameters:
    ///   - section: whose address, and whose certificate unless another is given.
    ///   - identity: the certificate's and key's files; `nil` for none.
    func secure(
        _ section: String,
        _ path: String,
        _ body: String,
        identity: (certificate: String, key: String)?,
        from source: String = "127.0.0.1"
    ) async throws -> Answer {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(text(section, "ca"))
        if let identity {
            tls.certificateChain = try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.localAddress = source
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let type = section == "installer" ? "application/json" : "text/xml"
            let answer = try await Self.send(
                client,
                .post,
                text(section, "baseURL") + path,
                ["Content-Type": type],
                body
            )
            try await client.shutdown()
            return answer
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// With the certificate that `sandbox.json` names.
    func secure(_ section: String, _ path: String, _ body: String) async throws -> Answer {
        try await secure(section, path, body, identity: (text(section, "certificate"), text(section, "key")))
    }

    // MARK: -

    private static func send(
        _ client: HTTPClient,
        _ method: Method,
        _ url: String,
        _ headers: HTTPHeaders,
        _ body: String?
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method.rawValue)
        request.headers = headers
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await client.execute(request, timeout: .seconds(60))
        let text = String(buffer: try await answer.body.collect(upTo: 4 << 20))
        let json = try (try? JSONDocument(parsing: Array(text.utf8))) ?? JSONDocument(parsing: Array("{}".utf8))
        return Answer(status: answer.status.code, headers: answer.headers, text: text, json: json.root)
    }
}
