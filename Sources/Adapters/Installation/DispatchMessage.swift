import Domain
import FoundationEssentials
import Formats

/// The envelope of what the operator sends (I-008): not JSON-RPC 2.0, for it has `content` and `response` where that
/// has `params`.
package struct DispatchMessage: Sendable {
    package let id: Int64
    package let sent: Date?
    package let method: String
    package let reference: String
    package let content: JSONValue
    package let response: JSONValue?

    /// Spelt in the commit, when its number isn't known yet: all but `id`. ``numbered(_:_:)`` puts it in front.
    static func spell(
        method: String,
        job: InstallationJob,
        sent: Date,
        content: (inout JSONWriter) -> Void,
        response: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { writer in
            writer.object { message in
                message.moment("sent", sent)
                message.field("method", method)
                message.field("ref", job.reference)
                message.object("content", content)
                message.object("response", response)
            }
        }
    }

    /// The frozen message under its outbox number, the same for every attempt (decision 12).
    static func numbered(_ number: Int64, _ frozen: [UInt8]) -> [UInt8] {
        Array("{\"id\":\(number),".utf8) + frozen.dropFirst()
    }
}

extension DispatchMessage {
    /// As a partner reads it. Lenient about `sent` and `response`, which carry nothing that rules.
    package init(parsing bytes: [UInt8]) throws(RPCRefusal) {
        let root: JSONValue
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw RPCRefusal(id: .null, error: RPCError(code: RPCError.parseError, message: "Parse error"))
        }
        let problems = Problems()
        let reader = ObjectReader(root, problems: problems)
        let id = reader.requiredInteger("id", range: 0...9_999_999_999_999_999)
        let method = reader.requiredString("method", length: 1...50)
        let reference = reader.requiredString("ref", length: 1...36)
        _ = reader.requiredObject("content")
        guard problems.isEmpty, let id, let method, let reference, let content = root["content"] else {
            var error = RPCError.invalidParams(problems.all)
            error.code = RPCError.invalidRequest
            error.message = "Invalid Request"
            throw RPCRefusal(id: id.map { .integer(Int64($0)) } ?? .null, error: error)
        }
        self.id = Int64(id)
        sent = root["sent"]?.string.flatMap(JobMoment.parse)
        self.method = method
        self.reference = reference
        self.content = content
        response = root["response"]
    }

    /// Reads the content with `read`, or answers everything that is wrong with it.
    func content<Value>(_ read: (ObjectReader) -> Value?) throws(RPCRefusal) -> Value {
        let problems = Problems()
        let value = read(ObjectReader(content, at: "/content", problems: problems))
        guard problems.isEmpty, let value else {
            throw RPCRefusal(id: .integer(id), error: .invalidParams(problems.all))
        }
        return value
    }
}
