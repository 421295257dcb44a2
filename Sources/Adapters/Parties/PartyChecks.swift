import Domain
import Engine
import Formats
import HTTPTypes

/// What is looked at when staff sets a party's terms, beyond their form: whether our policy lets us call the addresses, and
/// whether the certificates can be used. Said at once, or the first who notices is the party whose messages don't come.
package struct PartyChecks: Sendable {
    /// How long staff waits for a name server; what it has not said by then is seen at the first call.
    private static let patience: Duration = .seconds(2)

    /// Where we may call; `nil`: not looked at.
    private let addresses: AddressPolicy?
    /// Who signs the certificates that our listener takes; `nil`: not looked at.
    private let authorities: ClientChain?
    /// Certificates age in real time, whatever the product's clock says (decision 19).
    private let realTime: TimeSource

    package init() { self.init(addresses: nil, authorities: nil, realTime: .real) }

    /// - Parameter authorities: a PEM file with those that our listener takes certificates of; `nil`: it takes none.
    package init(addresses: AddressPolicy, authorities: String?, realTime: TimeSource = .real) throws {
        self.init(
            addresses: addresses,
            authorities: try authorities.map { try ClientChain(file: $0) },
            realTime: realTime
        )
    }

    init(addresses: AddressPolicy?, authorities: ClientChain?, realTime: TimeSource) {
        self.addresses = addresses
        self.authorities = authorities
        self.realTime = realTime
    }

    /// Refuses with 400 each address that our policy forbids. A name is looked up for that; one that has no address at
    /// present may get an allowed one, and is taken.
    func requireCallable(_ urls: [(pointer: String, url: String?)]) async throws {
        guard let addresses else { return }
        var problems: [Problem] = []
        for (pointer, url) in urls {
            guard let url, let address = try? HTTPURL(url) else { continue }
            do {
                _ = try await addresses.target(of: address, within: Self.patience)
            } catch let failure as OutboundFailure where failure.kind == .forbidden {
                problems.append(
                    Problem(pointer: pointer, code: .rule, message: "\(failure.text): calls to it are forbidden")
                )
            } catch {}
        }
        guard problems.isEmpty else { throw APIError.malformed(problems) }
    }

    /// What keeps certificates from being taken today, and may be otherwise tomorrow.
    func warnings(about certificates: [KnownCertificate]) async -> [Warning] {
        let now = realTime.now()
        var warnings: [Warning] = []
        for (index, certificate) in certificates.enumerated() {
            for text in await certificate.doubts(at: now, authorities) {
                warnings.append(Warning(pointer: "/certificates/\(index)", message: text))
            }
        }
        return warnings
    }

    /// The same about a certificate that a file names, and that it runs out within 30 days.
    package func doubts(about certificate: KnownCertificate) async -> [String] {
        let now = realTime.now()
        return await certificate.doubts(at: now, authorities) + [certificate.endsSoon(at: now)].compactMap(\.self)
    }

    struct Warning: Equatable, Sendable {
        let pointer: String
        let message: String
    }
}

extension ByteResponse {
    /// A party as it is kept, and what is worth a look about it.
    static func party(
        status: HTTPResponse.Status,
        warnings: [PartyChecks.Warning],
        _ write: (inout JSONWriter) -> Void
    ) -> ByteResponse {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                write(&json)
                json.warnings(warnings)
            }
        }
        return ByteResponse(status: status, bytes: bytes)
    }
}

extension JSONWriter {
    /// `warnings`, if there are any.
    mutating func warnings(_ warnings: [PartyChecks.Warning]) {
        guard !warnings.isEmpty else { return }
        array("warnings") { json in
            for warning in warnings {
                json.object {
                    $0.field("pointer", warning.pointer)
                    $0.field("message", warning.message)
                }
            }
        }
    }
}
