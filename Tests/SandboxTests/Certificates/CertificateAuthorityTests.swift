import Adapters
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite struct CertificateAuthorityTests {
    @Test func `the same directory has the same certificates at the next start`() throws {
        try withDirectory { directory in
            let first = try CertificateAuthority(in: directory, now: .real).client("buyer")
            let second = try CertificateAuthority(in: directory, now: .real).client("buyer")

            #expect(first.fingerprint == second.fingerprint)
            #expect(first.fingerprint.count == 64)
        }
    }

    @Test func `only its owner can read a key`() throws {
        try withDirectory { directory in
            let issued = try CertificateAuthority(in: directory, now: .real).client("buyer")
            let attributes = try FileManager.default.attributesOfItem(atPath: issued.files.key)

            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `each certificate is another`() throws {
        try withDirectory { directory in
            let authority = try CertificateAuthority(in: directory, now: .real)

            #expect(try authority.client("buyer").fingerprint != authority.client("partner").fingerprint)
            #expect(try authority.client("buyer").fingerprint != authority.issue("buyer", as: .client).fingerprint)
        }
    }
}
