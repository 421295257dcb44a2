import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Testing

@testable import Adapters

@Suite struct BrokenRequestTests {
    @Test(arguments: [
        "", "not xml", "<addFaultReport>", "<a><b></a></b>", "<addFaultReport>\u{0}</addFaultReport>",
        "<!DOCTYPE a [<!ENTITY e \"x\">]><addFaultReport>&e;</addFaultReport>",
        "<?xml version=\"1.0\"?><!DOCTYPE addFaultReport SYSTEM \"file:///etc/passwd\"><addFaultReport/>",
        String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300),
    ])
    func `broken XML is answered 500 with the operation's element, or as the profile says`(body: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", body)
            let rivals = try await bench.call("addFaultReport", body, as: "rival")
            #expect(reply.status == 500)
            #expect(rivals.status == 400)
            #expect(try reply.element.name == "receivedFaultReport")
            #expect(try reply.value("errorMessage")?.contains("broken XML") == true)
            #expect(try reply.element.validate(bench.schemas.faultReport).isEmpty)
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test func `an external entity is never read`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call(
                "addFaultReport",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><addFaultReport>&e;</addFaultReport>"
            )
            #expect(try reply.value("errorMessage")?.contains("document type declaration") == true)
        }
    }

    @Test func `a broken envelope is answered in one`() async throws {
        try await withTicketing { bench in
            let broken = Samples.enveloped("<addFaultReport>")
            let reply = try await bench.call("addFaultReport", broken)
            #expect(reply.status == 500)
            #expect(reply.isEnveloped)
        }
    }

    @Test(arguments: [
        Samples.amend(Samples.comment),
        Samples.add().replacingOccurrences(of: "<addFaultReport>", with: "<addFaultReport xmlns=\"urn:wrong\">"),
        Samples.enveloped(Samples.add() + Samples.add(messageID: "m-2")),
        Samples.enveloped(""),
        Samples.add().replacingOccurrences(of: "<apiVersion>1.0</apiVersion>", with: ""),
        Samples.add().replacingOccurrences(of: "<apiVersion>1.0</apiVersion>", with: "<apiVersion> </apiVersion>"),
        Samples.add(extra: "<apiVersion>1.0</apiVersion>"),
        Samples.add(extra: "<priorityLevel>high</priorityLevel>"),
    ])
    func `well-formed but not this message is answered 400`(body: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", body)
            #expect(reply.status == 400, "\(reply.text)")
            #expect(try reply.element.name == "receivedFaultReport")
            #expect(try reply.value("responseCode") == "400")
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test func `an unknown root at the one address is refused`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.post("/prod/api2", "<deleteEverything/>")
            #expect(reply.status == 400)
            #expect(try reply.value("errorMessage")?.contains("deleteEverything") == true)
        }
    }

    @Test func `a body over a mebibyte is refused, and so is a content coding`() async throws {
        try await withTicketing { bench in
            let padding = String(repeating: " ", count: 1 << 20)
            let large = try await bench.call("addFaultReport", Samples.add() + padding)
            let coded = try await bench.post(
                "/prod/api2/addFaultReport",
                Samples.add(),
                headers: [.contentEncoding: "gzip"]
            )
            #expect(large.status == 413)
            #expect(coded.status == 415)
            #expect(try coded.element.name == "receivedFaultReport")
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test(arguments: [
        ("/prod/api2/addFaultReport", SOAPFault.Code.versionMismatch), ("/prod/api2", .versionMismatch),
        ("/prod/api2/queryAppointmentAvailability", .versionMismatch), ("/buyer/notifications", .versionMismatch),
        ("/prod/api2/addFaultReport", .mustUnderstand), ("/prod/api2", .mustUnderstand),
        ("/prod/api2/queryAppointmentAvailability", .mustUnderstand), ("/buyer/notifications", .mustUnderstand),
    ])
    func `what SOAP has a fault for is answered by this fault at every address`(path: String, code: SOAPFault.Code)
        async throws
    {
        try await withTicketing { bench in
            let enveloped = Samples.enveloped(Samples.add())
            let texts: [SOAPFault.Code: String] = [
                .versionMismatch: enveloped.replacing(
                    "http://schemas.xmlsoap.org/soap/envelope/",
                    with: "http://www.w3.org/2003/05/soap-envelope"
                ),
                .mustUnderstand: enveloped.replacing(
                    "<soap:Header/>",
                    with: "<soap:Header><w:sec xmlns:w='urn:w' soap:mustUnderstand='1'/></soap:Header>"
                ),
            ]
            let reply = try await bench.post(path, try #require(texts[code]))
            #expect(reply.status == 500)
            #expect(SOAPFault(try reply.element)?.code == code, "\(reply.text)")
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test(arguments: ["multipart/related; type=\"text/xml\"; boundary=b", "Multipart/Form-Data; boundary=b"])
    func `a multipart request is refused in words`(contentType: String) async throws {
        try await withTicketing { bench in
            let parts = "--b\r\ncontent-type: text/xml\r\n\r\n\(Samples.add())\r\n--b--\r\n"
            let reply = try await bench.post(
                "/prod/api2/addFaultReport",
                parts,
                headers: [.contentType: contentType]
            )
            #expect(reply.status == 415)
            #expect(try reply.value("errorMessage")?.contains("multipart") == true)
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test func `an appointment request that is not valid gets a SOAP fault with line and message`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call(
                "queryAppointmentAvailability",
                Samples.query().replacingOccurrences(of: "<cfh:productName>ftthl2r</cfh:productName>", with: "")
            )
            let broken = try await bench.call("queryAppointmentAvailability", "<oops")
            let fault = try #require(SOAPFault(try reply.element))
            #expect(reply.status == 400)
            #expect(fault.code == .client)
            #expect(fault.validationErrors.first?.line ?? 0 > 0)
            #expect(broken.status == 500)
            #expect(SOAPFault(try broken.element) != nil)
        }
    }
}
