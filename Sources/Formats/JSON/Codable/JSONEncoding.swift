/// An `Encoder` for one value: a place in the sink.
package struct JSONEncoding: Encoder {
    let sink: JSONSink
    let slot: JSONSink.Slot

    package var codingPath: [any CodingKey] { [] }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        sink.open(object: true, in: slot)
        return KeyedEncodingContainer(JSONKeyedEncoding<Key>(sink: sink, slot: slot))
    }

    package func unkeyedContainer() -> any UnkeyedEncodingContainer {
        sink.open(object: false, in: slot)
        return JSONUnkeyedEncoding(sink: sink, slot: slot)
    }

    package func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleEncoding(sink: sink, slot: slot)
    }

    /// Writes the value as it was spelt before.
    package func splice(_ spelt: [UInt8]) throws {
        try sink.token(in: slot) { $0.append(contentsOf: spelt) }
    }

    /// Runs `body`, which writes the value, and answers how it was spelt.
    package func record(_ body: (any Encoder) throws -> Void) throws -> [UInt8] {
        try sink.record(in: slot) { try body(self) }
    }
}

extension JSONSink {
    /// For the protocol's methods that cannot throw: if nothing can be announced, the first write fails instead.
    func encoding(_ key: String? = nil, in slot: Slot) -> JSONEncoding {
        do {
            try announce(key, in: slot)
            return JSONEncoding(sink: self, slot: self.slot)
        } catch {
            return JSONEncoding(sink: self, slot: .none)
        }
    }
}

extension Double {
    func checkFinite() throws {
        guard !isFinite else { return }
        throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "JSON has no \(self)."))
    }
}
