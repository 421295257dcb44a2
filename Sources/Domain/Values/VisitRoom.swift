/// How many messages about one visit are taken, and how many bytes of answers: a day's worth many times over. Beyond it something
/// loops, and each message more would cost as much to write down as all before it.
///
/// Room is kept for what a visit cannot do without: a scanned device and its result, and the end. A cancellation needs none.
enum VisitRoom {
    /// Assignments, positions, progress.
    case onTheWay
    case provisioning
    case end

    var stepsMax: Int {
        switch self {
        case .onTheWay: 450
        case .provisioning: 490
        // Only a partner's own can be refused and be said again.
        case .end: 1_000
        }
    }

    /// A visit has some 40 answers of 200 bytes, and 60 photographs with a signed URL of 2,000. What comes with the end is bounded
    /// by what one message may have.
    var answersBytesMax: Int {
        switch self {
        case .onTheWay: 512 * 1_024
        case .provisioning: 640 * 1_024
        case .end: .max
        }
    }

    /// - Parameters:
    ///   - steps: how many there are.
    ///   - answers: which there are.
    ///   - reference: the job's.
    func check(
        after steps: Int,
        answers: [QuestionAnswer],
        adding more: [QuestionAnswer],
        to reference: String
    ) throws(Rejection) {
        guard steps < stepsMax else {
            throw Rejection(.illegalTransition, "Job \(reference) has had \(steps) messages. \(rest)")
        }
        guard !more.isEmpty, answersBytesMax != .max else { return }
        let bytes = answers.reduce(0) { $0 + $1.bytes } + more.reduce(0) { $0 + $1.bytes }
        guard bytes <= answersBytesMax else {
            throw Rejection(
                .illegalTransition,
                "Job \(reference) would have \(bytes >> 10) KiB of answers; \(answersBytesMax >> 10) are kept. \(rest)"
            )
        }
    }

    private var rest: String {
        switch self {
        case .onTheWay: "Only a scan, closeJob and a cancellation are taken now."
        case .provisioning: "Only closeJob and a cancellation are taken now."
        case .end: "Nothing more is taken."
        }
    }
}

extension QuestionAnswer {
    /// What it weighs where it is kept, about.
    fileprivate var bytes: Int {
        files.reduce(100 + question.utf8.count + answer.utf8.count) { sum, file in
            sum + 60 + file.name.utf8.count + file.objectPath.utf8.count + (file.url?.utf8.count ?? 0)
        }
    }
}
