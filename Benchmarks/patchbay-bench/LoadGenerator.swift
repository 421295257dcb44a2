import CEpoll
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
    /// The status that every answer must have.
    var wanted = 201
    /// The bytes of request `n`; each is sent once.
    let request: (Int) -> [UInt8]

    /// Sends request after request on each connection until the time is over; every answer must be as wanted.
    func run(for duration: Duration) throws -> Figures {
        var connections: [Connection] = []
        defer { for connection in connections { close(connection.socket) } }
        for _ in 0..<clients { connections.append(Connection(socket: try connect())) }
        let start = ContinuousClock.now
        var number = 0
        for place in connections.indices {
            connections[place].sent = ContinuousClock.now
            try send(number, on: connections[place].socket)
            number += 1
        }
        var latencies: [Double] = []
        var open = clients
        let watch = try watch(connections.map(\.socket))
        defer { close(watch) }
        var ready = [epoll_event](repeating: epoll_event(), count: clients)
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while open > 0 {
            let count = epoll_wait(watch, &ready, Int32(clients), 10_000)
            guard count > 0 else { throw Failure(text: "nothing came for 10 s") }
            for place in ready.prefix(Int(count)).map({ Int($0.data.u32) }) {
                let count = read(connections[place].socket, &buffer, buffer.count)
                guard count > 0 else { throw Failure(text: "a connection ended") }
                connections[place].input += buffer[0..<count]
                guard let status = Self.status(connections[place].input) else { continue }
                guard status == wanted else {
                    throw Failure(text: String(decoding: connections[place].input, as: UTF8.self))
                }
                let now = ContinuousClock.now
                latencies.append((now - connections[place].sent).inSeconds * 1_000)
                connections[place].input.removeAll(keepingCapacity: true)
                connections[place].sent = now
                if now - start < duration {
                    try send(number, on: connections[place].socket)
                    number += 1
                } else {
                    open -= 1
                }
            }
        }
        return Figures(latencies: latencies, elapsed: ContinuousClock.now - start)
    }

    /// The status of a whole answer; `nil` until it is whole. By hand: a search of Swift's own cost as much as the
    /// server's part.
    static func status(_ input: [UInt8]) -> Int? {
        input.withUnsafeBufferPointer { input in
            guard let head = place(of: "\r\n\r\n", in: input[...]),
                let length = place(of: "\r\ncontent-length: ", in: input[...head]),
                input.count >= head + 4 + number(input[(length + 18)...])
            else { return nil }
            return number(input[9...])
        }
    }

    /// Where `text` begins; letters of either case are alike.
    private static func place(of text: StaticString, in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        text.withUTF8Buffer { text in
            var start = bytes.startIndex
            while start + text.count <= bytes.endIndex {
                var length = 0
                while length < text.count, bytes[start + length] | 0x20 == text[length] | 0x20 { length += 1 }
                if length == text.count { return start }
                start += 1
            }
            return nil
        }
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { break }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    /// Asked for all of them at once: `poll` looks at each of them each time.
    private func watch(_ sockets: [Int32]) throws -> Int32 {
        let watch = epoll_create1(0)
        for (place, socket) in sockets.enumerated() {
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u32: UInt32(place)))
            guard epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event) == 0 else {
                throw Failure(text: "no connection watched: \(errno)")
            }
        }
        return watch
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
