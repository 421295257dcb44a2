/// To whom an entity belongs. Another's entity is as absent as one that never was.
///
/// Stored in a column of its own, so that the check never depends on decoding a body.
package typealias Owner = Name<Named.Owner>

extension Owner {
    package static func tenant(_ id: TenantID) -> Owner { Owner("tenant/\(id)") }
    package static func customer(_ id: CustomerID) -> Owner { Owner("customer/\(id)") }
    package static func buyer(_ id: BuyerID) -> Owner { Owner("buyer/\(id)") }
    package static func partner(_ id: PartnerID) -> Owner { Owner("partner/\(id)") }
    package static func dispatcher(_ id: DispatcherID) -> Owner { Owner("dispatcher/\(id)") }
    /// The house itself: what no party from outside may name.
    package static let house = Owner("house")
}
