import ArgumentParser
import Formats
import Foundation
import Testing

@testable import patchbay

/// `patchbay tenant` as a person or a script uses it: what it says, and with which code it ends.
@Suite(.serialized, .inASandbox) struct TenantCommandTests {
    @Test func `a sample order is placed, shown, listed, amended and cancelled`() throws {
        let placed = try run("order", "place", "--sample", "--json")
        let number = try #require(try JSONDocument(parsing: placed.said).root["id"]?.integer)

        let shown = try run("order", "show", "\(number)")
        let listed = try run("order", "list", "--after", "\(number - 1)")
        let amended = try run("order", "amend", "\(number)", "--notes", "Ring twice")
        let cancelled = try run("order", "cancel", "\(number)", "--reason", "NO_LONGER_REQUIRED")

        #expect([placed, shown, listed, amended, cancelled].map(\.code) == [0, 0, 0, 0, 0])
        #expect(shown.said.contains("\nstatus "))
        #expect(listed.said.hasPrefix("ORDER  TYPE"))
        #expect(listed.said.contains("\n\(number) "))
        #expect(amended.said.contains("RECEIVED_BY_GATEWAY"))
    }

    @Test func `a problem is raised, listed, amended and given up, and a line is tested`() throws {
        let raised = try run("problem", "raise", "--sample", "--json")
        let number = try #require(try JSONDocument(parsing: raised.said).root["id"]?.integer)

        let listed = try run("problem", "list", "--after", "\(number - 1)")
        let amended = try run("problem", "amend", "\(number)", "--text", "Slower since the weekend", "--escalate")
        let cancelled = try run("problem", "cancel", "\(number)", "--reason", "ISSUE_RESOLVED")
        let nothing = try run("problem", "amend", "\(number)")
        let tested = try run("test", "run", "--sample")

        #expect([raised, listed, amended, cancelled, tested].map(\.code) == [0, 0, 0, 0, 0])
        #expect(amended.said.contains("RECEIVED_BY_GATEWAY"))
        #expect(nothing.complained.contains("--escalate"))
        #expect(listed.said.contains("PERFORMANCE"))
        #expect(tested.said.contains("problemType"))
    }

    @Test func `what can be asked is shown as a table`() throws {
        let suppliers = try run("suppliers")
        let available = try run("availability", "--uprn", "10090000001")
        let addresses = try run("addresses", "--uprn", "10090000001")

        #expect(suppliers.said.contains("DUMMY_SUPPLIER"))
        #expect(available.said.contains("ftthl2r"))
        #expect(addresses.said.hasPrefix("UPRN"))
        #expect(addresses.said.contains("10090000001"))
    }

    @Test func `the feed is read to its end, and what was given up is sent once more`() throws {
        _ = try run("order", "place", "--sample")

        let feed = try run("kcis")
        let none = try run("kcis", "--state", "parked")
        let again = try run("redeliver")

        #expect(feed.code == 0)
        #expect(feed.complained.hasPrefix("Go on with: --after "))
        #expect(none.said == "There are no updates.\n")
        #expect(again.said == "0 updates will be sent once more.\n")
    }

    @Test func `a refusal ends with 1, and names each problem with its place`() throws {
        let refused = try run("order", "cancel", "999999", "--reason", "BORED")
        let absent = try run("order", "show", "999999")

        #expect((refused.code, absent.code) == (1, 1))
        #expect(refused.complained.contains("  /orderId  "))
        #expect(refused.complained.contains("  /reasonCode  "))
        #expect(absent.complained.contains("NOT_FOUND"))
    }

    @Test func `with --json a refusal's own body is printed, for a program to read`() throws {
        let refused = try run("order", "cancel", "999999", "--reason", "BORED", "--json")

        let body = try JSONDocument(parsing: Array(refused.said.utf8)).root
        #expect(refused.code == 1)
        #expect(body["code"]?.string == "INVALID_REQUEST")
        #expect(body["errors"]?.elements.compactMap { $0["pointer"]?.string }.contains("/reasonCode") == true)
    }

    @Test func `a feed that is followed is read at once, and ends with its reader`() throws {
        _ = try run("order", "place", "--sample")
        let process = Process()
        process.executableURL = ProgramRun.program
        process.arguments = ["tenant", "kcis", "--follow", "--data", try SandboxLife.current().directory]
        let output = Pipe()
        process.standardOutput = output
        try process.run()

        let first = output.fileHandleForReading.availableData
        try output.fileHandleForReading.close()
        _ = try run("order", "place", "--sample")
        process.waitUntilExit()

        #expect(String(decoding: first, as: UTF8.self).hasPrefix("WHAT"))
        #expect(process.terminationStatus == 128 + SIGPIPE)
    }

    @Test func `lint knows the gateway's answers, and what is wrong with one`() throws {
        let order = try run("order", "place", "--sample", "--json").said
        let answers = [
            ("/service-orders, from the gateway (F-020)", order),
            ("answer to GET /service-orders", try run("order", "list", "--json").said),
            ("answer to GET /suppliers", try run("suppliers", "--json").said),
            ("answer to GET /kcis", try run("kcis", "--json").said),
            ("refusal", try run("order", "show", "999999", "--json").said),
        ]
        for (name, text) in answers {
            let good = try ProgramRun(["lint", "-"], input: text)
            #expect(good.code == 0 && good.said.contains(name), "\(good.said)")
        }

        let broken = order.replacing(/"orderType":"NEW"/, with: #""orderType":"new","orderColour":"red""#)
        let bad = try ProgramRun(["lint", "-"], input: broken)
        #expect(bad.code == 1)
        #expect(bad.said.contains("NEW would do"))
        #expect(bad.said.contains("orderColour is no member of this answer"))
    }

    @Test func `what cannot be asked ends with 2, and says what to do`() throws {
        let nowhere = try run("order", "list", in: "/nonexistent")
        let usage = try run("addresses")
        let stranger = try run("suppliers", "--url", "http://127.0.0.1:1/v1", "--client", "me", environment: "shh")

        #expect([nowhere.code, usage.code, stranger.code] == [2, 2, 2])
        #expect(nowhere.complained.contains("Start a sandbox"))
        #expect(usage.complained.contains("--postcode"))
        #expect(stranger.complained.contains("got no answer"))
    }

    private func run(_ arguments: String..., in directory: String? = nil, environment secret: String? = nil) throws
        -> ProgramRun
    {
        try ProgramRun(
            ["tenant"] + arguments + ["--data", try directory ?? SandboxLife.current().directory],
            environment: secret.map { ["PATCHBAY_TENANT_SECRET": $0] }
        )
    }
}

/// Where a gateway is found, and whose secret is used.
@Suite struct GatewayAddressTests {
    @Test func `the environment names a gateway, and its token endpoint follows from it`() throws {
        let options = try TenantOptions.parse([])
        let environment = [
            "PATCHBAY_TENANT_URL": "https://gateway.example:8443/v1/", "PATCHBAY_TENANT_CLIENT": "ME",
            "PATCHBAY_TENANT_SECRET": "shh",
        ]

        let address = try GatewayAddress(options, environment: environment)

        #expect(address.url == "https://gateway.example:8443/v1")
        #expect(address.tokenURL == "https://gateway.example:8443/auth/tenant/access-token")
        #expect((address.client, address.secret) == ("ME", "shh"))
    }

    @Test func `an option wins over the environment, and a file over both`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "secret-\(UUID().uuidString)")
        try "of the file\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let options = try TenantOptions.parse([
            "--url", "https://other.example/v1", "--client", "OTHER", "--secret", "typed", "--secret-file", file.path,
        ])

        let address = try GatewayAddress(options, environment: ["PATCHBAY_TENANT_CLIENT": "ME"])

        #expect((address.client, address.secret) == ("OTHER", "of the file"))
    }

    @Test func `everything that is missing is named at once`() throws {
        let options = try TenantOptions.parse(["--url", "https://gateway.example/v1"])

        let failure = #expect(throws: TenantFailure.self) { try GatewayAddress(options, environment: [:]) }

        #expect(failure?.text.contains("--client") == true)
        #expect(failure?.text.contains("--secret-file") == true)
        #expect(failure?.exitCode == 2)
    }
}
