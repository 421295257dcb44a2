import Domain
import Formats
import HTTPTypes
import Hummingbird

extension Ticketing {
    /// What describes the contract: the WSDL, the schema documents that it names, the schema and the change log under
    /// their published names (T-006).
    func addFiles<Context: RequestContext>(
        to buyers: some RouterMethods<Context>,
        buyer: @escaping @Sendable (Context) -> TicketingBuyer
    ) {
        buyers.get("faultReport.txt") { _, _ in Self.plain(TicketingSchemas.faultReportText) }
        buyers.get("changeLog.txt") { _, _ in Self.plain(Self.changeLog) }
        for (name, text) in TicketingSchemas.files {
            buyers.get(RouterPath(name)) { _, _ in Self.xml(text) }
        }
        buyers.get { request, context in description(request, for: buyer(context)) }
    }

    /// `GET /prod/api2?wsdl`: in one file; `?wsdl=files`: with its schemas beside it; `?wsdl=callback`: of the buyer's own
    /// endpoint. Nothing else is to be got there: messages are posted.
    private func description(_ request: Request, for buyer: TicketingBuyer) -> ByteResponse {
        guard let asked = Self.askedWSDL(request.uri.query) else {
            var answer = Self.plain("Messages are POSTed here. GET /prod/api2?wsdl has the WSDL.\n")
            answer.status = .methodNotAllowed
            answer.headers[.allow] = "POST"
            return answer
        }
        let address = (Self.address(host: request.head.authority) ?? publicURL) + "/prod/api2"
        switch asked {
        case "": return Self.xml(TicketingWSDL(address: address).text)
        case "files": return Self.xml(TicketingWSDL(address: address, schemas: .files).text)
        case "callback":
            return Self.xml(CallbackWSDL(address: buyer.terms.notifications?.url ?? CallbackWSDL.placeholder).text)
        case _:
            var answer = Self.plain("There are ?wsdl, ?wsdl=files and ?wsdl=callback.\n")
            answer.status = .notFound
            return answer
        }
    }

    /// Which WSDL a query asks for, in lower case: "" for `?wsdl`. `nil`: none.
    static func askedWSDL(_ query: String?) -> String? {
        for item in (query ?? "").split(separator: "&") {
            let parts = item.lowercased().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.first == "wsdl" { return parts.count == 2 ? String(parts[1]) : "" }
        }
        return nil
    }

    /// Where the caller reached us, so that a generated client goes where its generator came from: `https://` and the
    /// request's host. `nil` for anything but a name or an address with or without a port.
    ///
    /// Of 255 characters at most, as a host name is (RFC 1035 §2.3.4), and a port.
    static func address(host: String?) -> String? {
        guard let host, !host.isEmpty, host.utf8.count <= 255 + ":65535".utf8.count else { return nil }
        let isSound = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
                UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            case _: false
            }
        }
        return isSound ? "https://" + host : nil
    }

    private static func plain(_ text: String) -> ByteResponse {
        ByteResponse(contentType: "text/plain; charset=utf-8", bytes: Array(text.utf8))
    }

    private static func xml(_ text: String) -> ByteResponse {
        ByteResponse(contentType: contentType, bytes: Array(text.utf8))
    }

    static let changeLog = """
        Ticketing API change log, the most recent change first.

        1.2  The WSDL holds its schemas; by reference as ?wsdl=files. Its ticket messages are in the namespace
             urn:patchbay:ticketing:1.0, with children in none. At /prod/api2 they are taken like those in no namespace and
             answered in kind; every receipt in an envelope is answered 200, a refusal too, and every fault 500. There a
             fault's validationError is in that namespace. The operations' own paths are as they were.
             faultReport.compat.xsd, and the WSDL of a buyer's endpoint as ?wsdl=callback.
        1.1  The WSDL at /prod/api2?wsdl, and the schemas that it names. At /prod/api2 itself an addFaultReport in an
             envelope is answered 200 instead of 201; its responseCode stays 201.
        1.0  addFaultReport, amendFaultReport, resolveResponse, requestFaultReportUpdate, queryAppointmentAvailability,
             reserveAppointment, notifyFaultReportUpdate. The schema is written afresh and imports nothing.

        """
}
