import Foundation
import Testing

@testable import patchbay

enum RefusedFile {
    /// Why a configuration file with this text is refused.
    static func reasons(_ text: String, reading read: (ConfigurationFile) throws -> Void) throws -> [String] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".json").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let refusal = #expect(throws: ConfigurationFile.Refused.self) {
            let environment = [
                "SHORT": "secret", "LONG": "a secret that is long enough", "TWICE": "passwordpassword",
                "SEALING": Data("the sealing key of these tests!!".utf8).base64EncodedString(),
                "WEBHOOKS": "whsec_" + Data("the webhook key of these tests!!".utf8).base64EncodedString(),
                "EQUAL": Data(repeating: 2, count: 32).base64EncodedString(),
                "EQUAL_WEBHOOKS": "whsec_" + Data(repeating: 1, count: 32).base64EncodedString(),
            ]
            try read(ConfigurationFile(at: path, environment: environment))
        }
        return refusal?.reasons ?? []
    }
}
