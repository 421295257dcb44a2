import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Adapters

/// What is said of ports before a program listens there.
@Suite struct PortCheckTests {
    @Test(
        arguments: [
            (0, 0, "error 0 lets the system choose"), (70_000, 0, "error 70000 is no port"),
            (-1, 0, "error -1 is no port"),
            (443, EACCES, "error the port 443 is privileged"),
            (8_090, EADDRINUSE, "error the port 8090 of 127.0.0.1 is taken"),
            (8_090, EADDRNOTAVAIL, "error 127.0.0.1 is no address of this machine"),
            (8_090, EAFNOSUPPORT, "error nothing can listen at 127.0.0.1, port 8090"),
        ] as [(Int, Int32, String)]
    )
    func `a port that cannot be used is named, with what to do`(port: Int, answer: Int32, words: String) {
        let findings = PortCheck { _ in answer }.findings(
            [.init(host: "127.0.0.1", port: port, place: "p")],
            isServed: false
        )

        #expect(findings.count == 1)
        #expect(findings.first.map { "\($0.severity) \($0.seen)" }?.hasPrefix(words) == true, "\(findings)")
        #expect(findings.first?.place == "p" && findings.first?.advice?.isEmpty == false)
    }

    @Test func `a port that is free is no finding`() {
        let check = PortCheck { _ in 0 }

        #expect(
            check.findings(
                [.init(host: "::", port: 1, place: "p"), .init(host: "::", port: 65_535, place: "q")],
                isServed: false
            ) == []
        )
    }

    @Test func `a port that the running program has is a warning`() {
        let findings = PortCheck { _ in EADDRINUSE }.findings(
            [.init(host: "::1", port: 8_090, place: "p")],
            isServed: true
        )

        #expect(findings.map(\.severity) == [.warning])
    }

    @Test(
        arguments: [
            ("127.0.0.1", "127.0.0.1", 1), ("0.0.0.0", "192.0.2.1", 1), ("127.0.0.1", "::", 1),
            ("localhost", "127.0.0.1", 1),
            ("127.0.0.1", "127.0.0.2", 0),
        ]
    )
    func `the same port twice is an error where the hosts meet`(one: String, other: String, count: Int) {
        let findings = PortCheck { _ in 0 }.findings(
            [
                .init(host: one, port: 8_090, place: "/plain/port"),
                .init(host: other, port: 8_090, place: "/secure/port"),
            ],
            isServed: false
        )

        #expect(findings.count == count, "\(findings)")
        #expect(findings.allSatisfy { $0.place == "/secure/port" && $0.seen.contains("/plain/port") })
    }

    @Test func `a socket is bound and let go again`() async throws {
        let taken = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(taken.localAddress?.port)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)

        let during = PortCheck.tryBind(address)
        try await taken.close().get()

        #expect(during == EADDRINUSE)
        #expect(PortCheck.tryBind(address) == 0)
        #expect(PortCheck.tryBind(address) == 0, "it was let go")
    }
}
