import Formats

/// Why a command came to nothing, in words that say what to do next.
enum TenantFailure: Error, Equatable {
    /// The gateway understood and refused, or could not (exit code 1). `answer`: what it said, for a program to read.
    case refused(String, answer: [UInt8] = [])
    /// Nothing could be asked (exit code 2).
    case unasked(String)

    var text: String {
        switch self {
        case .refused(let text, _), .unasked(let text): text
        }
    }

    /// The gateway's own words, if it said any.
    var answer: [UInt8] {
        switch self {
        case .refused(_, let answer): answer
        case .unasked: []
        }
    }

    var exitCode: Int32 {
        switch self {
        case .refused: 1
        case .unasked: 2
        }
    }

    /// What a gateway answered instead of success: its words, and each problem with its place in the request (G-004).
    init(answer status: Int, _ body: [UInt8], to request: String) {
        guard let root = try? JSONDocument(parsing: body).root, root.kind == .object else {
            self = .refused("\(request) was answered \(status), without a word that can be read.")
            return
        }
        let code = root["code"]?.string ?? root["error"]?.string ?? "status \(status)"
        var lines = ["\(request) was refused: \(code) (\(status))"]
        let problems = root["errors"]?.elements.map { problem in
            let pointer = problem["pointer"]?.string ?? ""
            return "  \(pointer.isEmpty ? "the whole" : pointer)  \(problem["message"]?.string ?? "")"
        }
        let said = root["messages"]?.elements.compactMap(\.string) ?? []
        lines += problems.flatMap { $0.isEmpty ? nil : $0 } ?? said.map { "  \($0)" }
        if let description = root["error_description"]?.string { lines.append("  \(description)") }
        lines += Self.advice(status, root["uuid"]?.string)
        self = .refused(lines.map(TerminalText.harmless).joined(separator: "\n"), answer: body)
    }

    private static func advice(_ status: Int, _ uuid: String?) -> [String] {
        let id = uuid.map { " Its name for this is \($0)." } ?? ""
        return switch status {
        case 401: ["Look at the client and its secret, and at the gateway's clock."]
        case 403: ["The client may not do this: its scopes, or the address it comes from."]
        case 404: ["`patchbay tenant order list` and `problem list` show what there is."]
        case 429, 503: ["Try again in a while."]
        case 500...: ["The fault is not yours. Tell the gateway's people.\(id)"]
        case _: []
        }
    }
}
