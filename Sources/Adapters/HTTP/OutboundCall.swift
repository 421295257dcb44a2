import AsyncHTTPClient
import Formats
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Calls out, under one client identity or none, and only to addresses that its policy allows: to the one that was looked
/// at, whatever the name says by then. Certificates are checked against the name, redirects are answers.
///
/// Everything is bounded: connections a host, bytes of an answer, time. How much is under way in all is Delivery's
/// business.
package struct OutboundCall: Sendable {
    package struct Limits: Sendable {
        /// AsyncHTTPClient's pool slows down with thousands of connections to a host; a queue in the outbox is cheaper.
        package var connectionsPerHost = 32
        package var responseBytesMax = 1 << 20
        package var deadline: Duration = .seconds(10)

        package init() {}
        package init(deadline: Duration) { self.deadline = deadline }
    }

    private let clients: PinnedClients
    private let policy: AddressPolicy
    private let limits: Limits
    private let logger: Logger
    /// A PEM file of authorities that are trusted beside the system's.
    private let authorities: String?

    /// - Parameters:
    ///   - identity: our certificate and key, and the authorities trusted beside the system's; `nil` for neither.
    ///   - authorities: a PEM file of authorities trusted beside the system's, where there is no identity.
    package init(
        identity: TLSFiles? = nil,
        authorities: String? = nil,
        policy: AddressPolicy,
        limits: Limits = Limits(),
        logger: Logger
    ) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.raiseFloor()
        if let identity {
            tls.certificateChain = try identity.chain()
            tls.privateKey = try identity.privateKey()
        }
        self.authorities = authorities ?? identity?.authorities
        if let file = self.authorities {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connectionsPerHost
        // A lane retries by its own timetable; a connection that fails must say so now.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Time is left to try another address of the same name.
        configuration.timeout.connect = TimeAmount(limits.deadline / 2)
        clients = PinnedClients(configuration)
        self.policy = policy
        self.limits = limits
        self.logger = logger
    }

    /// Sends, and answers with the whole response, or with the reason why there is none. It never throws.
    package func send(_ request: OutboundRequest) async -> Result<OutboundResponse, OutboundFailure> {
        let deadline = request.deadline ?? limits.deadline
        let ends = NIODeadline.now() + TimeAmount(deadline)
        var look: TLSLook?
        do {
            let url = try Self.url(of: request)
            let sent = try Self.wire(request, to: url)
            switch try await policy.target(of: url, for: request.party, within: deadline) {
            case .literal:
                look = TLSLook(at: url.text, address: nil)
                return .success(try await exchange(sent, host: "", address: nil, until: ends))
            case .name(let host, let addresses):
                look = TLSLook(at: url.text, address: addresses.first)
                return .success(try await exchange(sent, host, addresses, until: ends))
            }
        } catch {
            return .failure(await failure(error, of: request, after: deadline, look))
        }
    }

    /// In our words; those of a library stay in the log.
    private func failure(
        _ error: any Error,
        of request: OutboundRequest,
        after deadline: Duration,
        _ look: TLSLook?
    ) async -> OutboundFailure {
        var failure = OutboundFailure(error, after: deadline)
        if let look, TLSFault.isOfTheirCertificate(error), let words = await look.fault(trusting: authorities) {
            failure = OutboundFailure(.tls, words)
        }
        if failure == .internalError {
            let id = request.headers.first { $0.name.lowercased() == "x-request-id" }?.value
            logger.error(
                "an outbound call failed by a fault of the program",
                metadata: ["pb-request": "\(id ?? "none")", "pb-error": "\(error)"]
            )
            return OutboundFailure(.other, failure.text + (id.map { ", logged as request \($0)" } ?? ""))
        }
        logger.debug("outbound call failed", metadata: ["pb-kind": "\(failure.kind)", "pb-error": "\(failure.text)"])
        return failure
    }

    /// Closes its connections; calls under way fail. Before the process ends, and for every one that was made.
    package func shutdown() async { await clients.shutdown() }

    /// At the first of a name's addresses where somebody listens. Only a connection that never was is tried elsewhere:
    /// nothing is sent twice.
    private func exchange(
        _ request: HTTPClient.Request,
        _ host: String,
        _ addresses: [String],
        until ends: NIODeadline
    ) async throws -> OutboundResponse {
        var unreachable: (any Error)?
        for address in addresses {
            do {
                let response = try await exchange(request, host: host, address: address, until: ends)
                if unreachable != nil { policy.prefer(address, of: host) }
                return response
            } catch  where OutboundFailure.isUnconnected(error) && NIODeadline.now() < ends {
                unreachable = error
            }
        }
        throw unreachable ?? OutboundFailure(.dns, "the host has no address")
    }

    private func exchange(
        _ request: HTTPClient.Request,
        host: String,
        address: String?,
        until ends: NIODeadline
    ) async throws -> OutboundResponse {
        try await clients.with(host: host, address: address) { client in
            let whole = ResponseAccumulator(request: request, maxBodySize: limits.responseBytesMax)
            // The deadline is the body's too: one that drips for ever is given up.
            let task = client.execute(request: request, delegate: whole, deadline: ends)
            return try await withTaskCancellationHandler {
                OutboundResponse(try await task.get())
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// We ask for answers as they are: what is compressed all the same is read (``AnswerContent``).
    private static func headers(_ request: OutboundRequest) -> HTTPHeaders {
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if !headers.contains(name: "Accept-Encoding") { headers.add(name: "Accept-Encoding", value: "identity") }
        return headers
    }

    /// What was stored by an earlier version, or put together of others' words, is looked at here once more: AsyncHTTPClient ends
    /// the process at a port that there is not.
    private static func url(of request: OutboundRequest) throws(OutboundFailure) -> HTTPURL {
        do { return try HTTPURL(request.url) } catch {
            throw OutboundFailure(.forbidden, "the endpoint's address \(error.reason)")
        }
    }

    private static func wire(_ request: OutboundRequest, to url: HTTPURL) throws -> HTTPClient.Request {
        if let unfit = request.headers.first(where: { !HTTPAnswer.isFieldValue($0.value) }) {
            throw OutboundFailure(.forbidden, "the header \(unfit.name) would have characters that no header may have")
        }
        return try HTTPClient.Request(
            url: url.text,
            method: .init(rawValue: request.method.rawValue),
            headers: headers(request),
            body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body))
        )
    }
}

extension OutboundResponse {
    fileprivate init(_ response: HTTPClient.Response) {
        self.init(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
            body: response.body.map { Array($0.readableBytesView) } ?? []
        )
    }
}
