import Domain
import Synchronization

/// Which visits and tickets are being worked on at this moment: one message of each is under way at a time.
///
/// Losing it costs nothing: what was under way is due in the store, and is sent again under the same number.
final class Hands: Sendable {
    private let busy = Mutex<Set<EntityRef>>([])

    /// Whether nobody else has it.
    func take(_ entity: EntityRef) -> Bool { busy.withLock { $0.insert(entity).inserted } }

    func release(_ entity: EntityRef) { busy.withLock { _ = $0.remove(entity) } }

    var count: Int { busy.withLock { $0.count } }
}
