import Engine
import Formats
import FoundationEssentials
import Glibc
import Logging

/// Logs to standard error, a line an event: as JSON for a collector, or as text for a person.
///
/// Metadata is written as it is given: whoever logs gives no subscriber's data and no secret.
package struct LineLog: LogHandler {
    package enum Form: String, CaseIterable, Sendable { case json, text }

    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let form: Form
    private let write: @Sendable ([UInt8]) -> Void

    package init(label: String, form: Form, write: @escaping @Sendable ([UInt8]) -> Void = LineLog.standardError) {
        self.label = label
        self.form = form
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let at = Timestamp.format(TimeSource.real.now())
        switch form {
        case .json:
            let line = JSONWriter.bytes { json in
                json.object { json in
                    json.field("at", at)
                    json.field("level", event.level.rawValue)
                    json.field("label", label)
                    json.field("message", "\(event.message)")
                    for (key, value) in all { json.field(key, "\(value)") }
                }
            }
            write(line + [0x0A])
        case .text:
            let tail = all.map { " \($0.key)=\($0.value)" }.joined()
            write(Array("\(at) \(event.level.rawValue) \(label): \(event.message)\(tail)\n".utf8))
        }
    }

    /// One write a line, so that lines of several threads don't mix.
    package static let standardError: @Sendable ([UInt8]) -> Void = { line in
        _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
