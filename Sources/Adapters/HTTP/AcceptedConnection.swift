import HummingbirdCore
import NIOCore
import Synchronization

/// A connection on its way from the listener to who handles it.
///
/// A listener that is stopped drops those that nobody has taken yet. A dropped NIOAsyncChannel ends the whole process
/// ("Deinited NIOAsyncWriter without calling finish()", swift-nio's issues 2637 and 2813); dropped as this, it is closed.
final class AcceptedConnection: ServerChildChannelValue {
    private let connection: HTTP1Channel.Value
    private let isTaken = Atomic(false)

    var channel: any Channel { connection.channel }

    init(_ connection: HTTP1Channel.Value) { self.connection = connection }

    deinit {
        guard !isTaken.load(ordering: .relaxed) else { return }
        Task { [connection] in try? await connection.executeThenClose { _, _ in } }
    }

    /// For whoever sees it to its end.
    func take() -> HTTP1Channel.Value {
        isTaken.store(true, ordering: .relaxed)
        return connection
    }
}
