import Formats

/// What is in a member that may not be there.
extension JSONValue? {
    var elements: [JSONValue] {
        guard let self else { return [] }
        return Array(self.elements)
    }

    var members: [(name: String, value: JSONValue)] {
        guard let self else { return [] }
        return self.members.map { (name: $0.key, value: $0.value) }
    }

    var strings: [String] { elements.compactMap(\.string) }
}
