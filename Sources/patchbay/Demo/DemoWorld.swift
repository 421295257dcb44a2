import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Logging

/// The demo's side of the wire: a tenant's client, and the sandbox's controls. It knows only what `sandbox.json` tells.
struct DemoWorld: Sendable {
    private let file: JSONDocument
    private let call: OutboundCall
    /// Asks for a token, and for another when a turned clock has made it expire.
    private let credentials: ClientCredentials
    /// Set by the first look at the clock: a virtual one is turned, a real one waited for.
    let isVirtual: Bool

    /// Waits for a sandbox that is still starting: its file appears once all its listeners accept.
    static func open(directory: String, waitingSeconds: Int) async throws -> DemoWorld {
        let path = directory + "/sandbox.json"
        var bytes: [UInt8]?
        for _ in 0...(waitingSeconds * 10) {
            bytes = (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) }
            if bytes != nil { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        guard let bytes else {
            throw DemoFailure("There is no \(path): start a sandbox first, with `patchbay sandbox --clock virtual`.")
        }
        let file = try JSONDocument(parsing: bytes)
        let call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(120)),
            logger: Logger(label: "demo", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        do {
            return try await DemoWorld(file: file, call: call)
        } catch {
            await call.shutdown()
            throw error
        }
    }

    private init(file: JSONDocument, call: OutboundCall) async throws {
        self.file = file
        self.call = call
        credentials = ClientCredentials(
            tokenURL: Self.text(file, "tenant", "tokenURL"),
            clientID: Self.text(file, "tenant", "clientId"),
            clientSecret: Self.text(file, "tenant", "clientSecret"),
            call: call,
            time: .real
        )
        let clock = try await Self.exchange(
            call,
            OutboundRequest(
                method: .get,
                url: Self.text(file, "control", "baseURL") + "/clock",
                headers: [("Authorization", "Bearer " + Self.text(file, "control", "token"))],
                body: []
            )
        )
        isVirtual = clock.root["mode"]?.string == "virtual"
    }

    func close() async { await call.shutdown() }

    /// A value of `sandbox.json`'s samples.
    func sample(_ keys: String...) -> JSONValue? {
        keys.reduce(file.root["samples"]) { $0?[$1] }
    }

    /// A word of `sandbox.json`: an address, or a credential.
    func told(_ section: String, _ key: String) -> String { Self.text(file, section, key) }

    // MARK: The tenant's calls

    /// Calls the Tenant API; anything but 2xx is a failure that shows the answer.
    func tenant(
        _ method: HTTPRequest.Method,
        _ path: String,
        conversation: String,
        requestID: String? = nil,
        body: [UInt8] = []
    ) async throws -> JSONDocument {
        let requestID = requestID ?? IDSource.system.messageID(at: TimeSource.real.now()).rawValue
        var headers: [(name: String, value: String)] = [
            ("X-Request-ID", requestID), ("X-Conversation-ID", conversation), ("Accept", "application/json"),
        ]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let url = Self.text(file, "tenant", "baseURL") + path
        let request = OutboundRequest(method: method, url: url, headers: headers, body: body)
        return try Self.document(await credentials.send(request), of: request)
    }

    // MARK: The sandbox's controls

    func control(_ method: HTTPRequest.Method, _ path: String, body: String = "") async throws -> JSONDocument {
        var headers: [(name: String, value: String)] = [
            ("Authorization", "Bearer " + Self.text(file, "control", "token"))
        ]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let url = Self.text(file, "control", "baseURL") + path
        return try await Self.exchange(
            call,
            OutboundRequest(method: method, url: url, headers: headers, body: Array(body.utf8))
        )
    }

    /// Lets everything that is due now happen.
    func settle(atMost timeout: Duration = .seconds(20)) async throws {
        let seconds = timeout.components.seconds
        let answer = try await control(.post, "/settle", body: #"{"timeout":"PT\#(seconds)S"}"#)
        guard answer.root["settled"]?.bool == true else {
            let waiting = answer.root["waitingFor"]?.elements.compactMap(\.string).joined(separator: ", ") ?? ""
            throw DemoFailure("The sandbox did not settle within \(seconds) s: \(waiting).")
        }
    }

    /// Turns the virtual clock on, or gives a real one the moment that its counterparts need.
    func advance(_ duration: String) async throws {
        guard isVirtual else {
            try await Task.sleep(for: .seconds(1))
            return try await settle()
        }
        _ = try await control(.post, "/clock", body: #"{"advance":"\#(duration)"}"#)
    }

    // MARK: -

    private static func text(_ file: JSONDocument, _ section: String, _ key: String) -> String {
        file.root[section]?[key]?.string ?? ""
    }

    private static func exchange(_ call: OutboundCall, _ request: OutboundRequest) async throws -> JSONDocument {
        try document(await call.send(request), of: request)
    }

    private static func document(
        _ answer: Result<OutboundResponse, OutboundFailure>,
        of request: OutboundRequest
    ) throws -> JSONDocument {
        switch answer {
        case .failure(let failure):
            throw DemoFailure("\(request.method.rawValue) \(request.url): \(failure.text)")
        case .success(let response):
            guard (200..<300).contains(response.status) else {
                let body = String(decoding: response.body, as: UTF8.self)
                throw DemoFailure("\(request.method.rawValue) \(request.url) answered \(response.status): \(body)")
            }
            return try JSONDocument(parsing: response.body.isEmpty ? Array("{}".utf8) : response.body)
        }
    }
}

/// Percent-encoding of everything but the unreserved characters (RFC 3986).
enum PercentText {
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            case _: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
