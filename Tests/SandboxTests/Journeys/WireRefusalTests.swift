import Adapters
import Engine
import Formats
import Foundation
import Sandbox
import Testing

@testable import patchbay

extension JourneyTests {
    /// What the house refuses on its sockets, precisely and without an effect.
    @Suite struct WireRefusalTests {
        @Test(arguments: [("ticketing", "/addFaultReport"), ("installer", "/notifyJob")])
        func `without a certificate there is no answer`(section: String, path: String) async throws {
            let stranger = try SandboxLife.current().stranger
            _ = await #expect(throws: (any Error).self) {
                try await stranger.secure(section, path, "<a/>", identity: nil)
            }
        }

        @Test(arguments: [("ticketing", "/addFaultReport"), ("installer", "/notifyJob")])
        func `a certificate of the authority that nobody registered is 401`(section: String, path: String) async throws
        {
            let life = try SandboxLife.current()
            let authority = try CertificateAuthority(in: life.directory + "/certificates", now: TimeSource.real.now())
            let files = try authority.client("newcomer").files

            let answer = try await life.stranger.secure(section, path, "{}", identity: (files.certificate, files.key))

            #expect(answer.status == 401, "\(answer.text)")
        }

        @Test func `a partner's certificate is no buyer's`() async throws {
            let stranger = try SandboxLife.current().stranger
            let partner = (stranger.text("installer", "certificate"), stranger.text("installer", "key"))

            let answer = try await stranger.secure("ticketing", "/addFaultReport", "<a/>", identity: partner)

            #expect(answer.status == 403, "\(answer.text)")
        }

        @Test func `an address that nobody may come from is closed before the handshake`() async throws {
            let stranger = try SandboxLife.current().stranger
            let buyer = (stranger.text("ticketing", "certificate"), stranger.text("ticketing", "key"))
            _ = await #expect(throws: (any Error).self) {
                try await stranger.secure("ticketing", "/addFaultReport", "<a/>", identity: buyer, from: "127.0.0.9")
            }
        }

        @Test(arguments: ["<addFaultReport>", "<!DOCTYPE a [<!ENTITY e \"x\">]><addFaultReport>&e;</addFaultReport>"])
        func `broken XML and a document type are 500 in the operation's form`(body: String) async throws {
            let stranger = try SandboxLife.current().stranger

            let answer = try await stranger.secure("ticketing", "/addFaultReport", body)

            #expect(answer.status == 500)
            #expect(answer.text.contains("receivedFaultReport"), "\(answer.text)")
            #expect(answer.text.contains("broken XML"))
        }

        @Test func `a body over a mebibyte is 413 at every door`() async throws {
            let stranger = try SandboxLife.current().stranger
            let large = String(repeating: " ", count: (1 << 20) + 1)

            let ticket = try await stranger.secure("ticketing", "/addFaultReport", large)
            let job = try await stranger.secure("installer", "/notifyJob", large)
            let order = try await stranger.tenant(.post, "/service-orders", large)

            #expect([ticket.status, job.status, order.status] == [413, 413, 413])
        }

        @Test func `an unknown JSON-RPC method is -32601`() async throws {
            let stranger = try SandboxLife.current().stranger

            let answer = try await stranger.secure(
                "installer",
                "/rebootHouse",
                #"{"id":1,"jsonrpc":"2.0","method":"rebootHouse","params":{}}"#
            )

            #expect(answer.status == 200)
            #expect(answer.json["error"]?["code"]?.integer == -32_601, "\(answer.text)")
        }

        @Test(arguments: [("Service Outage", nil), ("Impaired Service", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")])
        func `an outage without a visit, and a visit without an outage, are 403`(type: String, key: String?)
            async throws
        {
            let life = try SandboxLife.current()
            let reference = "RULE-\(type.count)"

            let answer = try await life.stranger.secure(
                "ticketing",
                "/addFaultReport",
                TicketSample.add(reference, type: type, service: "S1090002", key: key)
            )
            try await life.world.settle()

            #expect(answer.status == 403, "\(answer.text)")
            #expect(try await life.notifications(reference).isEmpty)
        }

        @Test func `a reservation that ran out is of no use to an order`() async throws {
            let life = try SandboxLife.current()
            let visit = try await life.book(at: 10_090_000_301)
            try await life.world.advance("PT13H")

            let answer = try await life.stranger.tenant(
                .post,
                "/service-orders",
                SandboxLife.orderBody(#"{"id":"10090000301","type":"UPRN"}"#, visit)
            )

            #expect(answer.status == 400)
            #expect(answer.text.contains("/appointmentReservationId"), "\(answer.text)")
        }

        @Test func `without a token nobody is served`() async throws {
            let stranger = try SandboxLife.current().stranger

            let answer = try await stranger.tenant(.get, "/suppliers", token: "")

            #expect(answer.status == 401)
            #expect(answer.json["uuid"]?.string?.isEmpty == false)
        }
    }
}
