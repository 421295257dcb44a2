import FoundationEssentials

/// The buffer that all containers of one encoding write to, and the stack of containers that are open in it.
///
/// A value is *announced* when its comma and key are written; the next thing written is that value. Whoever writes
/// shows the slot it was given, so a write to a container that was closed, or a second value, is noticed.
final class JSONSink {
    private struct Frame {
        let slot: Int
        let isObject: Bool
        var isEmpty = true
    }

    /// A place for one value: the how-manieth announced, and under how many open containers.
    struct Slot {
        let id: Int
        let depth: Int

        /// What is given out when nothing could be announced; writing to it is an error.
        static let none = Slot(id: -1, depth: Int.max)
    }

    private(set) var bytes: [UInt8] = []
    private var frames: [Frame] = []
    private var announced = 0
    private var isPending = true

    init() {
        bytes.reserveCapacity(1024)
    }

    /// The place of the value that was announced last.
    var slot: Slot { Slot(id: announced, depth: frames.count) }

    /// Makes the value in `slot` an object or an array. If it cannot be one, writing into it will fail.
    func open(object isObject: Bool, in slot: Slot) {
        guard isPending, slot.id == announced, slot.depth == frames.count else { return }
        isPending = false
        bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        frames.append(Frame(slot: slot.id, isObject: isObject))
    }

    /// Announces the next member (with a key) or element (without) of the container in `slot`.
    func announce(_ key: String? = nil, in slot: Slot) throws {
        guard
            slot.depth < frames.count, frames[slot.depth].slot == slot.id, frames[slot.depth].isObject == (key != nil)
        else { throw Self.outOfTurn }
        close(to: slot.depth + 1)
        if !frames[slot.depth].isEmpty { bytes.append(UInt8(ascii: ",")) }
        frames[slot.depth].isEmpty = false
        if let key {
            bytes.appendString(key)
            bytes.append(UInt8(ascii: ":"))
        }
        announced += 1
        isPending = true
    }

    /// Writes a value into the place announced last, and closes all that it leaves open.
    func write<T: Encodable>(_ value: T) throws {
        if writeScalar(value) { return }
        let depth = frames.count
        if let unordered = value as? any UnorderedCollection {
            try unordered.encodeSorted(to: self)
        } else {
            try value.encode(to: JSONEncoding(sink: self, slot: slot))
        }
        close(to: depth)
    }

    /// Writes one token into `slot`.
    func token(in slot: Slot, _ append: (inout [UInt8]) -> Void) throws {
        guard isPending, slot.id == announced, slot.depth == frames.count else { throw Self.outOfTurn }
        token(append)
    }

    /// Writes one token into the place announced last.
    func token(_ append: (inout [UInt8]) -> Void) {
        isPending = false
        append(&bytes)
    }

    func check(_ slot: Slot) throws {
        guard isPending, slot.id == announced, slot.depth == frames.count else { throw Self.outOfTurn }
    }

    /// A value that wrote nothing of itself is an empty object.
    private func close(to depth: Int) {
        if isPending { token { $0.append("{}") } }
        while frames.count > depth {
            bytes.append(frames.removeLast().isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        }
    }

    /// The types that are one token, found by comparing types: cheaper than asking them for a container.
    private func writeScalar<T: Encodable>(_ value: T) -> Bool {
        if T.self == String.self, let value = value as? String {
            token { $0.appendString(value) }
        } else if T.self == Date.self, let value = value as? Date {
            token { $0.appendInteger(Timestamp.milliseconds(of: value)) }
        } else if T.self == Int.self, let value = value as? Int {
            token { $0.appendInteger(Int64(value)) }
        } else if T.self == Data.self, let value = value as? Data {
            token { $0.appendString(value.base64EncodedString()) }
        } else {
            return false
        }
        return true
    }

    private static let outOfTurn = EncodingError.invalidValue(
        (),
        .init(codingPath: [], debugDescription: "A container was written to after its parent, or a value twice.")
    )
}
