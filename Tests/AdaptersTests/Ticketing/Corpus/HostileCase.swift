import Domain
import Formats
import Foundation
import HTTPTypes
import Testing

@testable import Adapters

/// One document that a buyer should never have sent, or that only looks like one, and what it must be answered.
struct HostileCase: Sendable {
    let name: String
    /// Whose path it is posted to; `nil` for the one address, where the root decides (decision 26).
    let operation: TicketingOperation?
    let bytes: [UInt8]
    let status: Int
    /// What the answer must name: the element, or a word of the reason.
    let says: String
    var contentType = "text/xml; charset=utf-8"
    var contentEncoding: String?
    /// Where SOAP itself has the answer: a fault of this code, instead of the contract's own element.
    var fault: SOAPFault.Code?

    init(_ name: String, to operation: TicketingOperation?, _ bytes: [UInt8], _ status: Int, says: String) {
        self.name = name
        self.operation = operation
        self.bytes = bytes
        self.status = status
        self.says = says
    }

    init(_ name: String, to operation: TicketingOperation?, _ text: String, _ status: Int, says: String) {
        self.init(name, to: operation, Array(text.utf8), status, says: says)
    }

    func sent(as contentType: String, coding: String? = nil) -> HostileCase {
        var other = self
        other.contentType = contentType
        other.contentEncoding = coding
        return other
    }

    func faulted(_ code: SOAPFault.Code) -> HostileCase {
        var other = self
        other.fault = code
        return other
    }

    var path: String { operation.map { "/prod/api2/\($0.rawValue)" } ?? "/prod/api2" }

    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        headers[.contentEncoding] = contentEncoding
        return headers
    }
}

/// A part of the corpus: one bench serves all of it.
struct HostileFamily: Sendable, CustomTestStringConvertible {
    let name: String
    let cases: [HostileCase]
    var testDescription: String { name }

    static let all = [
        HostileFamily(name: "document types and entities", cases: HostileCase.entities),
        HostileFamily(name: "what is no XML, or broken", cases: HostileCase.broken),
        HostileFamily(name: "cut off", cases: HostileCase.cutOff),
        HostileFamily(name: "encodings", cases: HostileCase.encodings),
        HostileFamily(name: "files of awkward bytes", cases: HostileCase.files),
        HostileFamily(name: "size, depth and floods", cases: HostileCase.floods),
        HostileFamily(name: "envelopes", cases: HostileCase.envelopes),
        HostileFamily(name: "roots and namespaces", cases: HostileCase.roots),
        HostileFamily(name: "fields that are missing", cases: HostileCase.missing),
        HostileFamily(name: "fields that are empty or blank", cases: HostileCase.empty),
        HostileFamily(name: "fields that are too long", cases: HostileCase.tooLong),
        HostileFamily(name: "fields that come twice or are unknown", cases: HostileCase.unexpected),
        HostileFamily(name: "dates that do not exist", cases: HostileCase.dates),
        HostileFamily(name: "values of another type", cases: HostileCase.types),
    ]
}
