import FoundationEssentials

extension FaultReport {
    /// Each notification names all of a ticket's files.
    package static let attachmentsMax = 20
    /// How long a place waits for its file (G-142).
    package static let uploadPeriod: TimeInterval = 15 * 60
    package static let attachmentKey = "attachment"

    package internal(set) var attachments: [Attachment] {
        get { files ?? [] }
        set { files = newValue.isEmpty ? nil : newValue }
    }

    /// Names the places for files that a message announces. One that is there already stays; one that never came gets a
    /// new place.
    mutating func announce(_ wishes: [AttachmentWish], at now: Date) {
        for wish in wishes {
            let place = attachments.firstIndex { $0.name.isExactly(wish.name) }
            let fresh = Attachment(
                name: wish.name,
                key: wish.key,
                state: .awaited(until: now.addingTimeInterval(Self.uploadPeriod))
            )
            if let place, attachments[place].isUploaded { continue }
            if let place { attachments[place] = fresh } else { attachments.append(fresh) }
        }
    }

    /// What is wrong with the files that a message announces.
    package static func problems(with wishes: [AttachmentWish], beside known: [Attachment]) -> [Rejection.Problem] {
        var problems = wishes.compactMap { wish in
            AttachmentKind.problem(with: wish.name).map { Rejection.Problem("filename", $0) }
        }
        let names = Set(wishes.map { ExactText($0.name) })
        if names.count < wishes.count { problems.append(Rejection.Problem("filename", "each file has its own name")) }
        if names.union(known.map { ExactText($0.name) }).count > attachmentsMax {
            problems.append(Rejection.Problem("attachments", "a ticket has \(attachmentsMax) files at most"))
        }
        return problems
    }

    /// A file has come, and is kept. The same again changes nothing; the buyer and the desk are told.
    package mutating func upload(_ content: AttachmentContent, to key: String, at now: Date) throws(Rejection)
        -> [Effect]
    {
        guard let place = attachments.firstIndex(where: { $0.key.isExactly(key) }) else {
            throw Rejection(.notFound, "Nothing is expected here.")
        }
        switch attachments[place].state {
        case .uploaded(let known, _):
            guard known == content else { throw Rejection(.keyReused, "Another file was sent here before.") }
            return []
        case .awaited(let until):
            guard now <= until else {
                throw Rejection(.notFound, "The file was expected until 15 minutes after it was announced.")
            }
            guard !isEnded else { throw refusal("it takes no more files") }
            attachments[place].state = .uploaded(content: content, at: now)
            note("\(attachments[place].name) uploaded", by: .buyer, at: now)
            guard state != .pending else { return [] }
            return [notify(.amended, at: now), tellDesk(.amended)]
        }
    }
}
