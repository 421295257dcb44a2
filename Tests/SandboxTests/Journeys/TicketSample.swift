import Domain
import Formats
import Foundation

/// Messages of the stand-alone buyer of `sandbox.json`.
enum TicketSample {
    /// - Parameters:
    ///   - type: an outage or an intermittent service takes a visit, others don't.
    ///   - key: of the reserved visit.
    static func add(
        _ reference: String,
        type: String = "Impaired Service",
        service: String = "S1090001",
        key: String? = nil
    ) -> String {
        let visit = key.map {
            "<appointment><appointmentReservationKey>\($0)</appointmentReservationKey></appointment>"
        }
        return """
            <addFaultReport>
                <apiVersion>1.0</apiVersion><buyerIdentifier>SPDEV1</buyerIdentifier>
                <sentAt>2026-01-15T08:00:00Z</sentAt><messageId>\(reference)</messageId>
                <reportDateTime>2026-01-15T07:59:30Z</reportDateTime>
                <reporterContactDetails><name>Night desk</name><phone>+441632960001</phone></reporterContactDetails>
                <serviceAffected>\(service)</serviceAffected><buyerFaultReference>\(reference)</buyerFaultReference>
                <faultDetails>
                    <description>Slow since this morning</description><type>\(type)</type>
                    <faultStartTime>2026-01-15T06:00:00Z</faultStartTime><faultLocation>1 Quay Walk</faultLocation>
                    <siteAccessDetails>Ring twice</siteAccessDetails><siteAccessContactDetails/>
                    <triageComplete>true</triageComplete><triageFindings>None</triageFindings>
                </faultDetails>
                \(visit ?? "")
            </addFaultReport>
            """
    }

    static let comment = """
        <comment><value>The code is 1234</value><commentedBy>buyer</commentedBy>\
        <commentedTime>2026-01-15T09:00:00Z</commentedTime></comment>
        """

    static func appointment(_ key: String) -> String {
        "<appointment><appointmentReservationKey>\(key)</appointmentReservationKey></appointment>"
    }

    static func amend(_ reference: String, _ content: String) -> String {
        """
        <amendFaultReport>
            <apiVersion>1.0</apiVersion><buyerIdentifier>SPDEV1</buyerIdentifier>
            <sentAt>2026-01-15T09:00:00Z</sentAt><messageId>\(UUID().uuidString)</messageId>
            <buyerFaultReference>\(reference)</buyerFaultReference>\(content)
        </amendFaultReport>
        """
    }

    /// - Parameter from: the first day wanted.
    static func query(from: String) -> String {
        """
        <queryAppointmentAvailabilityRequest \(namespaces)>
            \(head)<addressKey>10095090001</addressKey><appointmentsFrom>\(from)</appointmentsFrom>
            <appointmentType><fault/></appointmentType><cfh:productName>ftthl2r</cfh:productName>
        </queryAppointmentAvailabilityRequest>
        """
    }

    static func reserve(_ slot: TimeSlot) -> String {
        """
        <reserveAppointmentRequest \(namespaces)>
            \(head)<appointmentSlot><appointmentDate>\(slot.day)</appointmentDate>
            <appointmentStartTime>\(slot.startTime)</appointmentStartTime>
            <appointmentEndTime>\(slot.endTime)</appointmentEndTime></appointmentSlot>
            <appointmentType><fault/></appointmentType><cfh:productName>ftthl2r</cfh:productName>
            <cfh:addressKey>10095090001</cfh:addressKey><cfh:reappointment>false</cfh:reappointment>
        </reserveAppointmentRequest>
        """
    }

    private static let namespaces =
        "xmlns=\"http://www.niccstandards.org.uk/ala_1.0.xsd\" xmlns:cfh=\"http://www.cityfibre.com/ala/ext1\""

    private static var head: String {
        """
        <message><messageId>\(UUID().uuidString)</messageId><correlationId>c-1</correlationId>
        <sentAt>2026-01-15T08:00:00Z</sentAt></message><buyer><buyerIdentifier>SPDEV1</buyerIdentifier></buyer>
        <seller><sellerIdentifier>OPERATOR</sellerIdentifier></seller>
        """
    }
}

/// What a notification to a buyer says.
struct Notification {
    let ticket: String
    let status: String

    init?(_ letter: Letter, about reference: String) {
        guard letter.body.contains(">\(reference)<") else { return nil }
        ticket = Self.value("maintainerFaultReference", in: letter.body)
        status = Self.value("status", in: letter.body)
    }

    private static func value(_ name: String, in xml: String) -> String {
        guard let start = xml.range(of: "<\(name)>"), let end = xml.range(of: "</\(name)>") else { return "" }
        return String(xml[start.upperBound..<end.lowerBound])
    }
}

extension SandboxLife {
    /// What the stand-alone buyer was told of a fault of its own.
    func notifications(_ reference: String) async throws -> [Notification] {
        try await inbox("buyer").compactMap { Notification($0, about: reference) }
    }

    func behave(_ body: String) async throws {
        let answer = try await stranger.control(.put, "/behaviour", body)
        guard answer.status == 200 else { throw UnexpectedAnswer(text: answer.text) }
    }

    /// What the house exchanged.
    func messages(where isWanted: (JSONValue) -> Bool = { _ in true }) async throws -> [JSONValue] {
        var after: Int64 = 0
        var all: [JSONValue] = []
        while true {
            let page = try await stranger.control(.get, "/messages?after=\(after)").json
            all += (page["messages"]?.elements.map { $0 } ?? []).filter(isWanted)
            let next = page["next"]?.integer ?? after
            if next == after { return all }
            after = next
        }
    }
}

struct UnexpectedAnswer: Error { let text: String }
