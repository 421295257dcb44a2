import FoundationEssentials

/// `xs:dateTime` (XML Schema 1.0, part 2, 3.2.7): as RFC 3339, but space around it says nothing, 24:00:00 is the end of a
/// day, and the zone may be absent, which is then UTC. Years that our calendar does not reach are not read.
package enum XMLDateTime {
    package static func parse(_ text: String) -> Date? {
        var bytes = Array(text.trimmedXMLSpace.utf8)
        if let date = parse(bytes) { return date }
        bytes.append(UInt8(ascii: "Z"))
        return parse(bytes)
    }

    private static func parse(_ bytes: [UInt8]) -> Date? {
        bytes.withUnsafeBufferPointer { Timestamp.parse($0, hasEndOfDay: true) }
    }
}
