import Foundation
import Formats
import Testing

@testable import Adapters

/// More than 300 documents that nobody should send (X-26, decision 33, N-11).
@Suite(.timeLimit(.minutes(5))) struct HostileCorpusTests {
    @Test(arguments: HostileFamily.all)
    func `each is refused in the contract's form, logged, and changes nothing`(family: HostileFamily) async throws {
        try await HostileBench.run { bench in
            for hostile in family.cases {
                let complaints = try await bench.complaints(about: hostile)
                #expect(complaints == [])
            }
        }
    }

    @Test(arguments: TicketingOperation.allCases)
    func `what the corpus is made of is taken`(operation: TicketingOperation) async throws {
        try await HostileBench.run { bench in
            for text in [CorpusMessage.whole(operation), Samples.enveloped(CorpusMessage.whole(operation))] {
                let reply = try await bench.send(HostileCase("whole", to: operation, text, 200, says: ""))
                #expect((200...201).contains(reply.status), "\(reply.text)")
            }
        }
    }

    @Test(arguments: Harmless.all)
    func `what only looks hostile is taken`(harmless: HostileCase) async throws {
        try await HostileBench.run { bench in
            let reply = try await bench.send(harmless)
            let element = try reply.element
            #expect(reply.status == harmless.status, "\(harmless.name): \(reply.text.prefix(600))")
            #expect(element.text(of: "responseCode") == String(harmless.status))
            #expect(reply.text.utf8.count < HostileBench.answerBytesMax)
        }
    }

    @Test func `there are at least 300, and each has a name of its own`() {
        let names = HostileFamily.all.flatMap(\.cases).map(\.name)
        #expect(names.count >= 300)
        #expect(Set(names).count == names.count)
    }

    @Test func `every file has a case`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: HostileCase.directory)
        #expect(files.sorted() == HostileCase.fileNames.sorted())
    }

    @Test func `spoiling a message changes it`() {
        let wholes = Set(TicketingOperation.allCases.map { Array(CorpusMessage.whole($0).utf8) })
        let unspoilt = HostileFamily.all.filter { $0.name != "roots and namespaces" }.flatMap(\.cases)
            .filter { $0.contentEncoding == nil && wholes.contains($0.bytes) }
        #expect(unspoilt.map(\.name) == [])
    }
}

/// Reports that are unusual, and as they should be.
enum Harmless {
    static let all: [HostileCase] = [
        taken("a mebibyte to the byte", Array(HostileCase.sized(HostileCase.bodyBytesMax).utf8)),
        taken("a byte under a mebibyte", Array(HostileCase.sized(HostileCase.bodyBytesMax - 1).utf8)),
        taken("UTF-16 with a mark, said to be UTF-8", HostileCase.utf16(add, mark: true)),
        taken("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array(add.utf8)),
        taken(
            "Latin 1 that says so",
            Array("<?xml version='1.0' encoding='ISO-8859-1'?>".utf8) + HostileCase.placing([0xE9])
        ),
        taken("a comment before and after", Array("<!-- a --><?p b?>\(add)<!-- c -->".utf8)),
        taken("a value in CDATA", Array(add.filling("faultLocation", with: "<![CDATA[<Quay> & Walk]]>").utf8)),
        taken("a value in pieces", Array(add.filling("messageId", with: "x<!-- a -->-<?p?><![CDATA[1]]>").utf8)),
        taken("character references", Array(add.filling("faultLocation", with: "&#x1F600;&#233;&lt;").utf8)),
        taken("astral characters", Array(add.filling("faultLocation", with: "\u{1F600}").utf8)),
        taken("right-to-left marks", Array(add.filling("faultLocation", with: "\u{202E}yauQ").utf8)),
        taken(
            "36 characters, of two bytes each",
            Array(add.filling("buyerFaultReference", with: String(repeating: "é", count: 36)).utf8)
        ),
        taken("blanks around values", Array(add.filling("messageId", with: "\n  x-1\t").utf8)),
        taken(
            "a description of 900,000 letters",
            Array(add.filling("description", with: String(repeating: "a", count: 900_000)).utf8)
        ),
        taken("words of SQL", Array(add.filling("faultLocation", with: "'; DROP TABLE aggregate; --").utf8)),
        taken("the identity as coding", Array(add.utf8)).sent(as: "text/xml", coding: "identity"),
        taken("no type", Array(add.utf8)).sent(as: ""),
        taken(
            "a header for another actor",
            Array(
                Samples.enveloped(add).replacing(
                    "<soap:Header/>",
                    with: "<soap:Header><a soap:mustUnderstand='1' soap:actor='urn:audit'/></soap:Header>"
                ).utf8
            )
        ),
        taken("the type of SOAP 1.2", Array(add.utf8)).sent(as: "application/soap+xml"),
        taken(
            "a location of schemas that nobody loads",
            Array(
                add.replacing(
                    "<addFaultReport>",
                    with:
                        "<addFaultReport xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='http://127.0.0.1:1/a.xsd'>"
                ).utf8
            )
        ),
    ]

    private static let add = CorpusMessage.whole(.addFaultReport)

    private static func taken(_ name: String, _ bytes: [UInt8]) -> HostileCase {
        HostileCase(name, to: .addFaultReport, bytes, 201, says: "")
    }
}

extension HostileCase: CustomTestStringConvertible {
    var testDescription: String { name }
}
