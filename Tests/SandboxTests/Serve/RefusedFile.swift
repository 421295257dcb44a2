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
            let environment = ["SHORT": "secret", "LONG": "a secret that is long enough"]
            try read(ConfigurationFile(at: path, environment: environment))
        }
        return refusal?.reasons ?? []
    }
}
