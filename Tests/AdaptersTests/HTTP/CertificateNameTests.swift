import Testing

@testable import Adapters

@Suite struct CertificateNameTests {
    @Test(arguments: [
        ("tenant.example", "tenant.example"), ("Tenant.Example", "tenant.example."), ("*.example", "tenant.example"),
        ("*.tenant.example", "api.tenant.example"),
    ])
    func `a name is for itself, and a star for one label`(pattern: String, host: String) {
        #expect(CertificateName.name(pattern, isFor: host))
    }

    @Test(arguments: [
        ("other.example", "tenant.example"), ("*.example", "a.tenant.example"), ("*.example", "example"),
        ("*.example", ".example"), ("t*.example", "tenant.example"), ("", "tenant.example"),
    ])
    func `anything else is not`(pattern: String, host: String) {
        #expect(!CertificateName.name(pattern, isFor: host))
    }
}
