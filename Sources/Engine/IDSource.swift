import Domain
import FoundationEssentials
import Synchronization

/// Where identities and chance come from: the system's generator, or in a simulation a seeded one.
package struct IDSource: Sendable {
    /// 64 random bits.
    package let bits: @Sendable () -> UInt64

    package init(bits: @escaping @Sendable () -> UInt64) { self.bits = bits }

    package static let system = IDSource { UInt64.random(in: .min ... .max) }

    /// The same numbers for the same seed (SplitMix64): for a run that must be repeated.
    package static func seeded(_ seed: UInt64) -> IDSource {
        let state = Mutex(seed)
        return IDSource {
            let step = state.withLock { state -> UInt64 in
                state &+= 0x9E37_79B9_7F4A_7C15
                return state
            }
            var bits = step
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }

    /// Identities for all messages of one change, drawn before it: a body that runs twice names them alike.
    package func messageIDs(at now: Date) -> MessageIDs {
        MessageIDs(milliseconds: UInt64(max(0, now.timeIntervalSince1970 * 1_000)), high: bits(), low: bits())
    }

    /// A new UUIDv7 by itself.
    package func messageID(at now: Date) -> MessageID {
        var ids = messageIDs(at: now)
        return ids.next()
    }

    /// A number in 0 ..< 1, for jitter.
    package func fraction() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }

    /// As many upper-case letters and digits, without the ones that are easily confused; for reservation keys (T-045).
    package func key(length: Int) -> String {
        let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        return String(decoding: (0..<length).map { _ in alphabet[Int(bits() & 31)] }, as: UTF8.self)
    }
}

/// UUIDv7s of one moment, one after another.
package struct MessageIDs: Sendable {
    private let milliseconds: UInt64
    private let high: UInt64
    private var low: UInt64

    init(milliseconds: UInt64, high: UInt64, low: UInt64) {
        self.milliseconds = milliseconds
        self.high = high
        self.low = low
    }

    package mutating func next() -> MessageID {
        low &+= 1
        let first = milliseconds << 16 | 0x7000 | high & 0x0FFF
        let second = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, word) in [first, second].enumerated() {
            for nibble in 0..<16 {
                if (index == 0 && (nibble == 8 || nibble == 12)) || (index == 1 && (nibble == 0 || nibble == 4)) {
                    text.append(0x2D)
                }
                text.append(digits[Int(word >> UInt64(60 - nibble * 4) & 0xF)])
            }
        }
        return MessageID(String(decoding: text, as: UTF8.self))
    }
}
