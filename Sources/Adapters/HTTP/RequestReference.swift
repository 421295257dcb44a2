import Engine
import Hummingbird
import Logging

extension RequestContext {
    /// The number under which our log knows the request, 32 hexadecimal digits: what an error of ours quotes.
    ///
    /// Not Hummingbird's `id`, which crashes where the log handler keeps no metadata; there a number is drawn.
    package var reference: String {
        let known = logger[metadataKey: "hb.request.id"]?.description ?? ""
        let digits = known.isEmpty ? RequestReference.drawn() : known
        return String(repeating: "0", count: max(0, 32 - digits.utf8.count)) + digits
    }
}

enum RequestReference {
    /// A number for a request that no log handler has numbered.
    static func drawn() -> String { [IDSource.system.bits(), IDSource.system.bits()].map(\.hexadecimal).joined() }
}

extension UInt64 {
    fileprivate var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
