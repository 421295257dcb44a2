import Glibc
import NIOCore

/// What is wrong with where a program is to listen.
package struct PortCheck: Sendable {
    /// A listener as it was configured.
    package struct Listener: Sendable {
        let host: String
        let port: Int
        /// Where its port was named.
        let place: String

        package init(host: String, port: Int, place: String) {
            self.host = host
            self.port = port
            self.place = place
        }
    }

    /// Binds a socket and lets it go again: 0, or an `errno`.
    package typealias Bind = @Sendable (_ address: SocketAddress) -> Int32

    private let bind: Bind

    package init(bind: @escaping Bind = PortCheck.tryBind) { self.bind = bind }

    /// - Parameter isServed: whether the program runs already, so that its ports are taken as they should be.
    package func findings(_ listeners: [Listener], isServed: Bool) -> [Finding] {
        var found: [Finding] = []
        for (index, listener) in listeners.enumerated() {
            let earlier = listeners[..<index].first { $0.port == listener.port && $0.meets(listener) }
            switch (listener.port, earlier) {
            case (1...65_535, let earlier?):
                let seen = "\(listener.port) is the port of \(earlier.place) as well"
                found.append(.error(listener.place, seen, "Give each listener a port of its own."))
            case (1...65_535, nil): found += taken(listener, isServed)
            case (0, _):
                let seen = "0 lets the system choose another port at each start"
                found.append(.error(listener.place, seen, "Name a port from 1 to 65535."))
            case (let port, _):
                found.append(.error(listener.place, "\(port) is no port", "Name a port from 1 to 65535."))
            }
        }
        return found
    }

    private func taken(_ listener: Listener, _ isServed: Bool) -> [Finding] {
        guard let address = listener.address else { return [] }
        let (host, port) = (listener.host, listener.port)
        let place = listener.place
        switch bind(address) {
        case 0: return []
        case EADDRINUSE where isServed:
            let advice = "It is taken by the program that serves this database, as it should be; else by another."
            return [.warning(place, "the port \(port) of \(host) is taken", advice)]
        case EADDRINUSE:
            let advice = "Name another port, or end what listens there: ss -ltnp 'sport = :\(port)'"
            return [.error(place, "the port \(port) of \(host) is taken", advice)]
        case EACCES, EPERM:
            let advice =
                "Name one from 1024, or give the program the right to it: AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit."
            return [.error(place, "the port \(port) is privileged, and this user may not listen there", advice)]
        case EADDRNOTAVAIL:
            return [.error(place, "\(host) is no address of this machine", "Name one of its own, or 0.0.0.0 for all.")]
        case let number:
            let seen = "nothing can listen at \(host), port \(port): \(String(cString: strerror(number)))"
            return [.error(place, seen, "Name another host or port.")]
        }
    }

    /// As a listener of ours binds: where only connections of before linger, the port is free.
    package static let tryBind: Bind = { address in
        let family =
            switch address {
            case .v4: AF_INET
            case .v6: AF_INET6
            case .unixDomainSocket: AF_UNIX
            }
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let result = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        return result == 0 ? 0 : errno
    }
}

extension PortCheck.Listener {
    /// Without a name server: a name but this machine's own is looked up at the start.
    fileprivate var address: SocketAddress? {
        try? SocketAddress(ipAddress: host == "localhost" ? "127.0.0.1" : host, port: port)
    }

    /// Whether one connection could be to both.
    fileprivate func meets(_ other: PortCheck.Listener) -> Bool {
        let all: Set = ["0.0.0.0", "::"]
        return host == other.host || all.contains(host) || all.contains(other.host)
            || Set([host, other.host]) == ["localhost", "127.0.0.1"]
    }
}
