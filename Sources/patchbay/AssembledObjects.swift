import Adapters
import Domain
import Engine
import Storage

extension Assembly {
    /// Each partner's bucket, in the one object store of this deployment (I-031).
    static func buckets(_ configuration: Configuration, _ calls: Calls, _ directory: Directory) -> Buckets {
        let objects = configuration.objects
        let call = calls.plain
        let reading = BlockingPool(threadsMax: DirectoryObjectStore.readsMax)
        return Buckets { partner in
            let name = directory.partner(partner)?.bucket ?? PartnerTerms.sharedBucket
            let store: any ObjectStore =
                switch objects {
                case .directory(let path): DirectoryObjectStore(at: "\(path)/\(name)", reading: reading)
                case .s3(let endpoint, let region, let credentials):
                    S3ObjectStore(
                        .init(endpoint: endpoint, region: region, name: name),
                        credentials: credentials,
                        call: call,
                        realNow: TimeSource.real.now
                    )
                }
            return Buckets.Bucket(name: name, store: store)
        }
    }

    /// How the desk gets at what is in them: by a link for a quarter of an hour, or where there is none, by reading.
    static func fetching(from buckets: Buckets) -> FetchFile {
        { partner, objectPath in
            let bucket = buckets[partner]
            guard let path = ObjectPath(objectPath, in: bucket.name) else { return .absent }
            if let link = bucket.store.link(to: path, for: .seconds(900)) { return .link(link) }
            return await bucket.store.read(path).map(FetchedFile.content) ?? .absent
        }
    }
}
