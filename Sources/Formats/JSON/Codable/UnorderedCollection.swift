/// Collections whose order differs from run to run; written sorted, so that equal values are equal bytes.
protocol UnorderedCollection {
    /// Into the place announced last.
    func encodeSorted(to sink: JSONSink) throws
}

extension Dictionary: UnorderedCollection where Key: Encodable, Value: Encodable {
    /// An object if the keys can be spelt as strings; else, as Swift itself has it, an array of keys and values.
    func encodeSorted(to sink: JSONSink) throws {
        let slot = sink.slot
        if Key.self is any CodingKeyRepresentable.Type {
            let members = map { key, value in ((key as? any CodingKeyRepresentable)?.codingKey.stringValue ?? "", value)
            }
            sink.open(object: true, in: slot)
            for (key, value) in members.sorted(by: { $0.0 < $1.0 }) {
                try sink.announce(key, in: slot)
                try sink.write(value)
            }
        } else {
            let pairs = try map { (try CodableJSONEncoder().encode($0.key), $0.value) }
            sink.open(object: false, in: slot)
            for (key, value) in pairs.sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
                try sink.announce(in: slot)
                sink.token { $0.append(contentsOf: key) }
                try sink.announce(in: slot)
                try sink.write(value)
            }
        }
    }
}

extension Set: UnorderedCollection where Element: Encodable {
    func encodeSorted(to sink: JSONSink) throws {
        let slot = sink.slot
        let elements = try map { try CodableJSONEncoder().encode($0) }
        sink.open(object: false, in: slot)
        for element in elements.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try sink.announce(in: slot)
            sink.token { $0.append(contentsOf: element) }
        }
    }
}
