import Domain
import Formats

/// The schemas of the Ticketing contract, of our own writing, compiled once at start and shared.
package struct TicketingSchemas: Sendable {
    /// What we take and write as an operator.
    package let faultReport: XMLSchema
    /// What we read as a buyer.
    package let compat: XMLSchema
    package let appointments: XMLSchema
    /// ``faultReport`` and ``compat`` for messages whose root is in the WSDL's namespace.
    private let faultReportInNamespace: XMLSchema
    private let compatInNamespace: XMLSchema

    package init() throws(MalformedXMLSchema) {
        faultReport = try XMLSchema(compiling: Array(Self.faultReportText.utf8))
        compat = try XMLSchema(compiling: Array(Self.compatText.utf8))
        faultReportInNamespace = try XMLSchema(compiling: Array(Self.inWSDLNamespace(Self.faultReportText).utf8))
        compatInNamespace = try XMLSchema(compiling: Array(Self.inWSDLNamespace(Self.compatText).utf8))
        appointments = try XMLSchema(
            compiling: Array(Self.appointmentsText.utf8),
            imports: [Self.appointmentsExtensionFile: Array(Self.appointmentsExtensionText.utf8)]
        )
    }

    func faultReport(in namespace: BuyerTerms.TicketNamespace) -> XMLSchema {
        switch namespace {
        case .unqualified: faultReport
        case .wsdl: faultReportInNamespace
        }
    }

    func compat(in namespace: BuyerTerms.TicketNamespace) -> XMLSchema {
        switch namespace {
        case .unqualified: compat
        case .wsdl: compatInNamespace
        }
    }

    static let niccNamespace = "http://www.niccstandards.org.uk/ala_1.0.xsd"
    static let cfhNamespace = "http://www.cityfibre.com/ala/ext1"
}
