import Domain
import FoundationEssentials
import Formats

extension WorkOrderEvent {
    /// What a person says at a time.
    private static let charactersMax = 4_000
    /// Our own apps are forgiven nothing.
    private static var strictness: Leniencies { Leniencies(isStrict: true) }
    /// A day's answers; more is a loop.
    private static let answersMax = 200

    /// The JSON body of an event. Each has members of its own; another is refused by name. Times are the engineer's, and
    /// may be left out: then it is now.
    ///
    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ name: Name, _ bytes: [UInt8], at now: Date) throws(APIError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes)
        } catch {
            throw .malformed(error)
        }
        let problems = Problems()
        let object = ObjectReader(document.root, problems: problems)
        let event = Self.read(name, object, at: now)
        object.finish(rejectUnknown: true)
        guard problems.isEmpty, let event else { throw .malformed(problems.all) }
        self = event
    }

    private static func read(_ name: Name, _ object: ObjectReader, at now: Date) -> WorkOrderEvent? {
        switch name {
        case .accept:
            return .accept
        case .decline:
            let code = object.optionalString("code", length: 1...20).map { ClosureCode($0) }
            return object.requiredString("reason", length: 1...500).map { .decline(code: code, reason: $0) }
        case .assign:
            let at = object.optionalDateTime("at") ?? now
            return object.requiredObject("engineer").flatMap { Engineer($0, strictness) }
                .map { .assign(engineer: $0, at: at) }
        case .enRoute:
            let at = object.optionalDateTime("at") ?? now
            return location(object).map { .enRoute(location: $0, at: at) }
        case .onSite:
            let at = object.optionalDateTime("at") ?? now
            return location(object).map { .onSite(location: $0, at: at) }
        case .scan:
            return device(object, at: now).map { .scan(device: $0) }
        case .progress:
            let at = object.optionalDateTime("at") ?? now
            return object.requiredObjects("answers", count: 1...answersMax).map { readers in
                .progress(answers: readers.compactMap { answer($0, .notifyJob, at: at) }, at: at)
            }
        case .close:
            return closing(object, at: now).map { .close(report: $0) }
        }
    }

    private static func closing(_ object: ObjectReader, at now: Date) -> ClosingReport? {
        let code = object.requiredString("closureCode", length: 1...20).map { ClosureCode($0) }
        let codeDescription = object.optionalString("closureDescription", length: 1...500)
        let secondary = object.optionalString("secondaryClosureCode", length: 1...20)
        let secondaryDescription = object.optionalString("secondaryClosureDescription", length: 1...500)
        let at = object.optionalDateTime("at") ?? now
        let lightLevelDbm = object.optionalDecimal("lightLevelDbm", range: -100...100)
        let answers = object.optionalObjects("answers", count: 0...answersMax) ?? []
        let notes = object.optionalString("notes", length: 1...charactersMax)
        guard let code else { return nil }
        return ClosingReport(
            code: code,
            codeDescription: codeDescription,
            secondary: secondary,
            secondaryDescription: secondaryDescription,
            closedAt: at,
            lightLevelDbm: lightLevelDbm,
            answers: answers.compactMap { answer($0, .closeJob, at: at) },
            notes: notes
        )
    }

    /// `{fsan, serialNumber, vendor, model?, at?}`
    private static func device(_ object: ObjectReader, at now: Date) -> ScannedDevice? {
        let fsan = object.requiredString("fsan", length: 1...64)
        let serialNumber = object.requiredString("serialNumber", length: 1...64)
        let vendor = object.requiredEnum("vendor", as: DeviceVendor.self)
        let model = object.optionalString("model", length: 1...64)
        let at = object.optionalDateTime("at") ?? now
        guard let fsan, let serialNumber, let vendor else { return nil }
        return ScannedDevice(fsan: fsan, serialNumber: serialNumber, vendor: vendor, model: model, scannedAt: at)
    }

    private static func location(_ object: ObjectReader) -> Location? {
        object.requiredObject("location").flatMap { Location($0, strictness) }
    }

    /// `{question, code, answer, at?, files?}` (I-030); `code` is the question's in the operator's matrix.
    private static func answer(_ object: ObjectReader, _ source: QuestionAnswer.Source, at now: Date) -> QuestionAnswer?
    {
        strictly(object) { object in
            let question = object.requiredString("question", length: 1...500)
            let code = object.requiredString("code", length: 1...10, pattern: .digits)
            let answer = object.requiredString("answer", length: 0...2_000)
            let at = object.optionalDateTime("at") ?? now
            let files = (object.optionalObjects("files", count: 0...50) ?? []).compactMap { strictly($0, file) }
            guard let question, let code, let answer else { return nil }
            return QuestionAnswer(
                question: question,
                code: code,
                answer: answer,
                received: at,
                source: source,
                files: files
            )
        }
    }

    /// `{name, type, objectPath, url?}` (I-031): the file itself is in the place that the operator shares.
    private static func file(_ object: ObjectReader) -> QuestionAnswer.File? {
        let name = object.requiredString("name", length: 1...255)
        let type = object.requiredString("type", length: 1...127)
        let objectPath = object.requiredString("objectPath", length: 1...2_000)
        let url = object.optionalString("url", length: 1...2_000)
        guard let name, let type, let objectPath else { return nil }
        return QuestionAnswer.File(name: name, type: type, objectPath: objectPath, url: url)
    }

    /// Reads an object inside the body, and refuses what it should not have.
    private static func strictly<Value>(_ object: ObjectReader, _ read: (ObjectReader) -> Value?) -> Value? {
        let value = read(object)
        object.finish(rejectUnknown: true)
        return value
    }
}
