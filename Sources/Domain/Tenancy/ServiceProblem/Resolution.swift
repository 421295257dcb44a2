/// One resolution of a problem, which the tenant accepts or rejects (G-116).
package struct Resolution: Codable, Equatable, Sendable {
    package let id: ID<Resolution>
}
