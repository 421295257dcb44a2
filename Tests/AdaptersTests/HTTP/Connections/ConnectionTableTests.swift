import NIOCore
import Synchronization
import Testing

@testable import Adapters

@Suite struct ConnectionTableTests {
    @Test func `one source has a tenth, and what it opens beyond is refused`() throws {
        let table = try Table(Self.limits(100))
        for _ in 0..<10 { #expect(try table.admits(Self.connection(from: "192.0.2.1", now: 5), now: Self.second)) }

        #expect(try !table.admits(Self.connection(from: "192.0.2.1"), now: Self.second))
        #expect(try table.admits(Self.connection(from: "192.0.2.2"), now: Self.second))
        #expect(table.count == 11)
    }

    @Test func `a source that is full loses the connection that was quiet longest, after a second`() throws {
        let table = try Table(Self.limits(100))
        let own = try (0..<10).map { try Self.connection(from: "192.0.2.1", now: UInt64($0)) }
        for connection in own { table.admits(connection, now: 0) }
        own[0].quietSince = ConnectionStanding.working
        own[1].quietSince = 9 * Self.second

        let newcomer = try Self.connection(from: "192.0.2.1")
        #expect(!table.admits(newcomer, now: Self.second))
        #expect(table.closed(by: newcomer, now: Self.second + 2) === own[2])
        #expect(table.count == 10)
    }

    @Test func `addresses of one IPv6 subscriber are one source, and none is an IPv4 address`() throws {
        let first = try ConnectionSource(SocketAddress(ipAddress: "2001:db8:0:1::1", port: 1))
        let second = try ConnectionSource(SocketAddress(ipAddress: "2001:db8:0:1:ffff::2", port: 2))
        let other = try ConnectionSource(SocketAddress(ipAddress: "2001:db8:0:2::1", port: 1))
        let mapped = try ConnectionSource(SocketAddress(ipAddress: "::ffff:192.0.2.1", port: 1))

        #expect(first == second)
        #expect(first != other)
        #expect(try mapped == ConnectionSource(SocketAddress(ipAddress: "192.0.2.1", port: 9)))
        #expect(
            try ConnectionSource(SocketAddress(ipAddress: "::1", port: 1))
                != ConnectionSource(SocketAddress(ipAddress: "0.0.0.1", port: 1))
        )
    }

    @Test func `an exempt address has no share of its own, and still counts among all`() throws {
        var limits = try Self.limits(20)
        limits.exempt = [try #require(AddressRange("192.0.2.0/24"))]
        let table = Table(limits)
        let proxy = try SocketAddress(ipAddress: "192.0.2.7", port: 1)
        for now in 0..<20 {
            #expect(table.admits(Self.connection(of: limits.source(of: proxy), now: UInt64(now)), now: 0))
        }

        let newcomer = Self.connection(of: limits.source(of: proxy))
        #expect(table.closed(by: newcomer, now: Self.second) != nil)
        #expect(table.count == 20)
    }

    @Test func `when all are taken the connection that was quiet longest goes, whatever its source`() throws {
        let table = try Table(Self.limits(200))
        var all: [ConnectionStanding] = []
        for index in 0..<200 {
            all.append(try Self.connection(from: "198.51.100.\(index % 25)", now: UInt64(1_000 + index)))
            #expect(table.admits(all[index], now: 0))
        }
        // Of the quietest one has a request in work, one has moved since, one has gone.
        all[0].quietSince = ConnectionStanding.working
        all[1].quietSince = 5_000
        table.remove(all[2])
        let expected = Array(all[3..<150])

        let filler = try Self.connection(from: "203.0.113.99", now: 9_000)
        #expect(table.closed(by: filler, now: 0) == nil)
        let closed = try (0..<147).map { index in
            table.closed(by: try Self.connection(from: "203.0.113.\(index % 90)", now: 9_000), now: 0)
        }

        #expect(zip(closed, expected).allSatisfy { $0 === $1 })
        #expect(table.count == 200)
    }

    @Test func `while the server works on all of them, a newcomer is refused`() throws {
        let table = try Table(Self.limits(20))
        let all = try (0..<20).map { try Self.connection(from: "198.51.100.\($0)") }
        for connection in all {
            table.admits(connection, now: 0)
            connection.quietSince = ConnectionStanding.working
        }

        #expect(try !table.admits(Self.connection(from: "192.0.2.1"), now: Self.second))
        all[7].quietSince = 3
        #expect(table.closed(by: try Self.connection(from: "192.0.2.1"), now: Self.second) === all[7])
    }

    @Test func `what is gone is taken out once`() throws {
        let table = try Table(Self.limits(20))
        let connection = try Self.connection(from: "192.0.2.1")
        table.admits(connection, now: 0)

        table.remove(connection)
        table.remove(connection)

        #expect(table.count == 0)
    }

    @Test func `of those that don't take their answers the quietest is found`() throws {
        let table = try Table(Self.limits(100))
        let all = try (0..<4).map { try Self.connection(from: "198.51.100.\($0)", now: UInt64($0)) }
        for connection in all { table.admits(connection, now: 0) }
        _ = all[2].setUnsent(1)
        _ = all[3].setUnsent(1_000_000)

        #expect(table.removeQuietestUnsent() === all[2])
        #expect(table.removeQuietestUnsent() === all[3])
        #expect(table.removeQuietestUnsent() == nil)
    }

    // MARK: -

    private static let second: UInt64 = 1_000_000_000

    private static func limits(_ connectionsMax: Int) throws -> ConnectionLimits {
        var limits = ConnectionLimits()
        limits.connectionsMax = connectionsMax
        return limits
    }

    private static func connection(from address: String, now: UInt64 = 0) throws -> ConnectionStanding {
        connection(of: try ConnectionSource(SocketAddress(ipAddress: address, port: 1)), now: now)
    }

    private static func connection(of source: ConnectionSource?, now: UInt64 = 0) -> ConnectionStanding {
        ConnectionStanding(source: source, now: now) { _ in }
    }
}

/// A table that expectations may change.
private final class Table {
    private var table: ConnectionTable
    var count: Int { table.count }

    init(_ limits: ConnectionLimits) { table = ConnectionTable(limits) }

    @discardableResult
    func admits(_ connection: ConnectionStanding, now: UInt64) -> Bool {
        guard case .kept = table.admit(connection, now: now) else { return false }
        return true
    }

    func closed(by connection: ConnectionStanding, now: UInt64) -> ConnectionStanding? {
        guard case .kept(let closing) = table.admit(connection, now: now) else { return nil }
        return closing
    }

    func remove(_ connection: ConnectionStanding) { table.remove(connection) }

    func removeQuietestUnsent() -> ConnectionStanding? { table.removeQuietestUnsent() }
}
