import Adapters
import Domain
import Formats
import FoundationEssentials

/// `sandbox.json`: everything that a program needs to talk to this world (architecture §8).
package struct SandboxFile {
    private let home: SandboxHome
    private let identities: SandboxIdentities
    private let base: Int
    private let pid: Int32

    package init(home: SandboxHome, base: Int, pid: Int32) throws {
        self.home = home
        self.base = base
        self.pid = pid
        identities = try SandboxIdentities(home.authority)
    }

    private var plain: String { "http://127.0.0.1:\(base)" }
    private var secure: String { "https://localhost:\(base + 1)" }

    package var bytes: [UInt8] {
        let secrets = home.secrets
        return JSONWriter.bytes(reserving: 4_096) { json in
            json.object { json in
                json.field("ready", true)
                json.field("pid", Int(pid))
                client(
                    &json,
                    "tenant",
                    secrets.tenant,
                    base: "/v1",
                    audience: "tenant",
                    id: SandboxParties.tenant.rawValue
                )
                client(
                    &json,
                    "secondTenant",
                    secrets.secondTenant,
                    base: "/v1",
                    audience: "tenant",
                    id: SandboxParties.secondTenant.rawValue
                )
                certificate(&json, "ticketing", "/prod/api2", identities.buyer, buyerIdentifier: "SPDEV1")
                certificate(&json, "rivalTicketing", "/prod/api2", identities.rivalBuyer, buyerIdentifier: "SPDEV2")
                certificate(&json, "installer", "/prod/ftth-installer", identities.partner)
                samples(&json)
                client(&json, "supplier", secrets.supplier, base: "/supplier/v1", audience: "supplier")
                client(&json, "wholesale", secrets.wholesale, base: "/wholesale/v1", audience: "wholesale")
                client(&json, "supplierCheck", secrets.supplierCheck, base: "/wholesale/v1", audience: "wholesale")
                client(&json, "operator", secrets.desk, base: "/operator/v1", audience: "operator")
                json.object("control") { json in
                    json.field("baseURL", plain + "/sandbox")
                    json.field("token", secrets.controlToken)
                }
                json.object("console") { json in
                    json.field("url", plain + "/console")
                    json.field("user", secrets.console.id)
                    json.field("password", secrets.console.secret)
                }
                json.object("webhooks") { $0.field("secret", secrets.webhookSecret) }
            }
        }
    }

    private func client(
        _ json: inout JSONWriter,
        _ key: String,
        _ client: SandboxSecrets.Client,
        base path: String,
        audience: String,
        id: String? = nil
    ) {
        json.object(key) { json in
            json.field("id", id)
            json.field("baseURL", plain + path)
            json.field("tokenURL", plain + "/auth/\(audience)/access-token")
            json.field("clientId", client.id)
            json.field("clientSecret", client.secret)
        }
    }

    private func certificate(
        _ json: inout JSONWriter,
        _ key: String,
        _ path: String,
        _ certificate: IssuedCertificate,
        buyerIdentifier: String? = nil
    ) {
        json.object(key) { json in
            json.field("baseURL", secure + path)
            json.field("buyerIdentifier", buyerIdentifier)
            json.field("ca", home.authority.path)
            json.field("certificate", certificate.files.certificate)
            json.field("key", certificate.files.key)
        }
    }

    private func samples(_ json: inout JSONWriter) {
        let town = Town.samples
        json.object("samples") { json in
            json.field("supplier", SandboxParties.supplier.rawValue)
            json.field("product", town.products.first)
            json.object("addresses") { json in
                json.field("type", "UPRN")
                json.field("first", town.firstAddress)
                json.field("count", town.addressCount)
            }
            json.object("services") { json in
                json.field("prefix", town.servicePrefix)
                json.field("first", town.firstService)
                json.field("count", town.serviceCount)
                json.field("addressFirst", town.firstServiceAddress)
            }
        }
    }
}
