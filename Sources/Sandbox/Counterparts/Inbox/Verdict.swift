import Formats

/// What a counterpart made of a message (decision 21); the inbox shows it as JSON.
package struct Verdict: Equatable, Sendable {
    package var status: Int
    /// It had come before, and had its effect then.
    package var isDuplicate: Bool
    /// What a strict reader would object to. Nothing is refused for it.
    package var problems: [String]

    package init(status: Int, isDuplicate: Bool = false, problems: [String] = []) {
        self.status = status
        self.isDuplicate = isDuplicate
        self.problems = problems
    }

    /// `{"status":204,"duplicate":false,"problems":[]}`
    package var json: String {
        JSONWriter.string { writer in
            writer.object { verdict in
                verdict.field("status", status)
                verdict.field("duplicate", isDuplicate)
                verdict.strings("problems", problems)
            }
        }
    }
}
