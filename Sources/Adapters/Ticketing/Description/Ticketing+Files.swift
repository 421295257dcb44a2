import Formats
import HTTPTypes
import Hummingbird

extension Ticketing {
    /// What describes the contract: the WSDL, the schema documents that it names, the schema and the change log under
    /// their published names (T-006).
    func addFiles(to buyers: some RouterMethods<some RequestContext>) {
        buyers.get("faultReport.txt") { _, _ in Self.plain(TicketingSchemas.faultReportText) }
        buyers.get("changeLog.txt") { _, _ in Self.plain(Self.changeLog) }
        for (name, text) in TicketingSchemas.files {
            buyers.get(RouterPath(name)) { _, _ in Self.xml(text) }
        }
        buyers.get { request, _ in description(request) }
    }

    /// `GET /prod/api2?wsdl`. Nothing else is to be got there: messages are posted.
    private func description(_ request: Request) -> ByteResponse {
        guard Self.asksForWSDL(request.uri.query) else {
            var answer = Self.plain("Messages are POSTed here. GET /prod/api2?wsdl has the WSDL.\n")
            answer.status = .methodNotAllowed
            answer.headers[.allow] = "POST"
            return answer
        }
        let address = Self.address(host: request.head.authority) ?? publicURL
        return Self.xml(TicketingWSDL(address: address + "/prod/api2").text)
    }

    static func asksForWSDL(_ query: String?) -> Bool {
        (query ?? "").split(separator: "&").contains { $0.lowercased() == "wsdl" }
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

        1.1  The WSDL at /prod/api2?wsdl, and the schemas that it names. At /prod/api2 itself an addFaultReport in an
             envelope is answered 200 instead of 201; its responseCode stays 201.
        1.0  addFaultReport, amendFaultReport, resolveResponse, requestFaultReportUpdate, queryAppointmentAvailability,
             reserveAppointment, notifyFaultReportUpdate. The schema is written afresh and imports nothing.

        """
}
