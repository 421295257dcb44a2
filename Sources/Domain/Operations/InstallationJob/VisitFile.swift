/// A photograph or a document that a partner names (I-031), and whether it is in the bucket. Nothing is fetched from the
/// address that a partner gives: it is kept as a text.
package struct VisitFile: Codable, Equatable, Sendable {
    package enum State: Codable, Equatable, Sendable {
        /// The object store was not yet asked, or did not answer.
        case sought
        case present(bytes: Int64)
        case absent
        /// The path is none, or the store refuses us.
        case refused(reason: String)
    }

    /// What the object store said of a path.
    package struct Finding: Codable, Equatable, Sendable {
        package let objectPath: String
        package let state: State

        package init(objectPath: String, state: State) {
            self.objectPath = objectPath
            self.state = state
        }
    }

    package let name: String
    package let type: String
    package let objectPath: String
    /// The partner's own word; never called.
    package let url: String?
    package internal(set) var state = State.sought

    init(_ file: QuestionAnswer.File) {
        name = file.name
        type = file.type
        objectPath = file.objectPath
        url = file.url
    }
}
