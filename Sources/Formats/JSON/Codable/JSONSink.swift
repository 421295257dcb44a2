import FoundationEssentials

/// The buffer that all containers of one encoding write to, and the stack of containers that are open in it.
///
/// A value is *announced* when its comma and key are written; the next thing written is that value. Whoever writes
/// shows the slot it was given, so a write to a container that was closed, or a second value, is noticed.
///
/// The state is behind a pointer of its own, not in properties: checking each access to a class's properties for
/// exclusivity was a fifth of the cost of encoding.
final class JSONSink {
    /// A place for one value: the how-manieth announced, and under how many open containers.
    struct Slot {
        let id: Int
        let depth: Int

        /// What is given out when nothing could be announced; writing to it is an error.
        static let none = Slot(id: -1, depth: Int.max)
    }

    private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

    init() {
        state.initialize(to: State())
        state.pointee.bytes.reserveCapacity(1024)
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    var bytes: [UInt8] { state.pointee.bytes }

    /// The place of the value that was announced last.
    var slot: Slot { state.pointee.slot }

    /// Makes the value in `slot` an object or an array. If it cannot be one, writing into it will fail.
    func open(object isObject: Bool, in slot: Slot) {
        state.pointee.open(object: isObject, in: slot)
    }

    /// Announces the next member (with a key) or element (without) of the container in `slot`.
    func announce(_ key: String? = nil, in slot: Slot) throws {
        guard state.pointee.announce(key, in: slot) else { throw Self.outOfTurn }
    }

    /// Writes a value into the place announced last, and closes all that it leaves open.
    func write<T: Encodable>(_ value: T) throws {
        if writeScalar(value) { return }
        let slot = slot
        if let unordered = value as? any UnorderedCollection {
            try unordered.encodeSorted(to: self)
        } else {
            try value.encode(to: JSONEncoding(sink: self, slot: slot))
        }
        state.pointee.close(to: slot.depth)
    }

    /// Writes one token into `slot`.
    func token(in slot: Slot, _ append: (inout [UInt8]) -> Void) throws {
        try check(slot)
        token(append)
    }

    /// Writes one token into the place announced last.
    func token(_ append: (inout [UInt8]) -> Void) {
        state.pointee.isPending = false
        append(&state.pointee.bytes)
    }

    /// What `body` writes into `slot`, closed.
    func record(in slot: Slot, _ body: () throws -> Void) throws -> [UInt8] {
        try check(slot)
        let start = state.pointee.bytes.count
        try body()
        state.pointee.close(to: slot.depth)
        return Array(state.pointee.bytes[start...])
    }

    func check(_ slot: Slot) throws {
        guard state.pointee.isAnnounced(slot) else { throw Self.outOfTurn }
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

extension JSONSink {
    private struct Frame {
        let slot: Int
        let isObject: Bool
        var isEmpty = true
    }

    private struct State {
        var bytes: [UInt8] = []
        var isPending = true
        private var frames: [Frame] = []
        private var announced = 0

        var slot: Slot { Slot(id: announced, depth: frames.count) }

        func isAnnounced(_ slot: Slot) -> Bool {
            isPending && slot.id == announced && slot.depth == frames.count
        }

        mutating func open(object isObject: Bool, in slot: Slot) {
            guard isAnnounced(slot) else { return }
            isPending = false
            bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
            frames.append(Frame(slot: slot.id, isObject: isObject))
        }

        /// False if there is no such container open in `slot`.
        mutating func announce(_ key: String?, in slot: Slot) -> Bool {
            guard slot.depth < frames.count else { return false }
            let frame = frames[slot.depth]
            guard frame.slot == slot.id, frame.isObject == (key != nil) else { return false }
            close(to: slot.depth + 1)
            if !frame.isEmpty { bytes.append(UInt8(ascii: ",")) }
            frames[slot.depth].isEmpty = false
            if let key {
                bytes.appendString(key)
                bytes.append(UInt8(ascii: ":"))
            }
            announced += 1
            isPending = true
            return true
        }

        /// A value that wrote nothing of itself is an empty object.
        mutating func close(to depth: Int) {
            if isPending {
                isPending = false
                bytes.append("{}")
            }
            while frames.count > depth {
                bytes.append(frames.removeLast().isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            }
        }
    }
}
