import Metrics
import Synchronization

/// A swift-metrics backend that is read by Prometheus: the text format, version 0.0.4, at `/metrics`.
///
/// Counters count, meters show a value, recorders and timers are histograms with fixed bounds, so that what several
/// nodes tell may be added up.
package final class PrometheusMetrics: MetricsFactory, Sendable {
    /// Seconds for timers, from a point lookup to a deadline.
    static let secondsBounds = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Counts for recorders, from one body a commit to the most.
    static let countBounds: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024]
    /// Series kept in all; labels are few and closed, so more means a mistake, and memory stays bounded.
    static let seriesMax = 5_000

    struct Key: Hashable, Sendable {
        let label: String
        let dimensions: [String]

        init(_ label: String, _ dimensions: [(String, String)]) {
            self.label = label
            self.dimensions = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
        }

        private static func escaped(_ text: String) -> String {
            var out = ""
            for character in text {
                switch character {
                case "\\": out += "\\\\"
                case "\"": out += "\\\""
                case "\n": out += "\\n"
                case _: out.append(character)
                }
            }
            return out
        }
    }

    private let series = Mutex<[Key: Series]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        handler(label, dimensions, .counter)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        handler(label, dimensions, .gauge)
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        handler(label, dimensions, aggregate ? .histogram(bounds: Self.countBounds) : .gauge)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        handler(label, dimensions, .histogram(bounds: Self.secondsBounds))
    }

    // What counts lives as long as the process: Prometheus wants it steady. A gauge that shows nothing any more is taken away: its
    // last value would be shown for ever.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) { removeGauge(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { removeGauge(handler) }
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything there is, as Prometheus reads it.
    package var text: String {
        let all = series.withLock { $0 }
        var out = ""
        for (label, family) in Dictionary(grouping: all, by: \.key.label).sorted(by: { $0.key < $1.key }) {
            guard let first = family.first else { continue }
            out += "# TYPE \(label) \(first.value.kind.name)\n"
            for (key, series) in family.sorted(by: { $0.key.dimensions.joined() < $1.key.dimensions.joined() }) {
                series.write(label: label, dimensions: key.dimensions, to: &out)
            }
        }
        return out
    }

    private func removeGauge(_ handler: AnyObject) {
        series.withLock { series in
            guard let (key, found) = series.first(where: { $0.value === handler }), case .gauge = found.kind else {
                return
            }
            series[key] = nil
        }
    }

    private func handler(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
        let key = Key(label, dimensions)
        return series.withLock { series in
            if let known = series[key] { return known }
            let fresh = Series(kind)
            if series.count < Self.seriesMax { series[key] = fresh }
            return fresh
        }
    }
}
