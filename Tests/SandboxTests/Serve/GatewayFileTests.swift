import Adapters
import Domain
import Engine
import Foundation
import Testing

@testable import Sandbox
@testable import patchbay

/// What is wrong with a gateway's configuration file, each with its place.
@Suite struct GatewayFileTests {
    @Test func `everything that is wrong is said at once`() throws {
        let reasons = try Self.reasons(
            """
            {"role":"gateway","plain":{"port":70000,"publicURL":"gateway"},"secure":{"port":1},
            "webhookKey":{"secretVariable":"SHORT"},"sealingKey":{"secretVariable":"SHORT"},"rateLimit":{"requests":0},
            "suppliers":[{"id":"CITY!","name":"","native":{"baseURL":"city"},"clients":[{"scopes":["all"]}],
            "ticketing":{"baseURL":"http://x"},"products":[{"serviceType":"TV"}]}],
            "tenants":[{"id":"a tenant","clients":[{"clientId":"t","secretVariable":"SHORT"}],"suppliers":["NOBODY"],
            "rejectStatus":401,"addressSource":"OTHER","updates":"ftp://x"}],
            "staff":[{"clients":[]}],"proxies":["home"],"callable":["home"],"colour":"red",
            "issuers":[{"issuer":"i","audience":"a","for":"partner","clients":[{"named":"x","clientId":"nobody"}]}]}
            """
        )
        let places = Set(reasons.map { String($0.prefix { $0 != " " }) })
        #expect(
            places == [
                "/database", "/plain/port", "/plain/publicURL", "/secure/certificate",
                "/secure/key", "/secure/authorities", "/webhookKey", "/sealingKey", "/rateLimit/requests",
                "/rateLimit/seconds", "/suppliers/0/id", "/suppliers/0/name", "/suppliers/0/native/baseURL",
                "/suppliers/0/native/tokenURL", "/suppliers/0/native/clientId",
                "/suppliers/0/native/secretVariable", "/suppliers/0/clients/0/clientId",
                "/suppliers/0/clients/0/scopes", "/suppliers/0/ticketing/baseURL",
                "/suppliers/0/ticketing/certificates", "/suppliers/0/ticketing/sources",
                "/suppliers/0/products/0/id", "/suppliers/0/products/0/serviceType", "/tenants/0/id",
                "/tenants/0/clients/0/secretVariable", "/tenants/0/suppliers", "/tenants/0/rejectStatus",
                "/tenants/0/addressSource", "/tenants/0/updates", "/staff/0/name", "/staff/0/clients", "/proxies",
                "/callable", "/colour", "/issuers/0/for", "/issuers/0/keysURL",
            ]
        )
    }

    @Test func `secrets and keys that are easy to guess are refused, each with its place`() throws {
        let reasons = try Self.reasons(
            """
            {"role":"gateway","webhookKey":{"secretVariable":"EQUAL_WEBHOOKS"},"sealingKey":{"secretVariable":"EQUAL"},
            "staff":[{"name":"office","clients":[{"clientId":"office","secretVariable":"TWICE"}]}],
            "operations":{"port":70000,"colour":"red"}}
            """
        )
        #expect(reasons.contains { $0.hasPrefix("/webhookKey names a key that is easy to guess") })
        #expect(reasons.contains { $0.hasPrefix("/sealingKey names a key that is easy to guess") })
        #expect(
            reasons.contains { $0.hasPrefix("/staff/0/clients/0/secretVariable names a secret that is easy to guess") }
        )
        #expect(
            reasons.contains { $0.hasPrefix("/operations/port") }
                && reasons.contains { $0.hasPrefix("/operations/colour") }
        )
    }

    @Test func `an address to which calls are forbidden is refused, unless callable allows it`() throws {
        func text(_ more: String) -> String {
            """
            {"role":"gateway","database":"d","plain":{"port":1,"publicURL":"https://g.invalid"},\(more)
            "webhookKey":{"secretVariable":"WEBHOOKS"},"sealingKey":{"secretVariable":"SEALING"},
            "suppliers":[{"id":"CITY","name":"City","native":{"baseURL":"https://192.168.0.7/v1",
            "tokenURL":"http://[fe80::1]/t","clientId":"us","secretVariable":"LONG"},
            "clients":[{"clientId":"c","secretVariable":"LONG"}],"products":[{"id":"p"}]}],
            "tenants":[{"id":"T","clients":[{"clientId":"t","secretVariable":"LONG"}],"suppliers":["CITY"],
            "updates":"https://localhost/updates"}],
            "issuers":[{"issuer":"https://i.invalid","audience":"a","for":"tenant","keysURL":"http://127.0.0.1/keys",
            "clients":[{"named":"x","clientId":"t"}]}]}
            """
        }
        let all = try Self.reasons(text(""))
        let fewer = try Self.reasons(text(#""callable":["192.168.0.0/16","127.0.0.0/8"],"#))

        #expect(
            all.map { String($0.prefix { $0 != " " }) } == [
                "/suppliers/0/native/baseURL", "/suppliers/0/native/tokenURL", "/tenants/0/updates",
                "/issuers/0/keysURL",
            ],
            "\(all)"
        )
        #expect(fewer.map { String($0.prefix { $0 != " " }) } == ["/suppliers/0/native/tokenURL"], "\(fewer)")
    }

    @Test func `a client that two parties name, and one that an issuer makes up, are refused`() throws {
        let supplier = """
            {"id":"CITY","name":"City","native":{"baseURL":"https://c.invalid","tokenURL":"https://c.invalid/t",
            "clientId":"us","secretVariable":"LONG"},"clients":[{"clientId":"same"}],"products":[{"id":"p"}]}
            """
        let tenant = #"{"id":"T","clients":[{"clientId":"same"}],"suppliers":["CITY"]}"#
        let issuer = """
            {"issuer":"https://g.invalid","audience":"a","for":"tenant","clients":[{"named":"x","clientId":"nobody"}],
            "keysURL":"https://i.invalid/keys"}
            """
        let plain = #"{"port":1,"publicURL":"https://g.invalid"}"#
        let reasons = try Self.reasons(
            #"{"role":"gateway","plain":\#(plain),"suppliers":[\#(supplier)],"tenants":[\#(tenant)],"issuers":[\#(issuer)]}"#
        )
        #expect(reasons.contains("/ names the client same twice"))
        #expect(reasons.contains("/ has the client same without a secret, and no issuer names it"))
        #expect(reasons.contains("/issuers/0/clients names nobody, which is no client in this file"))
        #expect(reasons.contains("/issuers names https://g.invalid, which is this gateway itself"))
    }

    @Test func `a supplier's Ticketing API needs a door for its notifications, and a certificate of ours`() throws {
        let supplier = """
            {"id":"CITY","name":"City","native":{"baseURL":"https://c.invalid","tokenURL":"https://c.invalid/t",
            "clientId":"us","secretVariable":"LONG"},"clients":[{"clientId":"c"}],"products":[{"id":"p"}],
            "ticketing":{"baseURL":"https://c.invalid/prod/api2","certificates":["none.pem"],"sources":["192.0.2.0/24"]}}
            """
        let reasons = try Self.reasons(#"{"role":"gateway","suppliers":[\#(supplier)]}"#)
        #expect(reasons.contains("/secure is missing, and a supplier's Ticketing API needs it"))
        #expect(reasons.contains("/client is missing, and a supplier's Ticketing API needs it"))
    }

    @Test(arguments: [
        ("http://127.0.0.2:66000/", "must have a port from 1 to 65535"),
        ("https://u:p@x.invalid", "must have no user and no password"),
        ("https://x.invalid/#a", "must have no fragment"), ("https://x.invalid/a b", "must have no white space"),
    ])
    func `an address that cannot be called is refused at its place, whatever it is for`(url: String, words: String)
        throws
    {
        let supplier = """
            {"id":"CITY","name":"City","native":{"baseURL":"\(url)","tokenURL":"\(url)","clientId":"us","secretVariable":"LONG"},
            "clients":[{"clientId":"c"}],"products":[{"id":"p"}],
            "ticketing":{"baseURL":"\(url)","certificates":["none.pem"],"sources":["192.0.2.0/24"]}}
            """
        let tenant = #"{"id":"T","clients":[{"clientId":"same"}],"suppliers":["CITY"],"updates":"\#(url)"}"#
        let issuer = """
            {"issuer":"https://g.invalid","audience":"a","for":"tenant","clients":[{"named":"x","clientId":"c"}],"keysURL":"\(url)"}
            """
        let plain = #"{"port":1,"publicURL":"\#(url)"}"#
        let reasons = try Self.reasons(
            #"{"role":"gateway","plain":\#(plain),"suppliers":[\#(supplier)],"tenants":[\#(tenant)],"issuers":[\#(issuer)]}"#
        )

        for place in [
            "/plain/publicURL", "/suppliers/0/native/baseURL", "/suppliers/0/native/tokenURL", "/tenants/0/updates",
            "/issuers/0/keysURL",
        ] {
            #expect(reasons.contains { $0.hasPrefix("\(place) \(words)") }, "\(place) in \(reasons)")
        }
        #expect(reasons.contains { $0.hasPrefix("/suppliers/0/ticketing/baseURL must ") })
    }

    @Test func `a role that nobody has is said with those that there are`() throws {
        let reasons = try Self.reasons(#"{"role":"pope"}"#)
        #expect(reasons.count == 1)
        #expect(reasons.first?.contains("gateway, partner") == true, "\(reasons)")
    }

    @Test func `the guide's examples, together in one file, can be served`() throws {
        let example = try GuideExample("gateway")
        defer { example.remove() }

        let file = try example.read(example.text)

        guard case .gateway(let gateway) = file else { return #expect(Bool(false), "it is a gateway's") }
        #expect(
            (gateway.roles + gateway.staffRoles).map(\.name) == ["tenant/TENANT1", "supplier/CITY", "operator/office"]
        )
        #expect(gateway.issuers.first?.clients == ["0f3c": "tenant-app"])
    }

    @Test func `issuers and their names for clients are told apart by their bytes`() throws {
        let example = try GuideExample("gateway")
        defer { example.remove() }
        func issuer(_ name: String) -> String {
            """
            {"issuer":"\(name)","audience":"a","for":"tenant","keysURL":"https://i.invalid/keys",
            "clients":[{"named":"CAF\u{C9}","clientId":"tenant-app"},{"named":"CAFE\u{301}","clientId":"office"}]}
            """
        }
        let both = issuer("https://caf\u{E9}.invalid") + "," + issuer("https://cafe\u{301}.invalid")
        let start = try #require(example.text.firstRange(of: #""issuers""#))
        let list = try #require(example.text[start.upperBound...].firstRange(of: "["))
        let text = example.text[..<list.upperBound] + both + "," + example.text[list.upperBound...]

        guard case .gateway(let gateway) = try example.read(String(text)) else {
            return #expect(Bool(false), "it is a gateway's")
        }

        #expect(gateway.issuers.count == 3)
        #expect(gateway.issuers.first?.clients == ["CAF\u{C9}": "tenant-app", "CAFE\u{301}": "office"])
    }

    private static func reasons(_ text: String) throws -> [String] {
        try RefusedFile.reasons(text) { _ = try HouseFile($0) }
    }
}
