import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// Documented operations that are not there yet: 501 with a body, so that nobody mistakes them for a wrong path.
    func addMissingRoutes(to router: some RouterMethods<TenantContext>) {
        let missing: [(HTTPRequest.Method, RouterPath)] = [
            (.get, "service-orders"),
            (.post, "ethernet/service-orders"),
            (.get, "ethernet/service-orders/{id}"),
        ]
        for (method, path) in missing {
            router.on(path, method: method) { _, _ -> Response in
                throw APIError.notImplemented("\(method.rawValue) /\(path)")
            }
        }
    }
}
