import Domain
import Formats

/// Which questions a closure asks, and how each is answered (I-024, G-134).
package struct QuestionMatrix: Equatable, Sendable {
    package enum AnswerType: Equatable, Sendable {
        case yesOrNo
        case text
        /// `HH:MM`, of 24 hours.
        case time
        case number
        case choice(choices: [String])
    }

    package struct Question: Equatable, Sendable {
        package let code: String
        package let text: String
        package let answerType: AnswerType
    }

    /// A closure code, or with `secondary` only together with that, asks these.
    package struct Rule: Equatable, Sendable {
        package let closureCode: String
        package let secondary: String?
        package let required: [String]
    }

    package let questions: [ExactText: Question]
    package let rules: [Rule]

    package init(questions: [Question] = [], rules: [Rule] = []) {
        self.questions = questions.reduce(into: [:]) { known, question in known[ExactText(question.code)] = question }
        self.rules = rules
    }

    /// Which questions a closure asks that these answers leave open, in the order of the rules.
    func open(after answers: [QuestionAnswer], code: ClosureCode, secondary: String?) -> [Question] {
        let answered = Set(answers.map { ExactText($0.code) })
        var open: [Question] = []
        for rule in rules where rule.closureCode == code.canonical && (rule.secondary ?? secondary) == secondary {
            for code in rule.required where !answered.contains(ExactText(code)) {
                if let question = questions[ExactText(code)], !open.contains(question) { open.append(question) }
            }
        }
        return open
    }

    /// What doesn't fit: the field, and why. At most one thing of an answer, as a person would mend it.
    func complaint(about answer: QuestionAnswer) -> (key: String, message: String)? {
        guard let question = questions[ExactText(answer.code)] else {
            return ("question_code", "must be a question of the matrix")
        }
        guard question.text.isExactly(answer.question) else {
            return ("question", "must be the matrix's text of question \(question.code): \(question.text)")
        }
        guard let wanted = question.answerType.wanted(instead: answer.answer) else { return nil }
        return ("answer", "must be \(wanted)")
    }
}

extension QuestionMatrix.AnswerType {
    /// What an answer should have been; `nil` if it is that.
    fileprivate func wanted(instead answer: String) -> String? {
        switch self {
        case .yesOrNo: ["yes", "no"].contains(answer.lowercased()) ? nil : "Yes or No"
        case .text: answer.isEmpty ? "a text" : nil
        case .time: Self.isTime(Array(answer.utf8)) ? nil : "a time of day, such as 07:56"
        case .number: Self.isNumber(answer) ? nil : "a number, such as -18.5"
        case .choice(let choices):
            choices.containsExactly(answer) ? nil : "one of: \(choices.joined(separator: ", "))"
        }
    }

    private static func isTime(_ text: [UInt8]) -> Bool {
        guard text.count == 5, text[2] == UInt8(ascii: ":") else { return false }
        let parts = [text[..<2], text[3...]].map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
        return text.enumerated().allSatisfy { $0.offset == 2 || $0.element.isASCIIDigit }
            && (0..<24).contains(parts[0]) && (0..<60).contains(parts[1])
    }

    /// As JSON would have it, so that `NaN` and `0x1` are none.
    private static func isNumber(_ text: String) -> Bool {
        (try? JSONDocument(parsing: text).root.double) != nil
    }
}
