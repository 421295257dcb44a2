import Domain
import Formats

/// What readers forgive in silence, or refuse in words that don't give the reason away.
extension InstallationLintPass {
    /// the operator's words in a partner's message.
    func checkMissingParams() {
        guard root["params"] == nil, root["content"] != nil else { return }
        let text = "content is the operator's word: what a partner sends is JSON-RPC, with params"
        report("X-28", .error, at: "/content", text, expected: "params")
    }

    func checkCall(_ params: JSONValue, _ data: InstallationData) {
        for (index, answer) in Self.elements(params["questions_answers"]) {
            let pointer = "/params/questions_answers/\(index)"
            for (number, file) in Self.elements(answer["files"]) {
                check(file: file, at: "\(pointer)/files/\(number)")
            }
        }
        guard let code = params["closureCode"]?.string else { return }
        check(closureCode: ClosureCode(code), data)
    }

    /// X-33 and I-031: files as the published sample has them.
    private func check(file: JSONValue, at pointer: String) {
        if file["url"]?.string?.isEmpty == true {
            let text = "url is empty, as in the published sample; it counts as absent"
            report("X-33", .warning, at: pointer + "/url", text, expected: "an address, or no such field")
        }
        if let path = file["object_path"]?.string, let name = file["name"]?.string, !path.isEmpty,
            !path.hasSuffix("/" + name)
        {
            let text = "object_path doesn't end with the file's name"
            report("I-031", .warning, at: pointer + "/object_path", text, expected: "the full path, ending in /\(name)")
        }
    }

    /// a code in another spelling, or of nobody's list.
    private func check(closureCode code: ClosureCode, _ data: InstallationData) {
        let pointer = "/params/closureCode"
        if code.canonical != code.raw {
            let text = "RNA/NA is one cell of the published table: two spellings of one code"
            report("X-35", .warning, at: pointer, text, expected: code.canonical)
        } else if data.closureCodes.primaries[code.raw] == nil, (1...20).contains(code.raw.unicodeScalars.count) {
            let text = "the closure code is unknown, and counts as another reason"
            report("X-37", .warning, at: pointer, text, expected: "a code of the published list")
        }
    }

    /// `{}` is all that is documented, and brings no number.
    func checkAcknowledgement(_ message: InstallationMessage) {
        let result = root["result"]
        if message == .acknowledgementInJSONRPC {
            checkEnvelopeOfAnswer()
            if let result, result.kind != .object {
                report("G-132", .error, at: "/result", "the result is no object", expected: "an object")
            }
        }
        let number = message == .acknowledgementInJSONRPC ? result?["providerJobId"] : root["providerJobId"]
        let pointer = message == .acknowledgementInJSONRPC ? "/result/providerJobId" : "/providerJobId"
        guard let number else {
            let text = "answering createJob it brings no providerJobId: the first jobHeader must"
            report("X-29", .warning, at: pointer, text, expected: "providerJobId, if it is known by then")
            return
        }
        guard let text = number.string, (1...50).contains(text.unicodeScalars.count) else {
            report("X-29", .error, at: pointer, "providerJobId is none", expected: "a string of 1 to 50 characters")
            return
        }
    }

    /// G-132: an error says which, in the contract's numbers, and where.
    func checkError() {
        checkEnvelopeOfAnswer()
        let codes = [-32700, -32600, -32601, -32602, -32603, -32001, -32002, -32003, -32004, -32005]
        let listed = codes.map(String.init).joined(separator: ", ")
        guard let code = root["error"]?["code"]?.integer else {
            report("G-132", .error, at: "/error/code", "an error has a code, which is an integer", expected: listed)
            return
        }
        if !codes.contains(Int(code)) {
            report("G-132", .warning, at: "/error/code", "the contract has no such code", expected: listed)
        }
        if root["error"]?["message"]?.string == nil {
            report(
                "G-132",
                .error,
                at: "/error/message",
                "an error has a message, which is a string",
                expected: "a string"
            )
        }
        for (index, problem) in Self.elements(root["error"]?["data"]?["problems"])
        where problem["pointer"]?.string == nil {
            let pointer = "/error/data/problems/\(index)/pointer"
            report("G-132", .warning, at: pointer, "a problem doesn't say where it is", expected: "a JSON pointer")
        }
    }

    private func checkEnvelopeOfAnswer() {
        if root["jsonrpc"]?.string != "2.0" {
            report("G-132", .error, at: "/jsonrpc", "an answer in JSON-RPC says so", expected: "\"2.0\"")
        }
        switch root["id"]?.kind {
        case .integer, .string, .null: break
        case .bool, .decimal, .array, .object, nil:
            report(
                "G-132",
                .error,
                at: "/id",
                "an answer repeats the id of what it answers, or null",
                expected: "an id"
            )
        }
    }

    private static func elements(_ value: JSONValue?) -> [(Int, JSONValue)] {
        value.map { Array($0.elements.enumerated()) }?.map { ($0.offset, $0.element) } ?? []
    }
}
