#if canImport(Glibc)
    import Glibc
#endif

/// SIGHUP, which comes when a terminal is closed and by which other servers are told to read their files again.
enum Hangup {
    /// A server goes on: only SIGTERM and SIGINT stop it.
    static func ignore() { _ = signal(SIGHUP, SIG_IGN) }
}
