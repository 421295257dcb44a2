import Domain
import Formats

/// The published tables of the contract (I-020 … I-022, I-040, I-041), as dated data in the program.
enum InstallationData {
    /// The resource is broken: a fault of the build, found at the first start.
    struct Broken: Error {
        let file: String
    }

    static func closureCatalogue() throws -> ClosureCatalogue {
        let root = try object("closure-codes", PackageResources.closure_codes_json)
        return ClosureCatalogue(
            primaries: texts(root["primary"]),
            secondaries: (root["secondary"]?.members).map { members in
                Dictionary(uniqueKeysWithValues: members.map { ($0.key, texts($0.value)) })
            } ?? [:]
        )
    }

    /// What each provisioning result says, by its number (I-041).
    static let provisioningTexts: [String: String] = section("provisioning")
    /// What each property flag says (I-040).
    static let propertyFlagTexts: [String: String] = section("propertyFlags")

    private static func section(_ name: String) -> [String: String] {
        let root = try? object("installation-texts", PackageResources.installation_texts_json)
        return texts(root?[name])
    }

    private static func object(_ file: String, _ bytes: [UInt8]) throws -> JSONValue {
        let root = try JSONDocument(parsing: bytes).root
        guard root.kind == .object, root["asOf"]?.string != nil else { throw Broken(file: file) }
        return root
    }

    private static func texts(_ value: JSONValue?) -> [String: String] {
        guard let members = value?.members else { return [:] }
        return Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value.string ?? "") })
    }
}
