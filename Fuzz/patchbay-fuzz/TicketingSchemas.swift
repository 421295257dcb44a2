import Formats

/// The program's schemas, of the same texts (the files beside this one are links to them), without what needs more than `Formats`.
struct TicketingSchemas: Sendable {
    let faultReport: XMLSchema
    let compat: XMLSchema
    let appointments: XMLSchema

    init() throws(MalformedXMLSchema) {
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

/// What the texts take from the description of the WSDL.
enum TicketingWSDL {
    static let namespace = "urn:patchbay:ticketing:1.0"
}
