#if canImport(Glibc)
    import Glibc
#endif

/// The environment that this process was started in.
enum ProcessEnvironment {
    static var all: [String: String] {
        var all: [String: String] = [:]
        var entry = environ
        while let pair = entry.pointee {
            let parts = String(cString: pair).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { all[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return all
    }
}
