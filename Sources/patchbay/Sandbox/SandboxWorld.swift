import Adapters
import Domain
import Engine
import FoundationEssentials
import Sandbox

/// How the product and its counterparts are configured in a sandbox: everything on loopback, by the home's credentials.
struct SandboxWorld: Sendable {
    let home: SandboxHome
    let base: Int
    let clock: VirtualClock?
    var installationData: String?
    /// Where the files of visits are; `nil`: in the home.
    var objects: Configuration.Objects?
    /// What the operator's head end is told to answer, by the scenario.
    let headEnd = HeadEndScript()

    var plainURL: String { "http://127.0.0.1:\(base)" }
    var secureURL: String { "https://localhost:\(base + 1)" }
    private var pace: Pace { clock == nil ? .brisk : .timetable }

    func configuration(deskNewsURL: String) throws -> Configuration {
        let identities = try SandboxIdentities(home.authority)
        let secrets = home.secrets
        let webhookKey = Data(base64Encoded: String(secrets.webhookSecret.dropFirst("whsec_".count))) ?? Data()
        return Configuration(
            port: base,
            plainURL: plainURL,
            secureURL: secureURL,
            server: identities.server.files,
            gatewayIdentity: identities.gateway.files,
            operatorIdentity: identities.operatorSide.files,
            signingKey: secrets.signingKey,
            supplierAccess: access(secrets.wholesale, "wholesale"),
            updatesAccess: access(secrets.supplier, "supplier"),
            webhookKey: Array(webhookKey),
            secretKey: secrets.secretKey,
            objects: objects ?? .directory(path: home.objects),
            deskNewsURL: deskNewsURL,
            supplier: SandboxParties.supplier,
            nativeAccount: Configuration.NativeAccount(
                supplier: SandboxParties.nativeSupplier,
                customer: SandboxParties.nativeCustomer,
                access: access(secrets.nativeWholesale, "wholesale"),
                updates: access(secrets.nativeSupplier, "supplier")
            ),
            scriptedSupplier: SandboxParties.scriptedSupplier,
            partner: SandboxParties.partner,
            town: .samples,
            pace: pace,
            headEnd: { [headEnd] in headEnd.answers },
            outboundDeadline: .seconds(2),
            addresses: AddressPolicy(.loopbackOnly),
            installationData: installationData
        )
    }

    func counterparts() throws -> CounterpartsConfiguration {
        let identities = try SandboxIdentities(home.authority)
        return CounterpartsConfiguration(
            serverIdentity: identities.server.files,
            installerIdentity: identities.partner.files,
            installationURL: secureURL + "/prod/ftth-installer",
            operatorAccess: SandboxParties.access(identities.operatorSide),
            deskURL: plainURL + "/operator/v1",
            deskTokenURL: plainURL + "/auth/operator/access-token",
            deskClientID: home.secrets.desk.id,
            deskClientSecret: home.secrets.desk.secret,
            buyerIdentities: [.buyer: identities.buyer.files, .rivalBuyer: identities.rivalBuyer.files],
            ticketingURL: secureURL + "/prod/api2",
            tenantWebhookSecret: home.secrets.webhookSecret,
            secondTenantWebhookSecret: home.secrets.webhookSecret,
            pace: pace
        )
    }

    /// For a person: where everything is.
    func table(isVirtual: Bool) -> String {
        let rows = [
            ("Tenant API", plainURL + "/v1", "token: /auth/tenant/access-token"),
            ("Supplier Updates API", plainURL + "/supplier/v1", "token: /auth/supplier/access-token"),
            ("Supplier API", plainURL + "/wholesale/v1", "token: /auth/wholesale/access-token"),
            ("Network desk", plainURL + "/operator/v1", "token: /auth/operator/access-token"),
            ("Ticketing API", secureURL + "/prod/api2", "client certificate"),
            ("Installation API", secureURL + "/prod/ftth-installer", "client certificate"),
            ("Sandbox controls", plainURL + "/sandbox", "control token"),
            ("Health, metrics", plainURL + "/health/ready", "/metrics"),
        ]
        let lines = rows.map { row in
            "  " + row.0.padded(to: 22) + row.1.padded(to: 46) + row.2
        }
        let clock = isVirtual ? "virtual: POST /sandbox/clock turns it" : "real"
        return """
            Patchbay sandbox. Clock: \(clock).

            \(lines.joined(separator: "\n"))

            Credentials and samples: \(home.sandboxFile)
            Now try: patchbay demo --data \(home.path)
            """
    }

    private func access(_ client: SandboxSecrets.Client, _ audience: String) -> Configuration.Access {
        Configuration.Access(
            tokenURL: "\(plainURL)/auth/\(audience)/access-token",
            clientID: client.id,
            clientSecret: client.secret
        )
    }
}
