import Metrics
import Synchronization

/// One series of numbers, whichever kind it is.
final class Series: CounterHandler, MeterHandler, RecorderHandler, TimerHandler, Sendable {
    enum Kind: Sendable {
        case counter
        case gauge
        case histogram(bounds: [Double])

        var name: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    private struct Numbers {
        var value = 0.0
        var count: Int64 = 0
        var buckets: [Int64]
    }

    let kind: Kind
    private let numbers: Mutex<Numbers>

    init(_ kind: Kind) {
        self.kind = kind
        var buckets: [Int64] = []
        if case .histogram(let bounds) = kind { buckets = Array(repeating: 0, count: bounds.count) }
        numbers = Mutex(Numbers(buckets: buckets))
    }

    func increment(by amount: Int64) { numbers.withLock { $0.value += Double(amount) } }
    func increment(by amount: Double) { numbers.withLock { $0.value += amount } }
    func decrement(by amount: Double) { numbers.withLock { $0.value -= amount } }
    func reset() { numbers.withLock { $0.value = 0 } }
    func set(_ value: Int64) { numbers.withLock { $0.value = Double(value) } }
    func set(_ value: Double) { numbers.withLock { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        numbers.withLock { numbers in
            guard case .histogram(let bounds) = kind else {
                numbers.value = value
                return
            }
            numbers.value += value
            numbers.count += 1
            if let bucket = bounds.firstIndex(where: { value <= $0 }) { numbers.buckets[bucket] += 1 }
        }
    }

    func write(label: String, dimensions: [String], to out: inout String) {
        let now = numbers.withLock { $0 }
        guard case .histogram(let bounds) = kind else {
            out += "\(name(label, dimensions)) \(now.value)\n"
            return
        }
        var below: Int64 = 0
        for (bound, count) in zip(bounds, now.buckets) {
            below += count
            out += "\(name(label + "_bucket", dimensions + ["le=\"\(bound)\""])) \(below)\n"
        }
        out += "\(name(label + "_bucket", dimensions + ["le=\"+Inf\""])) \(now.count)\n"
        out += "\(name(label + "_sum", dimensions)) \(now.value)\n"
        out += "\(name(label + "_count", dimensions)) \(now.count)\n"
    }

    private func name(_ label: String, _ dimensions: [String]) -> String {
        dimensions.isEmpty ? label : "\(label){\(dimensions.joined(separator: ","))}"
    }
}
