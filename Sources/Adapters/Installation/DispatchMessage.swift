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
    /// As a partner reads it: every problem of the envelope at once. Without `sent` and `response`, which carry nothing
    /// that rules, it is taken all the same.
    ///
    /// - Parameter pathMethod: the method that the path names, if it does; it must be the body's.
    init(parsing bytes: [UInt8], pathMethod: String?, _ leniencies: Leniencies) throws(RPCRefusal) {
        let root: JSONValue
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw RPCRefusal(malformed: error)
        }
        let problems = Problems()
        let reader = ObjectReader(root, problems: problems)
        let id = reader.requiredInteger("id", range: 0...9_999_999_999_999_999)
        let method = reader.requiredString("method", length: 1...50)
        if let pathMethod, let method, method != pathMethod {
            reader.report(.rule, "method", "must be the method that the path names")
        }
        let reference = reader.requiredString("ref", length: 1...36)
        sent = reader.optionalMoment("sent", leniencies)
        response = reader.optionalObject("response").flatMap { _ in root["response"] }
        _ = reader.requiredObject("content")
        for key in ["sent", "response"] where root.kind == .object && !reader.has(key) {
            leniencies.forgive("I-008", reader, .missing, key, "is missing")
        }
        if reader.has("jsonrpc") {
            leniencies.forgive("X-28", reader, .unknownField, "jsonrpc", "is JSON-RPC's, which this message is not")
        }
        leniencies.forgiveUnknownFields(of: reader, "I-008")
        guard problems.isEmpty, let id, let method, let reference, let content = root["content"] else {
            throw RPCRefusal(id.map { .integer(Int64($0)) } ?? .null, notRequest: problems.all)
        }
        self.id = Int64(id)
        self.method = method
        self.reference = reference
        self.content = content
    }

    /// Reads content and response with `read`, or answers everything that is wrong with them.
    func read<Value>(
        _ leniencies: Leniencies,
        _ read: (_ content: ObjectReader, _ problems: Problems) -> Value?
    ) throws(RPCRefusal) -> Value {
        let problems = Problems()
        let reader = ObjectReader(content, at: "/content", problems: problems)
        let value = read(reader, problems)
        leniencies.forgiveUnknownFields(of: reader, "I-008")
        guard problems.isEmpty, let value else {
            throw RPCRefusal(id: .integer(id), error: .invalidParams(problems.all))
        }
        return value
    }
}
