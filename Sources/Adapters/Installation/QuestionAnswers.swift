import Domain
import Formats

/// `questions_answers[]` (I-030, I-031, G-127).
extension QuestionAnswer {
    init?(_ reader: ObjectReader, _ reading: Reading) {
        let question = reader.requiredString("question", length: 1...500)
        let code = reader.requiredString("question_code", length: 1...10, pattern: .digits)
        let answer = reader.requiredString("answer", length: 0...2_000)
        let received = reader.requiredMoment("response_received", reading.leniencies)
        let source = Source(reader, reading.leniencies)
        let files =
            reader.optionalObjects("files", count: 0...50)?.compactMap { File($0, reading.leniencies) } ?? []
        reading.leniencies.forgiveUnknownFields(of: reader)
        guard let question, let code, let answer, let received, let source else { return nil }
        self.init(question: question, code: code, answer: answer, received: received, source: source, files: files)
        if let complaint = reading.data.questions.complaint(about: self) {
            reading.leniencies.forgive("G-134", reader, .rule, complaint.key, complaint.message)
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("question", question)
            object.field("question_code", code)
            object.field("answer", answer)
            object.moment("response_received", received)
            object.field("source", source.rawValue)
            guard !files.isEmpty else { return }
            object.array("files") { array in
                for file in files { file.write(to: &array) }
            }
        }
    }
}

extension QuestionAnswer.Source {
    /// `Closure`, as the published sample says, is read as `closeJob`.
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        guard let text = reader.requiredString("source") else { return nil }
        if let source = Self(rawValue: text) {
            self = source
        } else if text.lowercased() == "closure" {
            let meant = "must be notifyJob or closeJob; \"\(text)\" is read as closeJob"
            leniencies.forgive("X-32", reader, .notAllowed, "source", meant)
            self = .closeJob
        } else {
            reader.report(.notAllowed, "source", "must be one of: notifyJob, closeJob")
            return nil
        }
    }
}

extension QuestionAnswer.File {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let name = reader.requiredString("name", length: 1...255)
        let type = reader.optionalString("type", length: 1...127)
        let objectPath = reader.requiredString("object_path", length: 1...2_000)
        let url = reader.optionalString("url", length: 1...2_000, pattern: .webAddress)
        leniencies.forgiveUnknownFields(of: reader)
        guard let name, let objectPath else { return nil }
        if type == nil { leniencies.forgive("X-33", reader, .missing, "type", "is missing, and guessed from the name") }
        self.init(name: name, type: type ?? Self.type(of: name), objectPath: objectPath, url: url)
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("name", name)
            object.field("type", type)
            object.field("object_path", objectPath)
            object.field("url", url)
        }
    }

    /// From the extension, as the published sample leaves the type out.
    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last.map({ $0.lowercased() }) {
        case "jpg", "jpeg": "image/jpeg"
        case "png": "image/png"
        case "heic": "image/heic"
        case "pdf": "application/pdf"
        case "mp4": "video/mp4"
        case "txt": "text/plain"
        default: "application/octet-stream"
        }
    }
}

extension Reading {
    /// A day's answers; more is a loop.
    private static let answersMax = 200

    func optionalAnswers() -> [QuestionAnswer] {
        params.optionalObjects("questions_answers", count: 0...Self.answersMax).map(answers) ?? []
    }

    func requiredAnswers() -> [QuestionAnswer]? {
        params.requiredObjects("questions_answers", count: 0...Self.answersMax).map(answers)
    }

    private func answers(_ readers: [ObjectReader]) -> [QuestionAnswer] {
        readers.compactMap { QuestionAnswer($0, self) }
    }
}

extension JSONWriter {
    mutating func answers(_ answers: [QuestionAnswer]) {
        array("questions_answers") { array in
            for answer in answers { answer.write(to: &array) }
        }
    }
}
