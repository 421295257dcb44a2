import Formats

/// The schemas of the Ticketing contract, of our own writing, compiled once at start and shared.
package struct TicketingSchemas: Sendable {
    /// What we take and write as an operator.
    package let faultReport: XMLSchema
    /// What we read as a buyer.
    package let compat: XMLSchema
    package let appointments: XMLSchema

    package init() throws(MalformedXMLSchema) {
        faultReport = try XMLSchema(compiling: Array(Self.faultReportText.utf8))
        compat = try XMLSchema(compiling: Array(Self.compatText.utf8))
        appointments = try XMLSchema(
            compiling: Array(Self.appointmentsText.utf8),
            imports: [Self.appointmentsExtensionFile: Array(Self.appointmentsExtensionText.utf8)]
        )
    }

    static let niccNamespace = "http://www.niccstandards.org.uk/ala_1.0.xsd"
    static let cfhNamespace = "http://www.cityfibre.com/ala/ext1"
}
