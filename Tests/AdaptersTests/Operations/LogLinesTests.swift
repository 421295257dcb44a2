import Foundation
import Logging
import Storage
import Synchronization
import Testing

@testable import Adapters

/// A log reader that stops reading costs lines, and no request a moment.
@Suite struct LogLinesTests {
    @Test(.timeLimit(.minutes(1)))
    func `while the reader does not read, lines wait, and beyond the bound they are dropped`() {
        let pipe = StuckPipe()
        let lines = LogLines(bytesMax: 30) { pipe.write($0) }
        // Under way: it waits in the pipe, not in the process's memory.
        lines.add(Array("0\n".utf8))
        pipe.waitUntilStuck()

        let taken = (1...5).map { lines.add(Array("line \($0)...\n".utf8)) }
        #expect(taken == [0, 0, 0, nil, nil])
        pipe.read()
        lines.flush(within: .seconds(30))

        #expect(lines.add(Array("after\n".utf8)) == 2, "the next one says how many are missing")
        #expect(lines.add(Array("later\n".utf8)) == 0)
        lines.flush(within: .seconds(30))
        #expect(pipe.text == "0\nline 1...\nline 2...\nline 3...\nafter\nlater\n")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a log handler goes on at once, and says how many lines are missing`() {
        let pipe = StuckPipe()
        let lines = LogLines(bytesMax: 400) { pipe.write($0) }
        let logger = Logger(label: "test") { LineLog(label: $0, form: .json, lines: lines) }
        logger.info("first")
        pipe.waitUntilStuck()

        for number in 1...100 { logger.info("line \(number)", metadata: ["pb-number": "\(number)"]) }
        pipe.read()
        lines.flush(within: .seconds(30))
        logger.info("after")
        lines.flush(within: .seconds(30))

        let written = pipe.text.split(separator: "\n").map(String.init)
        #expect(written.first?.contains(#""message":"first""#) == true)
        let missing = written.last.flatMap { $0.firstMatch(of: /"pb-count":"([0-9]+)"/)?.1 }.flatMap { Int($0) }
        #expect(missing.map { $0 + written.count - 3 } == 100, "what was written, and what was dropped, is all of it")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a process that ends waits for a stuck reader no longer than it said`() {
        let pipe = StuckPipe()
        let lines = LogLines { pipe.write($0) }
        lines.add([0x41])

        lines.flush(within: .milliseconds(20))

        #expect(pipe.text.isEmpty)
        pipe.read()
    }
}

/// A pipe that is full until it is read.
private final class StuckPipe: Sendable {
    private let written = Mutex<[UInt8]>([])
    private let isStuck = TimedSignal()
    private let isRead = TimedSignal()
    private let isReading = Mutex(false)

    var text: String { String(decoding: written.withLock { $0 }, as: UTF8.self) }

    func write(_ bytes: [UInt8]) {
        isStuck.signal()
        while !isReading.withLock({ $0 }) { isRead.wait(atMost: .seconds(60)) }
        written.withLock { $0 += bytes }
    }

    func waitUntilStuck() { isStuck.wait(atMost: .seconds(60)) }

    func read() {
        isReading.withLock { $0 = true }
        isRead.signal()
    }
}
