import Glibc

/// The system's own look-up of names, with its order (RFC 6724) and its hosts file. It blocks its thread, for half a minute if
/// the name server does not answer.
enum SystemResolver {
    /// Every address as a number, each once; none if the name has none.
    ///
    /// - Throws: ``NameResolution/Failure/noAnswer`` if the name server said nothing of it.
    static func addresses(of host: String) throws(NameResolution.Failure) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        switch getaddrinfo(host, nil, &hints, &list) {
        case 0: break
        case EAI_AGAIN, EAI_FAIL, EAI_MEMORY, EAI_SYSTEM: throw .noAnswer
        case _: return []
        }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        for entry in sequence(first: list, next: { $0?.pointee.ai_next }) {
            guard let entry, let name = numeric(entry.pointee), !found.contains(name) else { continue }
            found.append(name)
        }
        return found
    }

    private static func numeric(_ entry: addrinfo) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(buffer.count)
        guard getnameinfo(entry.ai_addr, entry.ai_addrlen, &buffer, length, nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
