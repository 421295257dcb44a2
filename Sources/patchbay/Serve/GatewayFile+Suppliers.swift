import Adapters
import Domain
import Formats

extension GatewayFile {
    /// A supplier by the published contracts; one with a contract of its own is code (`docs/adding-a-supplier.md`).
    static func supplier(_ reader: ObjectReader, _ file: ConfigurationFile) -> Supplier? {
        let id = reader.requiredString("id", length: 1...20, pattern: .supplier)
        let name = reader.requiredString("name", length: 1...100)
        let native = reader.requiredObject("native")
        let baseURL = native?.url("baseURL")
        let access = native.flatMap { Self.access($0, file) }
        native?.finish(rejectUnknown: true)
        let ticketing = reader.optionalObject("ticketing")
        let ticketingURL = ticketing?.url("baseURL", schemes: [.https])
        let notifier = ticketing.map { file.peer($0) }
        ticketing?.finish(rejectUnknown: true)
        let clients = clients(of: reader, file, ["updates"], usually: ["updates"])
        let products = (reader.requiredObjects("products", count: 1...1_000) ?? []).compactMap(Self.product)
        let enumerations = Self.choices("enumerations", of: reader)
        let testRequired = reader.optionalBool("testRequired") ?? false
        reader.finish(rejectUnknown: true)
        guard let id, let name, let baseURL, let access else { return nil }
        return Supplier(
            id: SupplierID(id),
            name: name,
            baseURL: baseURL,
            access: access,
            ticketingURL: ticketingURL,
            terms: SupplierTerms(clients: clients, access: notifier),
            catalogue: Catalogue(specifications: products, enumerations: enumerations),
            testRequired: testRequired
        )
    }

    private static func access(_ reader: ObjectReader, _ file: ConfigurationFile) -> Configuration.Access? {
        let tokenURL = reader.requiredURL("tokenURL")
        let clientID = reader.requiredString("clientId", length: 1...200)
        let secret = file.secret(reader)
        let authentication: ClientAuthentication? = reader.optionalEnum("clientAuthentication")
        guard let tokenURL, let clientID, let secret else { return nil }
        return Configuration.Access(
            tokenURL: tokenURL,
            clientID: clientID,
            clientSecret: secret,
            authentication: authentication ?? .basic
        )
    }

    private static func product(_ reader: ObjectReader) -> Catalogue.Specification? {
        let id = reader.requiredString("id", length: 1...50)
        let name = reader.optionalString("name", length: 1...200)
        let type = reader.optionalChoice("serviceType", from: ["BROADBAND", "ETHERNET"]) ?? "BROADBAND"
        let characteristics = choices("characteristics", of: reader)
        reader.finish(rejectUnknown: true)
        return id.map { id in
            Catalogue.Specification(
                id: id,
                name: name ?? id,
                serviceTypes: [type],
                characteristics: characteristics
            )
        }
    }

    private static func choices(_ key: String, of parent: ObjectReader) -> [Catalogue.Choice] {
        (parent.optionalObjects(key, count: 0...200) ?? []).compactMap { reader in
            let name = reader.requiredString("name", length: 1...50)
            let values = reader.requiredStrings("values", count: 1...500, length: 1...100)
            reader.finish(rejectUnknown: true)
            guard let name, let values else { return nil }
            return Catalogue.Choice(name: name, values: values)
        }
    }
}
