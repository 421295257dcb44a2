/// `PnDTnHnMnS`, whole numbers; a day is 24 hours (decision 21).
package enum ISODuration {
    package static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        guard rest.first == "P" else { return nil }
        rest.removeFirst()
        var seconds: Int64 = 0
        var isTime = false
        var units: [Character: Int64] = ["D": 86_400]
        var isEmpty = true
        while let first = rest.first {
            if first == "T" {
                guard !isTime, rest.count > 1 else { return nil }
                isTime = true
                units = ["H": 3_600, "M": 60, "S": 1]
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard (1...10).contains(digits.count), let number = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            // Each unit once, in order: what was used goes, with all that stands before it.
            guard let unit = rest.popFirst(), let length = units[unit] else { return nil }
            units = units.filter { $0.value < length }
            seconds += number * length
            isEmpty = false
        }
        return isEmpty ? nil : .seconds(seconds)
    }
}
