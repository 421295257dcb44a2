import Foundation

@testable import Adapters

/// What is no document that we read: declared types, entities, tags that do not match, and what is no XML at all.
extension HostileCase {
    private static let add = CorpusMessage.whole(.addFaultReport)
    private static let query = CorpusMessage.whole(.queryAppointmentAvailability)

    private static func typed(_ name: String, _ declaration: String, _ value: String = "x") -> [HostileCase] {
        [
            HostileCase(
                "addFaultReport with \(name)",
                to: .addFaultReport,
                declaration + add.filling("faultLocation", with: value),
                500,
                says: "document type declaration"
            ),
            HostileCase(
                "queryAppointmentAvailability with \(name)",
                to: .queryAppointmentAvailability,
                declaration + query.filling("addressKey", with: value),
                500,
                says: "document type declaration"
            ),
        ]
    }

    static let entities =
        typed("a document type", "<!DOCTYPE addFaultReport>")
        + typed("an internal subset", "<!DOCTYPE a [<!ELEMENT a ANY>]>")
        + typed("a system document type", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'>")
        + typed("a public document type", "<!DOCTYPE a PUBLIC '-//A//B' 'http://127.0.0.1:1/a.dtd'>")
        + typed("an internal entity", "<!DOCTYPE a [<!ENTITY e 'x'>]>", "&e;")
        + typed("a file's entity", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "&e;")
        + typed("an entity of the network", "<!DOCTYPE a [<!ENTITY e SYSTEM 'http://127.0.0.1:1/'>]>", "&e;")
        + typed("an entity of a device", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///dev/zero'>]>", "&e;")
        + typed("a parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>%p;]>")
        + typed("an entity bomb", "<!DOCTYPE a [\(bomb)]>", "&e9;")
        + typed("a quadratic bomb", "<!DOCTYPE a [<!ENTITY e '\(long)'>]>", String(repeating: "&e;", count: 500))
        + typed("an entity of itself", "<!DOCTYPE a [<!ENTITY e '&e;'>]>", "&e;")
        + typed("an attribute by default", "<!DOCTYPE a [<!ATTLIST addFaultReport b CDATA 'c'>]>")
        + typed("an unfinished document type", "<!DOCTYPE a [<!ENTITY e 'x'>")
        + typed("a document type after a comment", "<!-- --><!DOCTYPE a><!-- -->")
        + ["&e;", "&#0;", "&#x1F;", "&#xD800;", "&#xFFFE;", "&#x110000;", "&#;", "&amp", "& ", "&nbsp;"].map {
            HostileCase(
                "addFaultReport with the reference \($0)",
                to: .addFaultReport,
                add.filling("faultLocation", with: $0),
                500,
                says: "broken XML"
            )
        }

    private static let long = String(repeating: "x", count: 50_000)
    private static let bomb = (1...9).reduce("<!ENTITY e0 'x'>") { text, level in
        text + "<!ENTITY e\(level) '\(String(repeating: "&e\(level - 1);", count: 10))'>"
    }

    static let broken =
        nonsense.flatMap { name, text in
            ([.addFaultReport, .resolveResponse, .reserveAppointment] as [TicketingOperation]).map { operation in
                HostileCase("\(operation): \(name)", to: operation, text, 500, says: "broken XML")
            }
        }
        + [("at the one address", ""), ("JSON at the one address", "{}")].map { name, text in
            HostileCase(name, to: nil, text, 500, says: "broken XML")
        }

    private static let nonsense = [
        ("nothing", ""), ("blanks", " \r\n\t "), ("a declaration only", "<?xml version='1.0'?>"), ("words", "hello"),
        ("JSON", #"{"addFaultReport":{"apiVersion":"1.0"}}"#), ("a form", "a=1&b=2"),
        ("HTML", "<html><body><p>hello<br></body></html>"), ("a start tag", "<addFaultReport>"),
        ("an end tag", "</addFaultReport>"), ("tags that cross", "<a><b></a></b>"), ("two roots", "<a/><b/>"),
        ("text after the root", "<a/>and so on"), ("an unquoted attribute", "<a b=1/>"),
        ("an attribute twice", "<a b='1' b='2'/>"), ("a < in a value", "<a b='<'/>"),
        ("an undeclared prefix", "<x:a/>"),
        ("a declaration too late", " <?xml version='1.0'?><a/>"), ("XML 1.0 in capitals", "<?XML version='1.0'?><a/>"),
        ("two declarations", "<?xml version='1.0'?><?xml version='1.0'?><a/>"), ("the end of CDATA", "<a>]]></a>"),
        ("open CDATA", "<a><![CDATA[</a>"), ("CDATA in CDATA", "<a><![CDATA[<![CDATA[]]>]]></a>"),
        ("CDATA as the root", "<![CDATA[<a/>]]>"), ("an open comment", "<a><!-- </a>"),
        ("a comment with --", "<a><!-- -- --></a>"), ("an open instruction", "<a><?pi </a>"),
        ("an instruction without a name", "<a><? ?></a>"), ("a reserved instruction", "<a><?xml a?></a>"),
        ("a name that begins with a digit", "<1a/>"), ("a name with a colon too many", "<a:b:c/>"),
        ("a prefix of xml's", "<a xmlns:xml='urn:x'/>"), ("an undeclared prefix of an attribute", "<a b:c='1'/>"),
        ("a NUL", "<a>\u{0}</a>"), ("a control character", "<a>\u{1}</a>"), ("an escape", "<a>\u{1B}[2J</a>"),
        ("a noncharacter", "<a>\u{FFFE}</a>"), ("a UTF-7 bracket", "+ADw-addFaultReport/+AD4-"),
    ]

    /// Each of the six messages, in an envelope, cut off at seven places.
    static let cutOff = TicketingOperation.allCases.flatMap { operation in
        let whole = Array(Samples.enveloped(CorpusMessage.whole(operation)).utf8)
        return (1...7).map { eighth in
            HostileCase(
                "\(operation) after \(eighth) eighths",
                to: operation,
                Array(whole.prefix(whole.count * eighth / 8)),
                500,
                says: "broken XML"
            )
        } + [
            HostileCase(
                "\(operation) without its last byte",
                to: operation,
                Array(whole.dropLast()),
                500,
                says: "broken XML"
            )
        ]
    }
}
