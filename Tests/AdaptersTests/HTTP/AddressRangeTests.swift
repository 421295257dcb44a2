import NIOCore
import Testing

@testable import Adapters

@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("127.0.0.0/8", "127.200.3.4"), ("10.1.2.128/25", "10.1.2.255"),
        ("0.0.0.0/0", "198.51.100.7"), ("::1", "::1"), ("2001:db8::/33", "2001:db8:7fff::1"),
        ("127.0.0.1", "::ffff:127.0.0.1"), ("::ffff:127.0.0.0/104", "127.0.0.9"), ("10.1.2.3/24", "10.1.2.77"),
    ])
    func `an address in the range is`(range: String, address: String) throws {
        let address = try SocketAddress(ipAddress: address, port: 1)

        #expect(try #require(AddressRange(range)).contains(address))
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.9"), ("10.1.2.128/25", "10.1.2.127"), ("::1", "::2"), ("127.0.0.1", "::1"),
        ("2001:db8::/33", "2001:db8:8000::1"), ("::/0", "127.0.0.1"), ("0.0.0.0/0", "::1"),
    ])
    func `an address outside is not`(range: String, address: String) throws {
        let address = try SocketAddress(ipAddress: address, port: 1)

        #expect(try !#require(AddressRange(range)).contains(address))
    }

    @Test(arguments: ["", "localhost", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.1/", "::1/129", "1.2.3.4/8/8", "1.2.3"])
    func `what isn't a range makes none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `a sandbox calls this machine only`() throws {
        let policy = AddressPolicy(.loopbackOnly)

        #expect(policy.allows(try SocketAddress(ipAddress: "127.0.0.1", port: 1)))
        #expect(policy.allows(try SocketAddress(ipAddress: "::1", port: 1)))
        #expect(!policy.allows(try SocketAddress(ipAddress: "198.51.100.7", port: 1)))
    }

    @Test(arguments: [
        "127.0.0.1", "10.0.0.1", "172.31.255.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fd00::1", "fe80::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1",
        "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::1", "2001::1",
    ])
    func `an endpoint inside our own network is refused, unless it is listed`(inside: String) throws {
        let address = try SocketAddress(ipAddress: inside, port: 1)
        let listed = try #require(AddressRange(inside))

        #expect(!AddressPolicy(.publicAnd(allowed: [])).allows(address))
        #expect(AddressPolicy(.publicAnd(allowed: [listed])).allows(address))
        #expect(AddressPolicy(.publicAnd(allowed: [])).allows(try SocketAddress(ipAddress: "9.9.9.9", port: 1)))
    }
}
