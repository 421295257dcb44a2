extension InstallationJob {
    /// Photographs of one visit; more are kept with their answers and not looked for.
    static let filesMax = 500

    /// Has the object store asked for files that nobody named before.
    mutating func seek(_ named: [QuestionAnswer.File]) -> [Effect] {
        var known = files ?? []
        var paths = Set(known.map { ExactText($0.objectPath) })
        let new = named.filter { paths.insert(ExactText($0.objectPath)).inserted }.prefix(Self.filesMax - known.count)
        guard !new.isEmpty else { return [] }
        known += new.map(VisitFile.init)
        files = known
        return [.send(.filesReported(paths: new.map(\.objectPath)), to: .objects(id: partner))]
    }

    /// What the object store said; the state of the job is no matter.
    mutating func note(_ findings: [VisitFile.Finding]) -> [Effect] {
        let states = Dictionary(findings.map { (ExactText($0.objectPath), $0.state) }) { first, _ in first }
        files = files?.map { file in
            var file = file
            file.state = states[ExactText(file.objectPath)] ?? file.state
            return file
        }
        if findings.contains(where: { $0.state == .absent }) { remark(.filesMissing) }
        return []
    }
}
