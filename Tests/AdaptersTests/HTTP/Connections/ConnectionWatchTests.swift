import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Adapters

@Suite struct ConnectionWatchTests {
    @Test func `a connection without a whole head is closed after ten seconds, whatever it sends meanwhile`() throws {
        let bench = try Bench()

        for _ in 0..<9 {
            try bench.channel.writeInbound(ByteBuffer(string: "x"))
            bench.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        }
        let isActiveBefore = bench.channel.isActive
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(1))

        #expect(isActiveBefore)
        #expect(!bench.channel.isActive)
    }

    @Test func `a connection whose first head has come stays`() throws {
        let bench = try Bench()

        bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
        try bench.channel.writeInbound(ByteBuffer(string: "x"))
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(60))

        #expect(bench.channel.isActive)
    }

    @Test func `a peer that takes nothing of its answer for thirty seconds is cut off`() throws {
        let bench = try Bench()
        bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
        bench.progress.endedRequest(at: bench.now)
        bench.unsent = 100_000
        bench.channel.flush()

        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        let isActiveBefore = bench.channel.isActive
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(6))

        #expect(isActiveBefore)
        #expect(!bench.channel.isActive)
    }

    @Test func `a peer that takes a byte now and then gets all of its answer`() throws {
        let bench = try Bench()
        bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
        bench.unsent = 100
        bench.channel.flush()

        for left in (0..<100).reversed() {
            bench.channel.embeddedEventLoop.advanceTime(by: .seconds(25))
            bench.unsent = left
        }
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(600))

        #expect(bench.channel.isActive)
        #expect(bench.progress.unsentBytes == 0)
    }

    @Test func `what is written to a peer that takes nothing is no progress`() throws {
        let bench = try Bench()
        bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
        for bytes in 1...7 {
            bench.unsent = bytes * 1_000
            bench.channel.flush()
            bench.channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        }

        #expect(!bench.channel.isActive)
    }

    @Test func `a connection waits for its peer, but for the time that the server works on its request`() throws {
        let bench = try Bench()
        let standing = bench.progress.standing
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(1))

        bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
        #expect(standing.quietSince == bench.now.uptimeNanoseconds)
        bench.progress.endedRequest(at: bench.now)
        #expect(standing.quietSince == ConnectionStanding.working)
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        bench.unsent = 9
        bench.channel.flush()
        let untaken = bench.now
        #expect(standing.quietSince == untaken.uptimeNanoseconds)
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(6))
        try bench.channel.writeInbound(ByteBuffer(string: "GET"))
        #expect(standing.quietSince == untaken.uptimeNanoseconds)
        bench.unsent = 0
        bench.channel.flush()
        bench.progress.answered(at: bench.now)
        #expect(standing.quietSince == bench.now.uptimeNanoseconds)
    }

    @Test func `answers that were not taken fill no more than their share of memory`() throws {
        var limits = ConnectionLimits()
        limits.answerBytesMax = 1_000
        let limiter = Bench.limiter(limits)
        let benches = try (0..<3).map { _ in try Bench(limiter) }

        for bench in benches {
            bench.progress.beganRequest(bodyBytes: nil, at: bench.now)
            bench.unsent = 400
            bench.channel.flush()
            bench.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        }
        for bench in benches { bench.channel.embeddedEventLoop.run() }

        #expect(benches.filter(\.channel.isActive).count == 2)
    }

    /// A connection of which a test says how many bytes its peer has not taken.
    final class Bench {
        let channel = EmbeddedChannel()
        let progress: ConnectionProgress
        var unsent = 0
        var now: NIODeadline { channel.embeddedEventLoop.now }

        init(_ limiter: ConnectionLimiter = Bench.limiter(ConnectionLimits())) throws {
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            progress = ConnectionProgress(try #require(limiter.admit(channel)))
            let watch = ConnectionWatch(progress, limiter) { [unowned self] _ in self.unsent }
            try channel.pipeline.syncOperations.addHandler(watch)
        }

        static func limiter(_ limits: ConnectionLimits) -> ConnectionLimiter {
            ConnectionLimiter(limits, listener: "test", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }
}
