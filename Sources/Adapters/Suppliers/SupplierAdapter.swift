import Domain
import Engine

/// A supplier as this house deals with it: a folder each beside this file, a line each in `AssembledSupply.swift`.
///
/// It has two parts, because a message is spelt inside the commit that causes it (decision 1): spelling is pure and
/// known before the exchange stands; everything else is connected to the exchange afterwards.
package protocol SupplierAdapter: Sendable {
    var id: SupplierID { get }
    /// How a message to it is spelt; `nil` for one that its contracts have no word for.
    func spell(_ message: Message, _ sender: any Aggregate, _ context: SpellingContext) throws -> Spelling?
    func connect(to exchange: Exchange) -> SupplierConnection
}

/// What a supplier offers, and who carries messages to it.
package struct SupplierConnection: Sendable {
    package let offer: Suppliers.Supplier
    package let courier: any Courier

    package init(offer: Suppliers.Supplier, courier: any Courier) {
        self.offer = offer
        self.courier = courier
    }
}
