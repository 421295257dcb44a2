import Foundation

/// A message of the contract, byte for byte, in `Golden/`. Who changes what is spelt sees the difference there.
///
/// `PATCHBAY_GOLDEN=write swift test --filter TicketingGolden` writes the files anew.
struct GoldenFile: Sendable {
    let name: String

    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"
    private static let isWriting = ProcessInfo.processInfo.environment["PATCHBAY_GOLDEN"] == "write"

    static var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
    }

    private var path: String { "\(Self.directory)/\(name).xml" }

    var bytes: [UInt8] { FileManager.default.contents(atPath: path).map { Array($0) } ?? [] }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What the file has, to be compared with what was seen.
    func expected(seen: String) throws -> String {
        if Self.isWriting { try Self.withoutChance(seen).write(toFile: path, atomically: true, encoding: .utf8) }
        return text
    }

    /// With the same in place of every drawn id and key.
    static func withoutChance(_ text: String) -> String {
        text.replacing(
            /<messageId>[0-9a-f]{8}-[0-9a-f-]{27}</,
            with: "<messageId>0198c0de-0000-7000-8000-000000000001<"
        )
        .replacing(
            /<appointmentReservationKey>[A-Z2-9]{32}</,
            with: "<appointmentReservationKey>ABCDEFGHJKLMNPQRSTUVWXYZ23456789<"
        )
    }
}
