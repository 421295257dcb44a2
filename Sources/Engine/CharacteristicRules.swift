import Domain

/// What a supplier asks of the characteristics of an order or a test, so that a tenant hears of it at the door and not
/// from the supplier. What a problem points at is relative to the list.
package struct CharacteristicRules: Sendable {
    package typealias Rule = @Sendable ([Characteristic]) -> [Rejection.Problem]

    package let orders: Rule
    package let tests: Rule

    /// All are taken as they come: what they mean is the supplier's business (G-059).
    package static let none = CharacteristicRules(orders: { _ in [] }, tests: { _ in [] })

    package init(orders: @escaping Rule, tests: @escaping Rule) {
        self.orders = orders
        self.tests = tests
    }
}
