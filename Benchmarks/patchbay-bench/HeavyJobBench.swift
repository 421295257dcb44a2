import Adapters
import Domain
import Foundation

/// Partners' notifications over mutual TLS, and beside them, or not, one job that is told of in messages of 0.9 MiB, one after
/// another.
struct HeavyJobBench {
    /// - Returns: the figures of the others' notifications.
    func run(clients: Int, seconds: Double, hasHeavyJob: Bool) async throws -> Figures {
        try await PartnerNotifyBench().serving { port, identity, _ in
            let neighbours = TLSLoadGenerator(
                port: port,
                clients: clients,
                identity: identity,
                request: { PartnerNotifyBench.request($0, port: port, sparing: 1) },
                isGood: { status, answer in status == 200 && answer.suffix(6) == [13, 10, 13, 10, 0x7B, 0x7D] }
            )
            guard hasHeavyJob else { return try await neighbours.run(for: .seconds(seconds)) }
            let heavy = TLSLoadGenerator(
                port: port,
                clients: 1,
                identity: identity,
                request: { Self.heavy($0, port: port) },
                // Most are refused.
                isGood: { status, _ in status == 200 }
            )
            async let beside = heavy.run(for: .seconds(seconds))
            let figures = try await neighbours.run(for: .seconds(seconds))
            _ = try await beside
            return figures
        }
    }

    private static func heavy(_ number: Int, port: Int) -> [UInt8] {
        var message = PartnerNotifyBench.message(3, of: 1)
        message = NotifyJob(header: message.header, news: .progress, answers: answers)
        return PartnerNotifyBench.post(message.bytes(id: 1_000_000_000 + Int64(number)), port: port)
    }

    /// As many as a message may have, 0.9 MiB together.
    private static let answers: [QuestionAnswer] = (0..<200).map { number in
        QuestionAnswer(
            question: "Question \(number)",
            code: "1100",
            answer: String(repeating: "x", count: 2_000),
            received: Date(timeIntervalSince1970: 1_800_000_000),
            source: .notifyJob,
            files: [
                .init(
                    name: "photo.jpg",
                    type: "image/jpeg",
                    objectPath: "J101/\(number).jpg",
                    url: "https://files.bench.invalid/" + String(repeating: "y", count: 1_900)
                )
            ]
        )
    }
}

extension Bench {
    /// Pairs, without the heavy job and with it.
    func measureHeavyJob() async throws {
        print("\n| notifyJob/s | p99 | beside 0.9 MiB messages of one job /s | p99 | ratio of p99 | load |")
        print("|---:|---:|---:|---:|---:|---:|")
        var ratios: [Double] = []
        for _ in 0..<max(runs, 5) {
            let alone = try await HeavyJobBench().run(clients: 8, seconds: seconds, hasHeavyJob: false)
            let beside = try await HeavyJobBench().run(clients: 8, seconds: seconds, hasHeavyJob: true)
            ratios.append(beside.quantile(0.99) / alone.quantile(0.99))
            print(
                "| \(Int(alone.perSecond)) | \(alone.text(0.99)) | \(Int(beside.perSecond)) | \(beside.text(0.99)) |",
                "\(Text.ratio(ratios[ratios.count - 1])) | \(Machine.load) |"
            )
        }
        print("| | | | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }
}
