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

    /// Of several of a name the last counts.
    package subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            let place = fields.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): fields[place].value = value
            case (let place?, nil): fields.remove(at: place)
            case (nil, let value?): fields.append(Field(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension LoggedHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(reserving: elements.count)
        for (name, value) in elements { self[name] = value }
    }
}
