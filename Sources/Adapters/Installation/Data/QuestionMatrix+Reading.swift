import Domain
import Formats

extension QuestionMatrix {
    /// `question-matrix.json`, in the form of G-134.
    ///
    /// - Parameter catalogue: the closure codes that rules may name; `nil` where these are broken themselves.
    init(_ table: DataTable, of catalogue: ClosureCatalogue?) {
        var questions: [Question] = []
        for reader in table.reader.requiredObjects("questions", count: 1...1_000) ?? [] {
            guard let question = Question(reader) else { continue }
            if questions.contains(where: { $0.code == question.code }) {
                reader.report(.duplicate, "code", "\(question.code) is another question's already")
            }
            questions.append(question)
        }
        var rules: [Rule] = []
        for reader in table.reader.requiredObjects("rules", count: 0...1_000) ?? [] {
            guard let rule = Rule(reader) else { continue }
            if rules.contains(where: { $0.closureCode == rule.closureCode && $0.secondary == rule.secondary }) {
                reader.report(.duplicate, "closureCode", "has a rule already, with the same secondary code")
            }
            if let catalogue { rule.report(to: reader, catalogue) }
            rule.report(to: reader, questions)
            rules.append(rule)
        }
        self.init(questions: questions, rules: rules)
    }
}

extension QuestionMatrix.Question {
    fileprivate init?(_ reader: ObjectReader) {
        let code = reader.requiredString("code", length: 1...10, pattern: .digits)
        let text = reader.requiredString("text", length: 1...500)
        let type = reader.requiredChoice("answerType", from: ["YESNO", "TEXT", "TIME", "NUMBER", "CHOICE"])
        let choices =
            type == "CHOICE" ? reader.requiredStrings("choices", count: 2...100, length: 1...200) : nil
        if let choices, Set(choices).count < choices.count { reader.report(.duplicate, "choices", "has one twice") }
        reader.finish(rejectUnknown: true)
        guard let code, let text, let type else { return nil }
        self.code = code
        self.text = text
        switch type {
        case "YESNO": answerType = .yesOrNo
        case "TIME": answerType = .time
        case "NUMBER": answerType = .number
        case "CHOICE": answerType = .choice(choices: choices ?? [])
        case _: answerType = .text
        }
    }
}

extension QuestionMatrix.Rule {
    fileprivate init?(_ reader: ObjectReader) {
        let closureCode = reader.requiredString("closureCode", length: 1...20)
        let secondary = reader.optionalString("secondary", length: 1...20)
        let required = reader.requiredStrings("required", count: 1...100, length: 1...10)
        reader.finish(rejectUnknown: true)
        guard let closureCode, let required else { return nil }
        self.closureCode = closureCode
        self.secondary = secondary
        self.required = required
    }

    fileprivate func report(to reader: ObjectReader, _ catalogue: ClosureCatalogue) {
        guard catalogue.primaries[closureCode] != nil else {
            reader.report(.rule, "closureCode", "\(closureCode) is no primary closure code")
            return
        }
        guard let secondary, catalogue.secondaries[closureCode]?[secondary] == nil else { return }
        reader.report(.rule, "secondary", "\(secondary) is no secondary code of \(closureCode)")
    }

    fileprivate func report(to reader: ObjectReader, _ questions: [QuestionMatrix.Question]) {
        let pointer = reader.pointer(to: "required")
        for (index, code) in required.enumerated() {
            let place = JSONPointer.appending(index, to: pointer)
            if !questions.contains(where: { $0.code == code }) {
                reader.problems.report(.rule, at: place, "\(code) is no question of the matrix")
            } else if required[..<index].contains(code) {
                reader.problems.report(.duplicate, at: place, "\(code) is required already")
            }
        }
    }
}
