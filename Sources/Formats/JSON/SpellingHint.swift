/// Says which spelling would do where a name or a word differs from a right one by case or punctuation alone.
package enum SpellingHint {
    /// `"; NEW would do"` for `new`, `New` and `n_e_w` among the words of a list; empty where none is meant.
    package static func text(for word: String, among allowed: some Sequence<String>) -> String {
        let folded = fold(word)
        guard !folded.isEmpty, let meant = allowed.first(where: { fold($0) == folded }) else { return "" }
        return "; \(meant) would do"
    }

    /// What a reader says of a word that is not on a closed list.
    package static func refusal(of word: String, among allowed: [String]) -> String {
        "must be one of: \(allowed.joined(separator: ", "))\(text(for: word, among: allowed))"
    }

    /// The letters and digits of a word, in lower case: what people keep when they get a spelling wrong.
    static func fold(_ word: String) -> [UInt8] {
        word.utf8.compactMap { byte in
            switch byte {
            case 0x41...0x5A: byte | 0x20
            case 0x61...0x7A, 0x30...0x39: byte
            case 0x80...: byte
            case _: nil
            }
        }
    }
}
