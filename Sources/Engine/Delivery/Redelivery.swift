import Domain
import FoundationEssentials
import Storage

/// Messages to a tenant that had ended, sent once more under the same identity (decision 11, §3.9).
extension Change {
    /// How many are put back in one commit at most: the writer has others to serve.
    package static let redeliveredMax = 1_000

    /// Puts one back.
    ///
    /// - Throws: ``Rejection/Code/notFound`` for another tenant's, as for none;
    ///   ``Rejection/Code/illegalTransition`` for one that is still to be delivered.
    package func redeliver(_ id: MessageID, to tenant: TenantID) throws -> OutboxRow {
        guard let row = try storage.parcel(id, to: tenant), row.state != .withdrawn else {
            throw Rejection(.notFound, "There is no update \(id).")
        }
        guard row.redacted == nil else {
            throw Rejection(.illegalTransition, "The update's content was redacted: there is nothing to send.")
        }
        guard try storage.requeue(row, at: now), let queued = try storage.parcel(id, to: tenant) else {
            throw Rejection(.illegalTransition, "The update is on its way already.")
        }
        return queued
    }

    /// Puts back what a filter finds, oldest first.
    ///
    /// - Returns: how many, and whether there are more.
    package func redeliver(_ filter: ParcelFilter, to tenant: TenantID) throws -> (count: Int, isEnd: Bool) {
        var (count, after) = (0, Int64(0))
        while true {
            let page = try storage.parcels(to: tenant, filter, after: after, limit: Self.redeliveredMax - count)
            for row in page.rows where try storage.requeue(row, at: now) { count += 1 }
            after = page.reached
            guard !page.isEnd, count < Self.redeliveredMax else { return (count, page.isEnd) }
        }
    }
}

extension Exchange {
    /// How many numbers a tenant is told of that it has missed: enough to see that something is wrong.
    package static let missedMax = 100

    /// The numbers of updates about the same entity that a tenant did not get before this one (decision 11).
    package func missed(before row: OutboxRow) async throws -> [Int64] {
        guard !row.isGapless else { return [] }
        let givenUp = try await store.read { try $0.givenUp(before: row, limit: Self.missedMax) }
        return givenUp.compactMap { row in
            guard case .kci(let kci) = row.content.message else { return nil }
            return kci.sequence
        }
    }
}
