import Engine
import Formats
import FoundationEssentials
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
    private let lines: LogLines

    package init(label: String, form: Form, lines: LogLines = .standardError) {
        self.label = label
        self.form = form
        self.lines = lines
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        guard let dropped = lines.add(line(event.level, "\(event.message)", all)), dropped > 0 else { return }
        lines.add(
            line(
                .warning,
                "log lines were dropped before this: the log's reader did not keep up",
                ["pb-count": "\(dropped)"]
            )
        )
    }

    private func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        let all = metadata.sorted { $0.key < $1.key }
        let at = Timestamp.format(TimeSource.real.now())
        switch form {
        case .json:
            let line = JSONWriter.bytes { json in
                json.object { json in
                    json.field("at", at)
                    json.field("level", level.rawValue)
                    json.field("label", label)
                    json.field("message", message)
                    for (key, value) in all { json.field(key, "\(value)") }
                }
            }
            return line + [0x0A]
        case .text:
            let tail = all.map { " \(OneLine.text($0.key))=\(OneLine.text("\($0.value)"))" }.joined()
            return Array("\(at) \(level.rawValue) \(label): \(OneLine.text(message))\(tail)\n".utf8)
        }
    }
}
