/// What an answer to a JSON-RPC request says, by its bytes alone (specification 2.0, §5; ).
///
/// A refusal is read from whatever is meant for one: a code as text or with a fraction, an error that is a string or an empty
/// object, `success: false`. What says nothing that is known is unreadable, and no success.
package struct RPCAnswer: Sendable {
    package enum Content: Sendable {
        /// The object that has the content of a success: the result, or the whole answer. Nil for an empty body.
        case success(JSONValue?)
        case refusal(RPCRefusalWords)
        /// Nothing of JSON-RPC; why, for a person.
        case unreadable(reason: String)
    }

    package let content: Content
    /// What the answer says it answers; nil where it says nothing, or is a message of its own.
    package let id: String?
    /// The entity that a message of its own names.
    package let reference: String?

    /// Members of an answer, at least one of which something that is not empty must have.
    private static let known: Set<String> = [
        "jsonrpc", "id", "result", "providerJobId", "method", "ref", "content", "response", "success", "params",
    ]

    package init(_ body: [UInt8]) {
        guard body.contains(where: { !$0.isXMLSpace }) else {
            self.init(.success(nil))
            return
        }
        let root: JSONValue
        do {
            root = try JSONDocument(parsingAnswer: body).root
        } catch {
            self.init(.unreadable(reason: "the answer is no JSON that can be read"))
            return
        }
        guard root.kind == .object else {
            self.init(.unreadable(reason: "the answer is \(root.kind.article), not an object"))
            return
        }
        let isMessage = root["method"] != nil
        let id = isMessage ? nil : root["id"].flatMap { $0.isNull ? nil : $0.name ?? "?" }
        let reference = root["ref"]?.name
        if let words = Self.refusal(in: root) ?? root["result"].flatMap({ Self.refusal(in: $0) }) {
            self.init(.refusal(words), id: id, reference: reference)
            return
        }
        guard root.count == 0 || root.members.contains(where: { Self.known.contains($0.key) }) else {
            self.init(.unreadable(reason: "the answer has neither result nor error"))
            return
        }
        let result = root["result"].flatMap { $0.kind == .object ? $0 : nil } ?? root["content"]
        self.init(.success(result ?? root), id: id, reference: reference)
    }

    private init(_ content: Content, id: String? = nil, reference: String? = nil) {
        self.content = content
        self.id = id
        self.reference = reference
    }

    /// `null` and `false` say that there is no error.
    private static func refusal(in object: JSONValue) -> RPCRefusalWords? {
        guard let error = object["error"], !error.isNull, error.bool != false else {
            guard object["success"]?.bool == false else { return nil }
            return RPCRefusalWords(object)
        }
        return RPCRefusalWords(error)
    }
}

/// A refusal as the other side words it.
package struct RPCRefusalWords: Equatable, Sendable {
    /// Its numeric value; nil for none, or one that no number of ours holds.
    package let code: Int?
    /// For a person; nil where it says nothing.
    package let words: String?

    /// What a log line, a journal and a person bear.
    package static let charactersMax = 500

    init(_ error: JSONValue) {
        let spelt = error["code"] ?? (error.kind == .object ? nil : error).flatMap { $0.wholeNumber == nil ? nil : $0 }
        code = spelt?.wholeNumber
        let said = [error["message"], error["data"], error["reason"], error["description"], error["detail"], error]
        var words = said.lazy.compactMap { $0?.string }.map { $0.plainWords(Self.charactersMax) }
            .first { !$0.isEmpty }
        if code == nil, let odd = spelt?.name ?? spelt?.string {
            words = "code \(odd.plainWords(40))" + (words.map { ": \($0)" } ?? "")
        }
        self.words = words
    }

    /// `-32602: no capacity`
    package var description: String {
        switch (code, words) {
        case (let code?, let words?): "\(code): \(words)"
        case (let code?, nil): "\(code), without a reason"
        case (nil, let words?): words
        case (nil, nil): "refused without a reason"
        }
    }
}
