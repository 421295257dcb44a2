import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

extension NativeSupplier {
    package func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] {
        let fields = [
            question.postcode.map { ("postalCode", $0.description) }, question.uprn.map { ("uprn", "\($0)") },
        ].compactMap(\.self)
        let path = "/addresses" + Self.query(fields)
        return try await ask(.get, path, question.asker, as: "GET /addresses") { response in
            try Self.read(response) { reader in
                reader.requiredObjects("addresses", count: 0...10_000)?.compactMap {
                    WholesaleReading.knownAddress($0, from: supplier.rawValue)
                }
            }
        }
    }
}
