/// An `Encoder` for one value: a place in the sink.
struct JSONEncoding: Encoder {
    let sink: JSONSink
    let slot: JSONSink.Slot

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        sink.open(object: true, in: slot)
        return KeyedEncodingContainer(JSONKeyedEncoding<Key>(sink: sink, slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        sink.open(object: false, in: slot)
        return JSONUnkeyedEncoding(sink: sink, slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleEncoding(sink: sink, slot: slot)
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
