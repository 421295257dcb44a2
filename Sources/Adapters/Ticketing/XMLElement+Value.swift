import Formats

extension XMLElement {
    /// Of a ticket message what the schema has as a string, and what people write in lines. All other values are
    /// collapsed (T-085).
    private static let strings: Set<String> = [
        "buyerIdentifier", "description", "value", "faultLocation", "siteAccessDetails", "triageFindings",
        "statusReason",
        "rejectedReason", "errorMessage", "name", "phone", "email", "filename",
    ]

    /// The value of a ticket message's element, as the server reads it and as lint judges it.
    var value: String { Self.strings.contains(name) ? trimmedText : collapsedText }
}
