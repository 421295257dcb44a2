/// Where photographs and documents of a visit are kept (I-031): a bucket that an operator shares with one partner.
///
/// We look whether what a partner names is there; we never fetch from an address that a partner gives.
package protocol ObjectStore: Sendable {
    func look(for path: ObjectPath) async -> ObjectFinding

    /// An address under which anybody may read the object for a while; `nil` where the store has none, and we serve the
    /// object ourselves.
    func link(to path: ObjectPath, for lifetime: Duration) -> String?

    /// The object itself, where there is no link to it; `nil` if it is absent or too large.
    func read(_ path: ObjectPath) async -> [UInt8]?
}

package enum ObjectFinding: Equatable, Sendable {
    /// - Parameter bytes: its size.
    case present(bytes: Int64)
    case absent
    /// Nobody knows for now: to be asked again.
    case unreachable(reason: String)
    /// The store will not say, and asking again changes nothing: our credentials, or the address.
    case refused(reason: String)
}

/// An object's key in its bucket, from `object_path`: the full path with the file's name (I-031).
///
/// `s3://bucket/a/b.jpg`, `bucket/a/b.jpg` and `a/b.jpg` are the same. A path that leaves its bucket is none: `..`, empty
/// parts, characters that are not printed, another bucket's name.
package struct ObjectPath: Hashable, Sendable {
    /// S3's own limit, in UTF-8.
    package static let bytesMax = 1_024

    package let key: String

    package init?(_ text: String, in bucket: String) {
        var rest = Substring(text)
        if let scheme = rest.firstRange(of: "://") {
            guard rest[..<scheme.lowerBound].lowercased() == "s3" else { return nil }
            rest = rest[scheme.upperBound...]
            guard rest.hasPrefix(bucket + "/") else { return nil }
        }
        if rest.hasPrefix("/") { rest = rest.dropFirst() }
        if rest.hasPrefix(bucket + "/") { rest = rest.dropFirst(bucket.count + 1) }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        guard !rest.isEmpty, rest.utf8.count <= Self.bytesMax, parts.allSatisfy({ !["", ".", ".."].contains($0) }),
            rest.unicodeScalars.allSatisfy({ $0.value > 0x1F && $0.value != 0x7F && $0 != "\\" })
        else { return nil }
        key = String(rest)
    }
}
