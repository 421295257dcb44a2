import Testing

@testable import Adapters

/// Whether hosts that are to be called have addresses.
@Suite struct NameCheckTests {
    @Test func `a host without an address is named at each place, and one that has some is not`() async {
        let names = NameResolution(now: { .now }) { host in
            switch host {
            case "good.invalid": ["192.0.2.1"]
            case "silent.invalid": throw NameResolution.Failure.noAnswer
            case _: []
            }
        }

        let findings = await NameCheck(names: names).findings([
            ("/a", "https://good.invalid/x"), ("/b", "https://gone.invalid:8443"), ("/c", "http://gone.invalid"),
            ("/d", "https://silent.invalid"), ("/e", "https://192.0.2.7/"), ("/f", "https://[2001:db8::1]/"),
        ])

        #expect(
            findings.map { "\($0.place) \($0.seen)" } == [
                "/b gone.invalid has no address", "/c gone.invalid has no address",
                "/d silent.invalid: the name server gave no answer",
            ]
        )
        #expect(findings.allSatisfy { $0.severity == .error && $0.advice != nil })
    }
}
