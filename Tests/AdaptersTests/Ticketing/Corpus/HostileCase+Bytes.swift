import Foundation

@testable import Adapters

/// Encodings that lie, and floods of bytes, names and attributes.
extension HostileCase {
    private static let add = CorpusMessage.whole(.addFaultReport)

    private static func declared(_ encoding: String, _ location: String = "Quay") -> String {
        "<?xml version='1.0' encoding='\(encoding)'?>" + add.filling("faultLocation", with: location)
    }

    static let encodings = unread + lies + codings

    private static let unread = ["UTF-7", "windows-1252", "UTF-32", "EBCDIC-CP-US", "Shift_JIS", "x-made-up", ""].map {
        HostileCase("declares '\($0)'", to: .addFaultReport, declared($0), 500, says: "broken XML")
    }

    private static let lies: [HostileCase] = [
        ("UTF-16 declared in bytes of UTF-8", Array(declared("UTF-16").utf8)),
        ("UTF-16 that declares UTF-8", utf16(declared("UTF-8"), mark: true)),
        ("UTF-16 that declares Latin 1", utf16(declared("ISO-8859-1"), mark: true)),
        ("UTF-16 without a mark", utf16(declared("UTF-16"), mark: false)),
        ("UTF-16 with half a character", utf16(add, mark: true) + [0x3C]),
        ("UTF-16 with half a pair", utf16(add, mark: true) + [0x00, 0xD8]),
        ("UTF-16 the other way round than its mark", [0xFE, 0xFF] + utf16(add, mark: false)),
        ("a mark of UTF-8 that declares Latin 1", [0xEF, 0xBB, 0xBF] + Array(declared("ISO-8859-1").utf8)),
        ("two marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array(add.utf8)),
        ("half a mark", [0xEF, 0xBB] + Array(add.utf8)),
        ("a mark of UTF-32", [0xFF, 0xFE, 0, 0] + Array(add.utf8)),
        ("ASCII with an é", Array(declared("US-ASCII", "Caf\u{E9}").utf8)),
        ("Latin 1 that declares nothing", placing([0xE9])),
        ("Latin 1 that declares UTF-8", Array("<?xml version='1.0' encoding='UTF-8'?>".utf8) + placing([0xE9])),
        ("an overlong slash", placing([0xC0, 0xAF])), ("an overlong <", placing([0xC0, 0xBC])),
        ("an overlong NUL", placing([0xC0, 0x80])), ("an overlong of three bytes", placing([0xE0, 0x80, 0xBC])),
        ("half a surrogate pair in UTF-8", placing([0xED, 0xA0, 0x80])),
        ("a pair of surrogates in UTF-8", placing([0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80])),
        ("beyond Unicode", placing([0xF4, 0x90, 0x80, 0x80])),
        ("five bytes for one", placing([0xF8, 0x88, 0x80, 0x80, 0x80])),
        ("a continuation alone", placing([0x80])), ("a sequence cut short", placing([0xE2, 0x82])),
        ("a byte that never occurs", placing([0xFF])), ("a NUL in a value", placing([0])),
        ("a noncharacter in a value", placing([0xEF, 0xBF, 0xBF])), ("a form feed in a value", placing([0x0C])),
        ("a delete and a NUL", placing([0x7F, 0])),
    ].map { HostileCase($0, to: .addFaultReport, $1, 500, says: "broken XML") }

    private static let codings: [HostileCase] = [
        HostileCase("gzip, said so", to: .addFaultReport, gzipped, 415, says: "content coding").sent(
            as: "text/xml",
            coding: "gzip"
        ),
        HostileCase("gzip, said so in capitals", to: .addFaultReport, gzipped, 415, says: "content coding")
            .sent(as: "text/xml", coding: "GZIP"),
        HostileCase("deflate for an appointment", to: .reserveAppointment, "x", 415, says: "content coding")
            .sent(as: "text/xml", coding: "deflate"),
        HostileCase("plain, said to be br", to: .addFaultReport, add, 415, says: "content coding").sent(
            as: "text/xml",
            coding: "br"
        ),
        HostileCase("two codings", to: .addFaultReport, add, 415, says: "content coding")
            .sent(as: "text/xml", coding: "identity, gzip"),
        HostileCase("gzip, not said", to: .addFaultReport, gzipped, 500, says: "broken XML"),
        HostileCase("JSON, said so", to: .amendFaultReport, "{}", 500, says: "broken XML").sent(as: "application/json"),
        HostileCase(
            "UTF-16 said to be UTF-8, and not marked",
            to: .addFaultReport,
            utf16(add, mark: false),
            500,
            says: "broken XML"
        ),
    ]

    static func utf16(_ text: String, mark: Bool) -> [UInt8] {
        (mark ? [0xFF, 0xFE] : []) + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    /// The report with these bytes as its place.
    static func placing(_ bytes: [UInt8]) -> [UInt8] {
        let parts = add.filling("faultLocation", with: "\u{2603}").components(separatedBy: "\u{2603}")
        return Array(parts[0].utf8) + bytes + Array(parts[1].utf8)
    }

    /// The beginning of a gzip stream.
    private static let gzipped: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xB3, 0x49, 0x4C, 0x49, 0x71, 0x4B]
}

extension HostileCase {
    static let bodyBytesMax = 1 << 20

    /// A report of exactly so many bytes.
    static func sized(_ count: Int, reference: String = "HT-9", messageID: String = "x-1") -> String {
        let whole = Samples.add(reference: reference, messageID: messageID)
        return whole + String(repeating: " ", count: count - whole.utf8.count)
    }

    static let floods: [HostileCase] = [
        HostileCase("a byte over a mebibyte", to: .addFaultReport, sized(bodyBytesMax + 1), 413, says: "larger than"),
        HostileCase("four mebibytes", to: .addFaultReport, sized(4 * bodyBytesMax), 413, says: "larger than"),
        HostileCase(
            "a mebibyte and a byte of an appointment",
            to: .reserveAppointment,
            sized(bodyBytesMax + 1),
            413,
            says: "larger than"
        ),
        HostileCase(
            "a mebibyte of start tags",
            to: .addFaultReport,
            String(repeating: "<a>", count: 349_525),
            500,
            says: "deeper"
        ),
        HostileCase(
            "a mebibyte of <",
            to: .addFaultReport,
            String(repeating: "<", count: bodyBytesMax),
            500,
            says: "broken XML"
        ),
        HostileCase(
            "a mebibyte of &",
            to: .addFaultReport,
            "<a>" + String(repeating: "&", count: bodyBytesMax - 3),
            500,
            says: "broken XML"
        ),
        HostileCase(
            "a mebibyte of comment",
            to: .addFaultReport,
            "<!--" + String(repeating: "-", count: bodyBytesMax - 4),
            500,
            says: "broken XML"
        ),
        HostileCase("65 levels", to: .addFaultReport, nested(65), 500, says: "deeper"),
        HostileCase(
            "64 levels of something else",
            to: .addFaultReport,
            nested(64),
            400,
            says: "expected addFaultReport"
        ),
        HostileCase(
            "65 levels in an envelope",
            to: .reserveAppointment,
            Samples.enveloped(nested(63)),
            500,
            says: "deeper"
        ),
        HostileCase("65 attributes", to: .addFaultReport, attributes(65), 500, says: "attributes"),
        HostileCase("80,000 attributes", to: .addFaultReport, attributes(80_000), 500, says: "attributes"),
        HostileCase("65 namespaces", to: .addFaultReport, attributes(65, prefix: "xmlns:"), 500, says: "attributes"),
        HostileCase(
            "50,000 namespaces",
            to: .addFaultReport,
            attributes(50_000, prefix: "xmlns:"),
            500,
            says: "attributes"
        ),
        HostileCase(
            "attributes in an end tag",
            to: .addFaultReport,
            "<a></a" + attributeList(80_000) + ">",
            500,
            says: "attributes"
        ),
        HostileCase("60,000 children", to: .addFaultReport, siblings(60_000), 500, says: "more elements"),
        HostileCase(
            "40,000 unknown children",
            to: .addFaultReport,
            siblings(40_000),
            400,
            says: "expected addFaultReport"
        ),
        HostileCase(
            "60,000 namespaces on as many children",
            to: .addFaultReport,
            "<a>" + String(repeating: "<b xmlns='u'/>", count: 60_000) + "</a>",
            500,
            says: "more elements"
        ),
        HostileCase("a name of 900,000 letters", to: .addFaultReport, "<\(long)/>", 500, says: "broken XML"),
        HostileCase(
            "a name of 40,000 letters",
            to: .addFaultReport,
            "<\(long.prefix(40_000))/>",
            400,
            says: "expected addFaultReport"
        ),
        HostileCase(
            "a field's name of 40,000 letters",
            to: .addFaultReport,
            CorpusMessage.whole(.addFaultReport).adding("<\(long.prefix(40_000))/>"),
            400,
            says: "aaaa"
        ),
        HostileCase(
            "a prefix of 40,000 letters",
            to: .addFaultReport,
            "<\(long.prefix(40_000)):a/>",
            500,
            says: "broken XML"
        ),
        HostileCase(
            "a namespace of 900,000 letters",
            to: .addFaultReport,
            "<addFaultReport xmlns='\(long)'/>",
            400,
            says: "namespace"
        ),
        HostileCase(
            "an attribute of 900,000 letters",
            to: .addFaultReport,
            "<addFaultReport b='\(long)'/>",
            400,
            says: "addFaultReport"
        ),
        HostileCase(
            "an instruction of 900,000 letters",
            to: .addFaultReport,
            "<?p \(long)?><a/>",
            400,
            says: "expected addFaultReport"
        ),
        HostileCase(
            "a date of 900,000 letters",
            to: .addFaultReport,
            CorpusMessage.whole(.addFaultReport).filling("sentAt", with: long),
            400,
            says: "sentAt"
        ),
        HostileCase(
            "a number of 900,000 digits",
            to: .addFaultReport,
            CorpusMessage.whole(.addFaultReport).adding(
                "<priorityLevel>\(String(repeating: "9", count: 900_000))</priorityLevel>"
            ),
            400,
            says: "priorityLevel"
        ),
        HostileCase(
            "a time of 900,000 letters",
            to: .reserveAppointment,
            CorpusMessage.whole(.reserveAppointment).filling("appointmentStartTime", with: long),
            400,
            says: "appointmentStartTime"
        ),
        HostileCase(
            "30,000 updates that are wrong",
            to: .addFaultReport,
            CorpusMessage.whole(.addFaultReport).adding(
                "<updates>\(String(repeating: "<update/>", count: 30_000))</updates>"
            ),
            400,
            says: "update"
        ),
    ]

    private static let long = String(repeating: "a", count: 900_000)

    private static func nested(_ depth: Int) -> String {
        String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }

    private static func siblings(_ count: Int) -> String { "<a>" + String(repeating: "<b/>", count: count) + "</a>" }

    private static func attributeList(_ count: Int, prefix: String = "") -> String {
        (0..<count).map { " \(prefix)a\($0)='u'" }.joined()
    }

    private static func attributes(_ count: Int, prefix: String = "") -> String {
        "<addFaultReport\(attributeList(count, prefix: prefix))/>"
    }
}
