import Domain
import Foundation
import Formats
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// `patchbay lint` finds an error exactly where the server refuses (issue 15, §3.2), on every document of the corpora.
///
/// Documents go to the one address, where the root decides as it does for lint, and notifications to the gateway's inbox.
/// Left out is what HTTP says around a document, which lint does not see; ``ServerKnowledge`` is what it cannot know.
@Suite(.timeLimit(.minutes(5))) struct LintAgreementTests {
    @Test(arguments: HostileFamily.all)
    func `on what nobody should send`(family: HostileFamily) async throws {
        let documents = family.cases.filter { $0.isJudgedByItsBytes }.map { (name: $0.name, bytes: $0.bytes) }
        #expect(try await LintAgreement.disagreements(on: documents) == [])
    }

    @Test func `on what only looks hostile`() async throws {
        for harmless in Harmless.all.filter(\.isJudgedByItsBytes) {
            #expect(try await LintAgreement.disagreements(on: [(harmless.name, harmless.bytes)]) == [])
        }
    }

    @Test(
        arguments: (GoldenMessage.requests + GoldenMessage.notifications).map(\.name).filter {
            !$0.hasPrefix("received")
        }
    )
    func `on the contract's own messages`(name: String) async throws {
        let golden = GoldenFile(name: name)
        let documents = [golden.text, Samples.enveloped(golden.text.replacing(/^<\?xml[^>]*>\s*/, with: ""))]
        #expect(try await LintAgreement.disagreements(on: documents.map { (name, Array($0.utf8)) }) == [])
    }

    @Test(arguments: SpoiltMessage.sources)
    func `on a message with any one field wrong`(source: SpoiltMessage.Source) async throws {
        let documents = SpoiltMessage.all(of: source).map { (name: $0.name, bytes: Array($0.text.utf8)) }
        #expect(documents.count > 100)
        #expect(try await LintAgreement.disagreements(on: documents) == [])
    }

    @Test(arguments: SpoiltMessage.sources)
    func `on a message before a field of it is wrong`(source: SpoiltMessage.Source) throws {
        let schemas = try TicketingSchemas()
        #expect(!LintAgreement.hasErrors(Array(source.text.utf8), schemas))
    }

    @Test(arguments: GoldenMessage.answers.map(\.name))
    func `on our answers, which the reader of answers reads`(name: String) throws {
        let bytes = GoldenFile(name: name).bytes
        let schemas = try TicketingSchemas()
        #expect(!LintAgreement.hasErrors(bytes, schemas))
        #expect(LintAgreement.isRead(answer: bytes))
    }
}

extension HostileCase {
    /// Whether it is refused, if it is, for what its bytes say, and not for the headers around them.
    fileprivate var isJudgedByItsBytes: Bool { contentEncoding == nil && contentType.hasPrefix("text/xml") }
}

/// What a server refuses a sound document for, because it knows more than the document says. Nothing else may be left out.
enum ServerKnowledge {
    /// The field, and what is said of it, with what may vary left out.
    private static let list: [(field: String, begins: String, ends: String)] = [
        // Whose certificate it is.
        ("buyerIdentifier", "not registered for this certificate", ""),
        // Which services and tickets there are.
        ("serviceAffected", "no such service", ""),
        ("serviceAffected", "a ticket is about one service: ", ""),
        ("buyerFaultReference", "no such fault report", ""),
        ("buyerFaultReference", "already exists", ""),
        ("maintainerFaultReference", "no such fault report", ""),
        ("maintainerFaultReference", "", " is no unclosed ticket on this service"),
        // What the ticket is about, and in which state it is.
        ("type", "cannot become ", ": the appointment rule differs"),
        ("status", "not resolved", ""),
        // Which times were reserved.
        ("appointmentReservationKey", "unknown, used, expired or for another purpose", ""),
        // What came before.
        ("messageId", "already used", ""),
    ]

    static func covers(_ field: String, _ text: String) -> Bool {
        list.contains { $0.field == field && text.hasPrefix($0.begins) && text.hasSuffix($0.ends) }
    }
}

/// Asks lint and the server the same.
enum LintAgreement {
    /// The documents about which they disagree, each with what the server says.
    static func disagreements(on documents: [(name: String, bytes: [UInt8])]) async throws -> [String] {
        let found = Disagreements()
        try await withTicketing { bench in
            let first = try await bench.accepted()
            let second = try await bench.call("addFaultReport", Samples.add(reference: "HT-2", messageID: "m-9"))
            try #require(first.reference == CorpusMessage.maintainerReference && second.status == 201)
            await bench.settle()
            let other = try #require(try await bench.tickets().last)
            for event in ["triage", "start", "resolve"] { _ = try await bench.desk(other, event) }
            for document in documents {
                let errs = hasErrors(document.bytes, bench.schemas)
                let refusal = try await refusal(of: document.bytes, by: bench)
                if errs != (refusal != nil) {
                    await found.add(
                        "\(document.name): lint \(errs ? "errs" : "is silent"), server: \(refusal ?? "takes it")"
                    )
                }
            }
        }
        return await found.all
    }

    private actor Disagreements {
        var all: [String] = []
        func add(_ text: String) { all.append(text) }
    }

    static func hasErrors(_ bytes: [UInt8], _ schemas: TicketingSchemas) -> Bool {
        // As the command does, lint does not look at what is larger.
        bytes.count > TicketingLint.bytesMax || TicketingLint(schemas: schemas).check(bytes).count(.error) > 0
    }

    /// Why the server refuses it; `nil` if it takes it, or refuses it for what only a server knows.
    private static func refusal(of bytes: [UInt8], by bench: TicketingBench) async throws -> String? {
        let isNotification = TicketingLint(schemas: bench.schemas).check(bytes).message == .notifyFaultReportUpdate
        let text = try await bench.client.execute(
            uri: isNotification ? "/buyer/notifications" : "/prod/api2",
            method: .post,
            headers: [.contentType: "text/xml"],
            body: ByteBuffer(bytes: bytes)
        ) { String(buffer: $0.body) }
        let answer = try SOAPEnvelope.open(XMLDocument(parsing: text)).body
        let reasons = try reasons(in: answer).filter { !ServerKnowledge.covers($0.field, $0.text) }
        return reasons.isEmpty ? nil : reasons.map { "\($0.field): \($0.text)" }.joined(separator: ", ")
    }

    private static func reasons(in answer: XMLElement) throws -> [(field: String, text: String)] {
        if let fault = SOAPFault(answer) {
            if let receipt = answer.first("detail")?.children.first(where: { $0.first("responseCode") != nil }) {
                return try reasons(in: receipt)
            }
            guard !fault.validationErrors.isEmpty else { return [("fault", fault.text)] }
            return fault.validationErrors.map { error in
                let parts = error.message.split(separator: ": ", maxSplits: 1).map(String.init)
                return (parts.first ?? "", parts.last ?? "")
            }
        }
        // G-048: an appointment that is understood and not to be had is an answer with a code.
        guard let code = answer.text(of: "responseCode") else { return [] }
        guard !code.hasPrefix("2") else { return [] }
        let said = try JSONDocument(parsing: answer.text(of: "errorMessage") ?? "{}").root
        return said.members.flatMap { member in
            (member.value.string ?? "").split(separator: "; ").map { (member.key, String($0)) }
        }
    }

    /// Whether an answer of ours is one to the reader of answers: taken, or refused in words.
    static func isRead(answer bytes: [UInt8]) -> Bool {
        guard let reply = try? SOAPReply(bytes) else { return false }
        return switch reply.content {
        case .fault: reply.errorMessage?.isEmpty == false
        case .receipt(let name): reply.responseCode != nil || name.hasSuffix("Response") && reply.errorMessage == nil
        }
    }
}
