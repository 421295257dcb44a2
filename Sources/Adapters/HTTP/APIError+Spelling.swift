import Formats
import HTTPTypes
import Hummingbird

extension APIError {
    package func response(from request: Request, context: some RequestContext) throws -> Response {
        spelt(for: request, uuid: Self.uuid(ofRequest: context.reference))
    }

    /// As G-002 with G-004's `errors`, or as RFC 9457 for those who ask for it.
    func spelt(for request: Request, uuid: String) -> Response {
        let asProblem = JSONAcceptance.prefersProblem(request.headers)
        var headers = headers
        headers[.contentType] = asProblem ? "application/problem+json" : "application/json"
        let body = asProblem ? problemDetails(uuid: uuid) : errorBody(uuid: uuid)
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// The number under which our log knows the request, in the form of a UUID (version 8: of our own making).
    static func uuid(ofRequest id: String) -> String {
        var hex = Array(id.utf8.filter { $0 != 0x2D }.suffix(32))
        hex.insert(contentsOf: repeatElement(0x30, count: 32 - hex.count), at: 0)
        hex[12] = 0x38
        hex[16] = 0x38
        let digits = String(decoding: hex, as: UTF8.self)
        var groups: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }

    /// Every problem; where there is none, the message itself, so that `errors` is never empty.
    private var items: [(pointer: String, code: String, message: String)] {
        guard !problems.isEmpty else { return [("", code.rawValue, message)] }
        return problems.map { ($0.pointer, Self.spelt($0.code), $0.message) }
    }

    /// In the spelling of the contract's own codes: `WRONG_TYPE`.
    private static func spelt(_ code: Problem.Code) -> String {
        code.rawValue.reduce(into: "") { spelt, letter in
            if letter.isUppercase { spelt.append("_") }
            spelt += letter.uppercased()
        }
    }

    func errorBody(uuid: String) -> [UInt8] {
        let messages = items.map(\.message)
        return JSONWriter.bytes {
            $0.object {
                $0.field("uuid", uuid)
                $0.field("code", code.rawValue)
                $0.strings("messages", messages.contains(message) ? messages : [message] + messages)
                writeErrors(&$0)
            }
        }
    }

    private func problemDetails(uuid: String) -> [UInt8] {
        JSONWriter.bytes {
            $0.object {
                $0.field("type", "about:blank")
                $0.field("title", status.reasonPhrase)
                $0.field("status", status.code)
                $0.field("detail", message)
                $0.field("instance", "urn:uuid:\(uuid)")
                $0.field("code", code.rawValue)
                writeErrors(&$0)
            }
        }
    }

    private func writeErrors(_ json: inout JSONWriter) {
        json.array("errors") { json in
            for item in items {
                json.object {
                    $0.field("pointer", item.pointer)
                    $0.field("code", item.code)
                    $0.field("message", item.message)
                }
            }
        }
    }
}
