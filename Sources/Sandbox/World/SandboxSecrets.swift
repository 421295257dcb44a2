import Adapters
import Engine
import FoundationEssentials

/// A sandbox's credentials: drawn once, kept in its directory, shown in `sandbox.json`. They protect an exercise on
/// loopback, and are made as real ones are.
package struct SandboxSecrets: Codable, Sendable {
    package struct Client: Codable, Sendable {
        package let id: String
        package let secret: String
    }

    /// Where the virtual clock begins: the wall clock at the first start, whole seconds.
    package let startedAt: Date
    package let tenant: Client
    package let secondTenant: Client
    /// The operator's, for the gateway's Supplier Updates API.
    package let supplier: Client
    /// The gateway's, for the operator's Supplier API.
    package let wholesale: Client
    /// The network desk's.
    package let desk: Client
    package let controlToken: String
    package let console: Client
    /// Standard Webhooks: `whsec_` and base64 of the key.
    package let webhookSecret: String
    package let signingKey: String

    /// Under which the parties' secrets are sealed: made of what is kept anyway, so that an older directory has it too.
    package var secretKey: [UInt8] { Hex.decode(Hex.sha256(Array("secrets \(signingKey)".utf8))) ?? [] }

    /// Of the native supplier and of the gateway's account with it, and of who examines the operator; made of what is kept,
    /// for the same reason.
    package var nativeSupplier: Client { made("native-supplier") }
    package var nativeWholesale: Client { made("gateway-native") }
    package var supplierCheck: Client { made("supplier-check") }

    private func made(_ name: String) -> Client {
        Client(id: name, secret: Hex.sha256(Array("\(name) \(signingKey)".utf8)))
    }

    init(ids: IDSource, startedAt: Date) {
        func client(_ name: String) -> Client { Client(id: name, secret: ids.secret()) }
        self.startedAt = startedAt
        tenant = client("tenant1-app")
        secondTenant = client("tenant2-app")
        supplier = client("dummy-supplier")
        wholesale = client("gateway")
        desk = client("network-desk")
        controlToken = ids.secret()
        console = client("operator")
        webhookSecret = "whsec_" + Data(ids.bytes(32)).base64EncodedString()
        signingKey = SigningKey.makePEM()
    }
}

extension IDSource {
    fileprivate func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: bits()) } }

    /// 256 random bits, as hex.
    fileprivate func secret() -> String { Hex.encode(bytes(32)) }
}
