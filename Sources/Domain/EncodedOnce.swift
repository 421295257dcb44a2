import Synchronization

/// A part of an aggregate that every save writes and hardly any changes: an order's request, a job's pack, an update that
/// was sent. It is spelt once and then spliced in as it is (ADR 11).
///
/// For values that are JSON objects of their own: a struct, or an enum with payloads.
@propertyWrapper
package struct EncodedOnce<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    private final class Kept: Sendable {
        let value: Value
        let json = Mutex<[UInt8]?>(nil)

        init(_ value: Value) { self.value = value }
    }

    private var kept: Kept

    package init(wrappedValue: Value) { kept = Kept(wrappedValue) }

    package var wrappedValue: Value {
        get { kept.value }
        set { kept = Kept(newValue) }
    }

    package init(from decoder: any Decoder) throws { self.init(wrappedValue: try Value(from: decoder)) }

    package func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? any SplicingEncoder else { return try kept.value.encode(to: encoder) }
        if let json = kept.json.withLock({ $0 }) { return try encoder.splice(json) }
        let json = try encoder.record { try kept.value.encode(to: $0) }
        kept.json.withLock { $0 = json }
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.kept === right.kept || left.kept.value == right.kept.value
    }
}

/// An encoder to which a value can be given as it was spelt before.
package protocol SplicingEncoder: Encoder {
    func splice(_ spelt: [UInt8]) throws
    /// Runs `body`, which writes the value, and answers how it was spelt.
    func record(_ body: (any Encoder) throws -> Void) throws -> [UInt8]
}
