import Logging
import Synchronization

/// Log lines as a person reads them, kept.
package final class RecordedLog: Sendable {
    private let kept = Mutex<[String]>([])

    package init() {}

    package var lines: [String] { kept.withLock { $0 } }
    package var handler: any LogHandler { Handler(log: self) }

    /// Waits until a line has all these words: what a listener logs comes after what its client sees.
    package func line(with words: String...) async throws -> String? {
        for _ in 0..<500 {
            if let line = lines.first(where: { line in words.allSatisfy { line.contains($0) } }) { return line }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    private struct Handler: LogHandler {
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]
        let log: RecordedLog

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            let line = "\(event.message)" + all.map { " \($0.key)=\($0.value)" }.joined()
            log.kept.withLock { $0.append(line) }
        }
    }
}
