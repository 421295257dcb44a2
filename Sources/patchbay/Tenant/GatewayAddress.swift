import Formats
import FoundationEssentials

/// Where a gateway is and who asks it, from options, from the environment, or from a sandbox's own file.
struct GatewayAddress: Equatable {
    let url: String
    let tokenURL: String
    let client: String
    let secret: String
    /// What a sandbox says can be tried; `nil` for any other gateway.
    var samples: Samples?

    struct Samples: Equatable {
        let supplier: String
        let product: String
        let firstAddress: Int64
        let addressCount: Int64
        let servicePrefix: String
        let firstService: Int64
        let serviceCount: Int64
    }

    /// - Throws: ``TenantFailure`` that says what to do.
    init(_ options: TenantOptions, environment: [String: String]) throws(TenantFailure) {
        func setting(_ option: String?, _ name: String) -> String? {
            (option ?? environment["PATCHBAY_TENANT_\(name)"]).flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let url = setting(options.url, "URL") else {
            self = try GatewayAddress(sandbox: options.data)
            return
        }
        var missing: [String] = []
        let client = setting(options.client, "CLIENT")
        let secret = try options.secretFile.map(Self.text) ?? setting(options.secret, "SECRET")
        if client == nil { missing.append("a client (--client or PATCHBAY_TENANT_CLIENT)") }
        if secret == nil { missing.append("its secret (PATCHBAY_TENANT_SECRET or --secret-file)") }
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let address: HTTPURL
        do { address = try HTTPURL(base) } catch { throw TenantFailure.unasked("The address \(url) \(error.reason).") }
        guard let client, let secret else {
            throw TenantFailure.unasked("To ask \(base) there must be " + missing.joined(separator: " and ") + ".")
        }
        self.url = base
        tokenURL =
            setting(options.tokenURL, "TOKEN_URL")
            ?? "\(address.scheme.rawValue)://\(address.authority)/auth/tenant/access-token"
        self.client = client
        self.secret = secret
    }

    private init(sandbox directory: String) throws(TenantFailure) {
        let path = "\(directory)/sandbox.json"
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw TenantFailure.unasked(
                "There is no \(path). Start a sandbox with `patchbay sandbox`, or name a gateway with --url."
            )
        }
        guard let root = try? JSONDocument(parsing: Array(bytes)).root, let tenant = root["tenant"],
            let url = tenant["baseURL"]?.string, let tokenURL = tenant["tokenURL"]?.string,
            let client = tenant["clientId"]?.string, let secret = tenant["clientSecret"]?.string
        else { throw TenantFailure.unasked("\(path) names no tenant: it is of another program, or of a broken start.") }
        self.url = url
        self.tokenURL = tokenURL
        self.client = client
        self.secret = secret
        samples = root["samples"].flatMap(Samples.init)
    }

    private static func text(of file: String) throws(TenantFailure) -> String {
        guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
            throw TenantFailure.unasked("\(file) cannot be read.")
        }
        return String(text.prefix { !$0.isNewline })
    }
}

extension GatewayAddress.Samples {
    /// Beyond every UPRN and service number.
    private static let numberMax: Int64 = 1_000_000_000_000_000

    init?(_ json: JSONValue) {
        guard let supplier = json["supplier"]?.string, let product = json["product"]?.string,
            let addresses = json["addresses"], let first = addresses["first"]?.integer,
            let count = addresses["count"]?.integer, let services = json["services"],
            let prefix = services["prefix"]?.string, let firstService = services["first"]?.integer,
            let serviceCount = services["count"]?.integer, count > 0, serviceCount > 0,
            // Numbers are drawn from these ranges, so their ends must be numbers too.
            [first, count, firstService, serviceCount].allSatisfy({ $0 < Self.numberMax })
        else { return nil }
        self.supplier = supplier
        self.product = product
        firstAddress = first
        addressCount = count
        servicePrefix = prefix
        self.firstService = firstService
        self.serviceCount = serviceCount
    }
}
