import Domain
import FoundationEssentials
import Storage

/// The counterparts' books are kept by hand: they send their messages themselves, so only alarms follow a decision.
extension Transaction {
    /// Lets an aggregate decide, and keeps it as it then is, with its alarms.
    func keep<A: Aggregate>(_ aggregate: inout A, at now: Date, _ decide: (inout A) throws -> [Effect]) throws {
        let effects = try decide(&aggregate)
        aggregate.updated = now
        try save(aggregate)
        for effect in effects {
            switch effect {
            case .arm(let timer, let due): try arm(timer, at: due)
            case .disarm(let timer): try disarm(timer)
            case .send, .tell, .place, .settle, .withdraw, .alert: break
            }
        }
    }

    /// A number of a counter that starts at 1 and is never given twice, by a reset neither.
    func draw(_ counter: String) throws -> Int64 { try takeNumbers(of: counter, count: 1).lowerBound }
}
