/// A message's headers as the log keeps them: by name in lower case, each once. There are few, and they are looked at rarely
/// and written with each request: a list costs less than a table.
package struct LoggedHeaders: Equatable, Sendable {
    package struct Field: Equatable, Sendable {
        package let name: String
        package var value: String
    }

    package private(set) var fields: [Field] = []

    package init(reserving count: Int = 0) { fields.reserveCapacity(count) }

    package init(_ values: [String: String]) {
        fields = values.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) }
    }

    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Of several of a name the last counts.
    package mutating func set(_ name: String, to value: String) {
        if let place = fields.firstIndex(where: { $0.name == name }) {
            fields[place].value = value
        } else {
            fields.append(Field(name: name, value: value))
        }
    }
}

extension LoggedHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(reserving: elements.count)
        for (name, value) in elements { set(name, to: value) }
    }
}
