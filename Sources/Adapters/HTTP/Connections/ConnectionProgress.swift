import NIOCore

/// What the handlers of one connection know together. Only for its event loop.
final class ConnectionProgress {
    let standing: ConnectionStanding
    /// Requests whose head has come and whose answer is not whole.
    private(set) var openRequests = 0
    /// Whether a request has begun and is not whole.
    private(set) var isReading = false
    private(set) var hasHead = false
    /// Bytes of answers that the peer has not taken.
    private(set) var unsentBytes = 0
    /// Bytes of the present request's body that are still to come, if the request says how many.
    private(set) var bodyBytesLeft = 0
    /// Heads and ends that were read, to see that one was.
    private(set) var marks = 0
    /// Bytes of the line with which the present message began.
    var firstLine = FirstLine()
    /// Nothing of what comes is read any more.
    var isEnding = false

    init(_ standing: ConnectionStanding) { self.standing = standing }

    /// Whether the next request may be read: one at a time, and none before the last answer's bytes are gone.
    var takesMore: Bool { isReading || (openRequests == 0 && unsentBytes == 0) }

    func beganRequest(bodyBytes: Int?, at now: NIODeadline) {
        (hasHead, isReading, bodyBytesLeft) = (true, true, bodyBytes ?? 0)
        openRequests += 1
        marks += 1
        moved(at: now)
    }

    func received(bodyBytes: Int) { bodyBytesLeft = max(0, bodyBytesLeft - bodyBytes) }

    func endedRequest(at now: NIODeadline) {
        (isReading, bodyBytesLeft) = (false, 0)
        marks += 1
        moved(at: now)
    }

    func answered(at now: NIODeadline) {
        openRequests -= 1
        moved(at: now)
    }

    func set(unsentBytes bytes: Int, at now: NIODeadline) {
        let isProgress = bytes < unsentBytes || unsentBytes == 0
        unsentBytes = bytes
        if isProgress { moved(at: now) }
    }

    /// The peer did something, or the next step is not the peer's.
    func moved(at now: NIODeadline) {
        let isWorking = openRequests > 0 && !isReading && unsentBytes == 0
        standing.quietSince = isWorking ? ConnectionStanding.working : now.uptimeNanoseconds
    }
}

/// How long the line is with which a message begins, as far as it has come.
struct FirstLine {
    private(set) var bytes = 0
    private var isWhole = false

    mutating func add(_ piece: ByteBuffer) {
        guard !isWhole else { return }
        for byte in piece.readableBytesView {
            switch byte {
            // Empty lines before a message are passed over.
            case 0x0A where bytes == 0, 0x0D where bytes == 0: continue
            case 0x0A:
                isWhole = true
                return
            case _: bytes += 1
            }
        }
    }
}
