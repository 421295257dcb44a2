import Formats
import Hummingbird
import Storage

extension IdempotencyKey {
    /// The key of a request with a JSON body. Bodies that say the same are the same request, however they are spelt:
    /// members in another order, other space, other escapes. A body that is no JSON is its bytes.
    ///
    /// - Parameters:
    ///   - document: the parsed body, where it is at hand.
    ///   - omitted: members of the outermost object that say nothing of the request: those of the attempt.
    init(scope: String, key: String, body: [UInt8], document: JSONDocument? = nil, without omitted: [String] = []) {
        guard let document = document ?? (try? JSONDocument(parsing: body)) else {
            self.init(scope: scope, key: key, bodyHash: Hex.sha256(body))
            return
        }
        let content = CanonicalJSON.bytes(of: document, source: body, without: omitted)
        self.init(scope: scope, key: key, bodyHash: Hex.sha256(content), earlierHash: { Hex.sha256(body) })
    }
}

extension Request {
    /// `POST /v1/service-orders`: method and route, as a request's key has them. A path with an empty part has no route
    /// (``RefuseEmptyPathParts``), so a route has one spelling.
    var route: String { "\(method.rawValue) \(uri.path)" }
}
