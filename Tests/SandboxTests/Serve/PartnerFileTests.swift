import Foundation
import Testing

@testable import patchbay

/// What is wrong with a configuration file, each with its place.
@Suite struct PartnerFileTests {
    @Test func `everything that is wrong is said at once`() throws {
        let reasons = try Self.reasons(
            """
            {"role":"pope","plain":{"port":70000,"publicURL":"partner"},
            "secure":{"port":1,"certificate":"none.pem","key":"none.key","authorities":"none.pem"},
            "operators":[{"id":"an operator","endpoint":"http://operator.invalid","certificates":["none.pem"],
            "sources":["everywhere"],"acceptance":"maybe","jobTypes":["DANCE"]}],
            "apps":[{"name":"a","clientId":"a","secretVariable":"SHORT"},{"name":"b","clientId":"b"}],
            "callable":["home"],"colour":"red"}
            """
        )
        let places = Set(reasons.map { String($0.prefix { $0 != " " }) })
        #expect(
            places == [
                "/role", "/database", "/plain/port", "/plain/publicURL", "/secure/certificate", "/secure/key",
                "/secure/authorities", "/client", "/operators/0/id", "/operators/0/endpoint",
                "/operators/0/certificates", "/operators/0/sources", "/operators/0/acceptance", "/operators/0/jobTypes",
                "/apps/0/secretVariable", "/apps/1/secretVariable", "/callable", "/colour",
            ]
        )
    }

    @Test func `what is no JSON is said by line and column`() throws {
        let reasons = try Self.reasons("{\n  \"role\": partner\n}")
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix("line 2, column 11") == true, "\(reasons)")
    }

    @Test func `a file that is not there is said`() {
        #expect(throws: ConfigurationFile.Refused(path: "/nowhere/partner.json", reasons: ["cannot be read"])) {
            try ConfigurationFile(at: "/nowhere/partner.json", environment: [:])
        }
    }

    @Test func `two apps of one client are refused`() throws {
        let app = #"{"name":"a","clientId":"same","secretVariable":"LONG"}"#
        let reasons = try Self.reasons(#"{"role":"partner","apps":[\#(app),\#(app)]}"#)
        #expect(reasons.contains("/apps names same twice"))
    }

    private static func reasons(_ text: String) throws -> [String] {
        try RefusedFile.reasons(text) { _ = try PartnerFile($0) }
    }
}
