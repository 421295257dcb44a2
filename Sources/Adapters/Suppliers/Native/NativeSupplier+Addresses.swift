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
        let response = try await ask(.get, path, question.asker, as: "GET /addresses")
        let problems = Problems()
        let reader = ObjectReader(try Self.document(response).root, problems: problems)
        let found = reader.requiredObjects("addresses", count: 0...10_000)?.compactMap {
            WholesaleReading.knownAddress($0, from: supplier.rawValue)
        }
        guard problems.isEmpty, let found else { throw Unanswered.failed(reason: "its answer cannot be read") }
        return found
    }
}
