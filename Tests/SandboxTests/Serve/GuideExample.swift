import Adapters
import Engine
import Foundation
import Testing

@testable import Sandbox
@testable import patchbay

/// The configuration file of a guide's examples, in a directory with every file that it names.
struct GuideExample {
    let directory: URL
    /// All examples of the guide, as one document.
    let text: String
    let environment: [String: String]

    /// - Parameter guide: `gateway` or `partner`.
    init(_ guide: String) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/\(guide).md")
        let examples = try String(contentsOf: path, encoding: .utf8).matches(of: /```json\n(?<text>[^`]+)\n```/)
            .map { String($0.output.text) }
        text = try examples.dropFirst().reduce(#require(examples.first)) { $0.dropLast(1) + "," + $1.dropFirst(1) }
        let names = ["TENANT1_SECRET", "CITY_SECRET", "CITY_UPDATES_SECRET", "OFFICE_SECRET"]
        environment = Dictionary(uniqueKeysWithValues: names.map { ($0, "a secret that is long enough") })
        directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let authority = try CertificateAuthority(in: directory.path + "/made", now: TimeSource.real.now())
        let made = (server: try authority.server().files, client: try authority.client(guide).files)
        for (path, name) in [
            (made.server.certificate, "server.pem"), (made.server.key, "server.key"),
            (made.server.authorities, "operators-ca.pem"), (made.client.certificate, "\(guide).pem"),
            (made.client.key, "\(guide).key"), (try authority.client("city").files.certificate, "city.pem"),
            (try authority.client("operator").files.certificate, "operator.pem"),
        ] {
            try FileManager.default.copyItem(at: URL(filePath: path), to: directory.appending(path: name))
        }
        try put(SigningKey.makePEM(), "tokens.pem")
        try put(WebhookKey.spelt(Array("the webhook key of these tests!!".utf8)) + "\n", "webhooks.secret")
        try put(Data("the sealing key of these tests!!".utf8).base64EncodedString() + "\n", "sealing.secret")
        for name in ["office.secret", "wall.secret"] { try put("a secret that is long enough\n", name) }
    }

    /// - Throws: ``ConfigurationFile/Refused``.
    func read(_ text: String) throws -> HouseFile {
        try put(text, "house.json")
        return try HouseFile(
            ConfigurationFile(at: directory.appending(path: "house.json").path, environment: environment)
        )
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }

    private func put(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: directory.appending(path: name))
    }
}
