import Domain

/// How much each part of this contract may measure: what the readers hold and the documents say.
enum WholesaleLimits {
    /// Sixteen digits: every reader of JSON keeps them.
    static let numbers = 1...9_999_999_999_999_999
    /// An item of a quote may be number 0 (G-030).
    static let items = 0...9_999_999_999_999_999
    /// A reference, a key, a product, a service, either half of a characteristic (F-020).
    static let reference = 1...50
    static let addressID = 1...20
    static let addressType = 1...15
    static let tenant = 1...100
    /// A person's name, a site's (F-022).
    static let name = 1...100
    static let email = 4...319
    static let addressLine = 1...250
    static let postcode = 1...10
    static let note = 1...1_000
    /// G-110.
    static let problemText = 10...80
    /// Codes of a resolution: what a person reads.
    static let codes = 0...20
    /// A reason to cancel (G-053).
    static let reason = 1...30
    /// A list that must not be empty; the contract gives no limit, five hundred is what fits into a body.
    static let elements = 1...500
    /// Other names of an address: as many as a tenant may say.
    static let names = 0...PremisesAddress.additionalMax
    /// Codes and notes of an update, and an engineer's tasks: for a person to read.
    static let remarks = 0...100
    /// A circuit has two ends (G-030).
    static let sites = 2...500
    /// In months or years.
    static let contractLength = 1...120
}
