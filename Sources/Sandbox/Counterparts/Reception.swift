import Formats

/// What became of a message of a counterpart's.
enum Reception: Equatable, Sendable {
    case taken
    case refused(reason: String)
    /// No answer, or one that promises nothing: to be sent again.
    case unanswered(reason: String)

    /// Judges the operator's answer to a REST request.
    init(restStatus status: Int, body: [UInt8]) {
        switch status {
        case 200..<300:
            self = .taken
        case 408, 425, 429, 500..<600:
            self = .unanswered(reason: "status \(status)")
        case _:
            let root = (try? JSONDocument(parsing: body))?.root
            // The sentence that says all; the problems behind it repeat it.
            let text = root?["messages"]?.elements.first { _ in true }?.string ?? root?["detail"]?.string ?? ""
            self = .refused(reason: text.isEmpty ? "status \(status)" : text)
        }
    }
}
