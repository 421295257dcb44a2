import Formats
import HTTPTypes

/// How an operation is called from a shell, with nothing but curl: made of what the document says, so that it cannot
/// say anything else.
///
/// `$TOKEN` is the access token. What has no example is left out, unless it is required.
struct CurlExample {
    let source: String

    init(_ operation: DescribedOperation, _ common: DescribedOperation.Common, server: String) {
        let parameters = common.headers + operation.parameters
        var path = operation.path
        for parameter in parameters where parameter.place == .path {
            path = path.replacing("{\(parameter.name)}", with: parameter.example ?? "1")
        }
        let query = parameters.filter { $0.place == .query && ($0.isRequired || $0.example != nil) }
        var words = ["curl"]
        switch operation.method {
        case .get: if !query.isEmpty { words.append("--get") }
        case let method: words.append("--request \(method.rawValue)")
        }
        words.append(Self.quoted(server + path))
        var lines = [words.joined(separator: " ")]
        if common.security.contains(OpenAPIDocument.security) {
            lines.append("--header \"Authorization: Bearer $TOKEN\"")
        }
        for header in parameters where header.place == .header {
            let value = header.example ?? ""
            lines.append(
                header.isFresh
                    ? "--header \"\(header.name): $(date +%s)-$RANDOM\""
                    : "--header " + Self.quoted("\(header.name): \(value)")
            )
        }
        for parameter in query {
            lines.append("--data-urlencode " + Self.quoted("\(parameter.name)=\(parameter.example ?? "")"))
        }
        if let example = operation.example {
            lines.append("--header 'Content-Type: application/json'")
            lines.append("--data " + Self.quoted(example))
        }
        source = lines.joined(separator: " \\\n  ")
    }

    func write(to json: inout JSONWriter) {
        json.array("x-codeSamples") { json in
            json.object { json in
                json.field("lang", "Shell")
                json.field("label", "curl")
                json.field("source", source)
            }
        }
    }

    /// As one word of a POSIX shell, whatever is in it.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
