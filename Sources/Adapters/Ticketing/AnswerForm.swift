import Domain
import Formats
import HTTPTypes
import Hummingbird

/// How an answer goes back: in the form that its request came in, and at the WSDL's one address with the statuses
/// that code generated from the WSDL reads.
struct AnswerForm: Equatable, Sendable {
    var isEnveloped: Bool
    /// Of a ticket message's root.
    var namespace = BuyerTerms.TicketNamespace.unqualified
    /// An envelope at the one address: a receipt is answered 200 whatever its code, a fault 500 (docs/adr/0025).
    var isByWSDL = false
    /// Nothing is known of the message but how it came, and HTTP's own status says more: 401, 403, 415.
    var keepsStatus = false

    static let statusesKept: Set = [401, 403, 415]
}

extension AnswerForm {
    /// - Parameters:
    ///   - expected: the operation that the path names; `nil` at the one address.
    ///   - message: what came, as far as it was understood.
    ///   - bytes: what came; empty if it could not even be read.
    init(
        _ headers: HTTPFields,
        at expected: TicketingOperation?,
        _ message: TicketingRequest?,
        _ bytes: [UInt8]
    ) {
        guard expected == nil else {
            self.init(isEnveloped: message?.isEnveloped ?? TicketingRequest.beginsAsEnvelope(bytes))
            return
        }
        if let message {
            self.init(isEnveloped: message.isEnveloped, namespace: BuyerTerms.TicketNamespace(of: message.element))
            isByWSDL = isEnveloped
        } else {
            // SOAP 1.1 §6.1.1: a SOAP request has the header, so without a body it tells that an envelope was meant.
            let isMeant = bytes.isEmpty && headers.value(of: .soapAction) != nil
            self.init(isEnveloped: isMeant || TicketingRequest.beginsAsEnvelope(bytes))
            isByWSDL = isEnveloped
            namespace = isByWSDL ? .wsdl : .unqualified
        }
    }

    func status(of answer: TicketingAnswer) -> Int {
        guard isByWSDL, !keepsStatus else { return answer.status }
        return answer.isFault ? 500 : 200
    }

    /// An answer as it is sent.
    ///
    /// - Parameter answer: its bytes are as they are stored, with a ticket message's root in no namespace.
    func response(_ answer: TicketingAnswer) -> ByteResponse {
        let bare = answer.isFault ? answer.bare : namespace.root(of: answer.bare)
        return ByteResponse(
            status: .init(code: status(of: answer)),
            contentType: Ticketing.contentType,
            bytes: XMLWriter.message(isEnveloped: isEnveloped) { $0.raw(bare) }
        )
    }
}

extension BuyerTerms.TicketNamespace {
    /// That of a message that came.
    init(of element: XMLElement) {
        self = element.namespace == TicketingWSDL.namespace ? .wsdl : .unqualified
    }

    var uri: String? {
        switch self {
        case .unqualified: nil
        case .wsdl: TicketingWSDL.namespace
        }
    }

    /// A ticket message of our own writing, `<name>…</name>`, with its root in this namespace.
    ///
    /// On the bytes, because a stored answer is given again to a request in the other form.
    func root(of bare: [UInt8]) -> [UInt8] {
        guard let uri, let end = bare.firstIndex(of: UInt8(ascii: ">")) else { return bare }
        let name = String(decoding: bare[1..<end], as: UTF8.self)
        let close = "</\(name)>"
        guard bare.count > end + close.utf8.count, bare.suffix(close.utf8.count).elementsEqual(close.utf8) else {
            return bare
        }
        let body = bare[(end + 1)...].dropLast(close.utf8.count)
        return XMLWriter.bytes { xml in xml.element(name, rootNamespace: uri) { $0.raw(Array(body)) } }
    }
}

extension HTTPField.Name {
    static var soapAction: HTTPField.Name { .known("SOAPAction") }
}
