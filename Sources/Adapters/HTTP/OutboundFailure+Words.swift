import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The one table of why a call has no answer, in words that staff and tenants read: no library's text, no path, no address.
extension OutboundFailure {
    init(_ error: any Error, after deadline: Duration) {
        switch error {
        case let failure as OutboundFailure: self = failure
        case let error as HTTPClientError: self.init(error, after: deadline)
        case let error as ResponseAccumulator.ResponseTooBigError:
            self.init(.tooLarge, "the answer is larger than \(error.maxBodySize) bytes")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = TLSFault.failure(error)
        case let error as HTTPParserError: self = error == .invalidEOFState ? .closed : .notHTTP
        case let error as NIOConnectionError: self.init(error, after: deadline)
        case let error as IOError: self = Self.of(errno: error.errnoCode)
        case let error as ChannelError: self.init(error)
        case _: self = .internalError
        }
    }

    static let nameNotFound = OutboundFailure(.dns, "the host name has no address")
    static let internalError = OutboundFailure(.other, "an internal error")
    static let closed = OutboundFailure(.closed, "the connection was closed before an answer")
    private static let refused = OutboundFailure(.refused, "the connection was refused: nothing listens there")
    private static let unreachable = OutboundFailure(.refused, "no way leads to that address")
    private static let notConnected = OutboundFailure(.timeout, "no connection could be made in time")
    private static let notHTTP = OutboundFailure(.invalid, "the answer is not HTTP")

    /// Whether there was no connection at all, so that nothing can have been sent on it.
    static func isUnconnected(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .connectTimeout
        case let error as IOError: unconnected.contains(error.errnoCode)
        case is NIOConnectionError: true
        case _: false
        }
    }

    // MARK: -

    private init(_ error: HTTPClientError, after deadline: Duration) {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.timeout, "no answer within \(deadline.inWords)")
        case .getConnectionFromPoolTimeout: self.init(.timeout, "no connection was free within \(deadline.inWords)")
        case .connectTimeout: self = .notConnected
        case .tlsHandshakeTimeout: self.init(.timeout, "the TLS handshake was not finished in time")
        case .remoteConnectionClosed, .uncleanShutdown: self = .closed
        case .cancelled, .requestStreamCancelled: self.init(.other, "the call was cancelled")
        case .alreadyShutdown: self.init(.other, "calls are no longer made")
        case .invalidURL, .emptyHost, .emptyScheme:
            self.init(.forbidden, "the endpoint is not an http or https address")
        case _: self = .internalError
        }
    }

    private init(_ error: NIOConnectionError, after deadline: Duration) {
        guard error.dnsAError == nil, error.dnsAAAAError == nil else {
            self = .nameNotFound
            return
        }
        self = error.connectionErrors.first.map { OutboundFailure($0.error, after: deadline) } ?? .refused
    }

    private init(_ error: ChannelError) {
        switch error {
        case .connectTimeout: self = .notConnected
        case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: self = .closed
        case _: self = .internalError
        }
    }

    /// Linux's numbers: ECONNREFUSED; ENETUNREACH, EHOSTUNREACH; ETIMEDOUT; EPIPE, ECONNABORTED, ECONNRESET, ENOTCONN.
    private static func of(errno: CInt) -> OutboundFailure {
        switch errno {
        case 111: .refused
        case 101, 113: .unreachable
        case 110: .notConnected
        case 32, 103, 104, 107: .closed
        case _: .internalError
        }
    }

    private static let unconnected: Set<CInt> = [101, 111, 113]
}

extension Duration {
    /// `10 s`, `0.5 s`
    var inWords: String {
        let milliseconds =
            components.seconds.multipliedReportingOverflow(by: 1_000).partialValue
            &+ components.attoseconds / 1_000_000_000_000_000
        let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000)
        guard rest != 0 else { return "\(seconds) s" }
        let digits = String(1_000 + rest).dropFirst()
        return "\(seconds).\(String(digits).trimmingZeros) s"
    }
}

extension String {
    fileprivate var trimmingZeros: String { String(reversed().drop { $0 == "0" }.reversed()) }
}
