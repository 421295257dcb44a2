import Foundation

/// How long each of many equal pieces of work took.
struct Figures: Sendable {
    let perSecond: Double
    /// Milliseconds, shortest first.
    private let latencies: [Double]

    init(latencies: [Double], elapsed: Duration) {
        self.latencies = latencies.sorted()
        perSecond = Double(latencies.count) / elapsed.inSeconds
    }

    func quantile(_ fraction: Double) -> Double {
        latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(Double(latencies.count) * fraction))]
    }

    func text(_ fraction: Double) -> String { String(format: "%.1f ms", quantile(fraction)) }

    /// The machine is shared: the run that was disturbed least says most about the program.
    static func best(_ runs: [Figures]) -> Figures {
        runs.max { $0.perSecond < $1.perSecond } ?? Figures(latencies: [], elapsed: .seconds(1))
    }
}

enum Text {
    static func ratio(_ value: Double) -> String { String(format: "%.2f", value) }
}

enum Machine {
    /// The load average of the last minute: without it a figure says nothing.
    static var load: String {
        let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? "?"
        return text.split(separator: " ").first.map(String.init) ?? "?"
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
