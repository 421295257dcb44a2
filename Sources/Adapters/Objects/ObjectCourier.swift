import Domain
import Engine
import FoundationEssentials

/// Which store has a partner's bucket.
package struct Buckets: Sendable {
    package struct Bucket: Sendable {
        package let name: String
        package let store: any ObjectStore

        package init(name: String, store: any ObjectStore) {
            self.name = name
            self.store = store
        }
    }

    private let find: @Sendable (PartnerID) -> Bucket

    package init(_ find: @escaping @Sendable (PartnerID) -> Bucket) { self.find = find }

    package subscript(partner: PartnerID) -> Bucket { find(partner) }
}

/// Looks whether what a partner names is in the bucket (I-031), and tells the job.
///
/// A photograph may be on its way still: what is not there is looked for again, every ten minutes for an hour.
package struct ObjectCourier: Courier {
    static let patience: TimeInterval = 3_600
    static let pause: Duration = .seconds(600)

    private let buckets: Buckets

    package init(buckets: Buckets) { self.buckets = buckets }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .objects(let partner) = parcel.recipient, case .filesReported(let paths) = parcel.message else {
            return Delivered(.refused(reason: "nothing to look for in an object store"))
        }
        let bucket = buckets[partner]
        var findings: [VisitFile.Finding] = []
        var isOneMissing = false
        for text in paths {
            guard let path = ObjectPath(text, in: bucket.name) else {
                findings.append(.init(objectPath: text, state: .refused(reason: "no path in \(bucket.name)")))
                continue
            }
            switch await bucket.store.look(for: path) {
            case .present(let bytes): findings.append(.init(objectPath: text, state: .present(bytes: bytes)))
            case .refused(let reason): findings.append(.init(objectPath: text, state: .refused(reason: reason)))
            case .unreachable(let reason): return Delivered(.retry(reason: reason))
            case .absent:
                findings.append(.init(objectPath: text, state: .absent))
                isOneMissing = true
            }
        }
        if isOneMissing, parcel.now.timeIntervalSince(parcel.firstAttempt) < Self.patience {
            return Delivered(.retry(reason: "not all files are there yet", after: Self.pause))
        }
        return Delivered(
            .delivered(
                reply: .installationJob(id: ID(parcel.entity.number), input: .filesLookedFor(findings: findings))
            )
        )
    }
}
