import Engine
import Formats
import FoundationEssentials

/// The real time as a `Date` header has it, as it was written last: once a second is enough.
struct WrittenHTTPDate {
    private let time: TimeSource = .real
    private var second: Int64 = -1
    private var text = ""

    mutating func now() -> String {
        let second = Timestamp.milliseconds(of: time.now()) / 1_000
        if second != self.second { (self.second, text) = (second, HTTPDate.text(second)) }
        return text
    }
}
