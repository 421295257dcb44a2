/// Chance that depends on what it is about and not on when it is asked: a seed plays the same day however its messages
/// interleave.
struct Chance {
    let seed: UInt64

    /// 0 ..< `count`, always the same for the same thing.
    func draw(_ count: Int, _ thing: String) -> Int { Int(bits(of: thing) % UInt64(count)) }

    /// One of `all`, always the same for the same thing.
    func pick<Element>(_ all: [Element], _ thing: String) -> Element { all[draw(all.count, thing)] }

    /// FNV-1a over the seed and the thing, mixed as SplitMix64 does.
    private func bits(of thing: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        for byte in thing.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
