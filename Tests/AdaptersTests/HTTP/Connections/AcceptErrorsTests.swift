import Glibc
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Adapters

@Suite struct AcceptErrorsTests {
    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, ECONNABORTED])
    func `an accept that fails for want of room does not end the listener`(code: CInt) throws {
        let bench = try Bench()

        bench.channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))

        #expect(throws: Never.self) { try bench.channel.throwIfErrorCaught() }
    }

    @Test func `any other error is passed on`() throws {
        let bench = try Bench()

        bench.channel.pipeline.fireErrorCaught(IOError(errnoCode: EBADF, reason: "accept"))

        #expect(throws: IOError.self) { try bench.channel.throwIfErrorCaught() }
    }

    @Test func `the quietest connection makes room, and the next accept waits for it`() throws {
        let bench = try Bench()
        let connection = EmbeddedChannel()
        try connection.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let progress = ConnectionProgress(try #require(bench.limiter.admit(connection)))
        try connection.pipeline.syncOperations.addHandler(ConnectionWatch(progress, bench.limiter))

        bench.channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
        bench.channel.read()
        connection.embeddedEventLoop.run()
        let readsBefore = bench.reads.count
        bench.channel.embeddedEventLoop.advanceTime(by: AcceptErrors.pause)

        #expect(!connection.isActive)
        #expect(bench.limiter.open == 0)
        #expect(readsBefore == 0)
        #expect(bench.reads.count == 1)
    }

    private final class Bench {
        let channel = EmbeddedChannel()
        let reads = RequestGateTests.Bench.Reads()
        let limiter = ConnectionWatchTests.Bench.limiter(ConnectionLimits())

        init() throws {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try channel.pipeline.syncOperations.addHandlers(reads, AcceptErrors(limiter, logger: logger))
        }
    }
}
