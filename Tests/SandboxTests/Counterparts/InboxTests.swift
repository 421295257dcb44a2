import Adapters
import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Storage
import Testing

@testable import Sandbox

@Suite(.serialized) struct InboxTests {
    private static func kci(_ id: String, number: Int) -> String {
        """
        {"id":"\(id)","supplier":"DUMMY_SUPPLIER","sequenceNumber":\(number),"deliveredOn":"2026-07-07T12:00:00Z",
        "updateType":"INFORMATIONAL","entityType":"PROVIDE_ORDER","entity":{"id":11},"information":{"type":"UPDATE"}}
        """
    }

    private static let notification = """
        <?xml version="1.0"?><notifyFaultReportUpdate><apiVersion>1.0</apiVersion>\
        <buyerIdentifier>SPDEV1</buyerIdentifier><messageId>M-1</messageId>\
        <buyerFaultReference>B-1</buyerFaultReference><serviceAffected>S1000001</serviceAffected>\
        <faultDetails/></notifyFaultReportUpdate>
        """

    @Test func `KCIs are taken in order, and a repeat is recognised`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                for (id, number) in [("a", 1), ("b", 2), ("b", 2)] {
                    let url = addresses.tenantUpdates + "/kcis"
                    #expect(try await bench.post(Self.kci(id, number: number), to: url, key: id).status == 204)
                }
                let inbox = try await counterparts.messages(party: .tenant, after: 0, limit: 10)
                #expect(
                    inbox.map(\.verdict) == [
                        #"{"status":204,"duplicate":false,"problems":[]}"#,
                        #"{"status":204,"duplicate":false,"problems":[]}"#,
                        #"{"status":204,"duplicate":true,"problems":[]}"#,
                    ]
                )
            }
        }
    }

    @Test func `a gap and an inversion are taken and remarked on, also after a restart`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { _, addresses in
                _ = try await bench.post(Self.kci("a", number: 1), to: addresses.tenantUpdates + "/kcis", key: "a")
            }
            try await bench.run { counterparts, addresses in
                _ = try await bench.post(Self.kci("c", number: 3), to: addresses.tenantUpdates + "/kcis", key: "c")
                _ = try await bench.post(Self.kci("b", number: 2), to: addresses.tenantUpdates + "/kcis", key: "b")
                let inbox = try await counterparts.messages(party: .tenant, after: 1, limit: 10)
                #expect(
                    inbox.map(\.verdict) == [
                        #"{"status":204,"duplicate":false,"problems":["sequenceNumber 3 came after 1: a gap (G-079)"]}"#,
                        #"{"status":204,"duplicate":false,"problems":["sequenceNumber 2 came after 3 (G-079)"]}"#,
                    ]
                )
            }
        }
    }

    @Test func `each tenant has an inbox of its own`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                let url = addresses.secondTenantUpdates + "/kcis"
                _ = try await bench.post(Self.kci("a", number: 1), to: url, key: "a")
                #expect(try await counterparts.messages(party: .tenant, after: 0, limit: 10).isEmpty)
                let inbox = try await counterparts.messages(party: .secondTenant, after: 0, limit: 10)
                #expect(inbox.map(\.requestBody) == [Array(Self.kci("a", number: 1).utf8)])
            }
        }
    }

    @Test func `an identifier and a message's id are joined without ambiguity, and so are an entity's type and id`()
        async throws
    {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                for (buyer, message) in [("A", "B/C"), ("A/B", "C")] {
                    let body = Self.notification.replacing("SPDEV1", with: buyer).replacing("M-1", with: message)
                    _ = try await bench.post(body, to: addresses.buyerNotifications)
                }
                for (id, type, number) in [("a", "A", "B/C"), ("b", "A/B", "C")] {
                    let body = Self.kci(id, number: 1).replacing("PROVIDE_ORDER", with: type)
                        .replacing(#""id":11"#, with: #""id":"\#(number)""#)
                    _ = try await bench.post(body, to: addresses.tenantUpdates + "/kcis", key: id)
                }
                let buyers = try await counterparts.messages(party: .buyer, after: 0, limit: 10)
                let tenants = try await counterparts.messages(party: .tenant, after: 0, limit: 10)
                #expect(buyers.map { $0.verdict.contains(#""duplicate":true"#) } == [false, false])
                #expect(tenants.map { $0.verdict.contains("sequenceNumber") } == [false, false])
            }
        }
    }

    @Test func `a notification is acknowledged with its message's identity, once and again`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                let first = try await bench.post(Self.notification, to: addresses.buyerNotifications)
                let again = try await bench.post(Self.notification, to: addresses.buyerNotifications)
                #expect(first.status == 200)
                #expect(first.body == again.body)
                let text = String(decoding: first.body, as: UTF8.self)
                #expect(text.contains("<messageId>M-1</messageId>"))
                #expect(text.contains("<responseCode>200</responseCode>"))
                let inbox = try await counterparts.messages(party: .buyer, after: 0, limit: 10)
                #expect(inbox.map { $0.verdict.contains(#""duplicate":true"#) } == [false, true])
            }
        }
    }

    @Test func `broken XML is refused, and kept in the inbox`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                #expect(try await bench.post("<notify", to: addresses.rivalBuyerNotifications).status == 400)
                let inbox = try await counterparts.messages(party: .rivalBuyer, after: 0, limit: 10)
                #expect(inbox.map(\.status) == [400])
            }
        }
    }

    @Test func `a reset forgets what was received`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                _ = try await bench.post(Self.kci("a", number: 1), to: addresses.tenantUpdates + "/kcis", key: "a")
                try await counterparts.reset()
                #expect(try await counterparts.messages(party: .tenant, after: 0, limit: 10).isEmpty)
            }
        }
    }
}
