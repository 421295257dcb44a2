import Glibc

/// Many keep-alive connections on one thread: a load that costs the machine as little as it can, for it shares the
/// processors with what it measures.
struct LoadGenerator {
    struct Failure: Error { let text: String }

    private struct Connection {
        let socket: Int32
        var input: [UInt8] = []
        var sent = ContinuousClock.now
    }

    let port: Int
    let clients: Int
    /// The bytes of request `n`; each is sent once.
    let request: (Int) -> [UInt8]

    /// Sends request after request on each connection until the time is over; every answer must be 201.
    func run(for duration: Duration) throws -> Figures {
        var connections: [Int32: Connection] = [:]
        defer { for socket in connections.keys { close(socket) } }
        for _ in 0..<clients {
            let socket = try connect()
            connections[socket] = Connection(socket: socket)
        }
        let start = ContinuousClock.now
        var number = 0
        for socket in Array(connections.keys) {
            connections[socket]?.sent = ContinuousClock.now
            try send(number, on: socket)
            number += 1
        }
        var latencies: [Double] = []
        var open = clients
        var watched = connections.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while open > 0 {
            guard poll(&watched, nfds_t(watched.count), 10_000) > 0 else {
                throw Failure(text: "nothing came for 10 s")
            }
            for socket in watched where socket.revents != 0 {
                let socket = socket.fd
                let count = read(socket, &buffer, buffer.count)
                guard count > 0, var connection = connections[socket] else { throw Failure(text: "a connection ended") }
                connection.input += buffer[0..<count]
                if let answer = Self.answer(connection.input) {
                    guard answer.isCreated else {
                        throw Failure(text: String(decoding: connection.input, as: UTF8.self))
                    }
                    let now = ContinuousClock.now
                    latencies.append((now - connection.sent).inSeconds * 1_000)
                    connection.input.removeAll(keepingCapacity: true)
                    connection.sent = now
                    if now - start < duration {
                        try send(number, on: socket)
                        number += 1
                    } else {
                        open -= 1
                    }
                }
                connections[socket] = connection
            }
        }
        return Figures(latencies: latencies, elapsed: ContinuousClock.now - start)
    }

    /// `nil` until the answer is whole.
    private static func answer(_ input: [UInt8]) -> (isCreated: Bool, Void)? {
        guard let head = input.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let text = String(decoding: input[..<head.lowerBound], as: UTF8.self).lowercased()
        let length = text.firstRange(of: "content-length: ").map { text[$0.upperBound...].prefix { $0.isNumber } }
        guard let length, let length = Int(length), input.count >= head.upperBound + length else { return nil }
        return (text.hasPrefix("http/1.1 201"), ())
    }

    private func connect() throws -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(text: "no connection: \(errno)") }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }

    private func send(_ number: Int, on socket: Int32) throws {
        let bytes = request(number)
        // A request is smaller than any socket's buffer.
        guard write(socket, bytes, bytes.count) == bytes.count else { throw Failure(text: "a short write") }
    }
}
