import Foundation
import Formats
import Testing

@testable import Adapters

/// Lint and the server judge alike: what lint has no error in is taken, and what it has one in is refused.
@Suite(.timeLimit(.minutes(5))) struct LintAgreementTests {
    private static let lint = Result { TicketingLint(schemas: try TicketingSchemas()) }

    /// What only the server knows: the path, the headers and the size of a request.
    private static func isOfTheRequest(_ hostile: HostileCase) -> Bool {
        hostile.contentEncoding != nil || hostile.contentType != "text/xml; charset=utf-8"
            || hostile.bytes.count > TicketingLint.bytesMax || !hostile.isAtItsOwnPath
    }

    @Test(arguments: HostileFamily.all)
    func `what the corpus has refused, lint has an error in`(family: HostileFamily) throws {
        let lint = try Self.lint.get()
        let sound = family.cases
            .filter { !Self.isOfTheRequest($0) && lint.check($0.bytes).count(.error) == 0 }
            .map(\.name)
        #expect(sound == [])
    }

    @Test(arguments: Harmless.all)
    func `what only looks hostile has no error`(harmless: HostileCase) throws {
        let errors = try Self.lint.get().check(harmless.bytes).findings.filter { $0.severity == .error }
        #expect(errors.map(\.text) == [])
    }

    @Test(arguments: TicketingOperation.allCases)
    func `what the corpus is made of has no error`(operation: TicketingOperation) throws {
        let errors = try Self.lint.get().check(Array(CorpusMessage.whole(operation).utf8)).findings
            .filter { $0.severity == .error }
        #expect(errors.map(\.text) == [])
    }

    /// Every element of every request, with its value spelt otherwise: both must say the same of it.
    @Test(arguments: TicketingOperation.allCases)
    func `of a message whose values are spelt otherwise both say the same`(operation: TicketingOperation) async throws {
        let lint = try Self.lint.get()
        let variants = SpeltOtherwise.all(of: operation)
        #expect(variants.count > 40)
        try await HostileBench.run { bench in
            for variant in variants {
                let reply = try await bench.send(variant)
                let errors = lint.check(variant.bytes).findings.filter { $0.severity == .error }
                // What a message is about may be unknown or another's: that only the server can say.
                let isRefused = [400, 500].contains(reply.status)
                #expect(
                    isRefused == !errors.isEmpty,
                    "\(variant.name): \(reply.status) \(reply.text.prefix(400)), lint: \(errors.map(\.text))"
                )
            }
        }
    }
}

/// The values of a whole message, each replaced by other spellings of itself and by what is none.
enum SpeltOtherwise {
    static func all(of operation: TicketingOperation) -> [HostileCase] {
        let whole = CorpusMessage.whole(operation)
        return whole.matches(of: /<([A-Za-z:]+)>([^<>]+)<\/\1>/).flatMap { match in
            let (name, value) = (String(match.1), String(match.2))
            return spellings(of: value).enumerated().map { index, spelling in
                HostileCase(
                    "\(name) \(index): \(spelling.prefix(40))",
                    to: operation,
                    whole.replacingCharacters(in: match.range, with: "<\(name)>\(spelling)</\(name)>"),
                    0,
                    says: ""
                )
            }
        }
    }

    private static func spellings(of value: String) -> [String] {
        var all = [
            "  \(value)\n", "\t\(value)", value.replacing(" ", with: "  "), "\(value) x", " ", value.lowercased(),
            value.uppercased(), value.replacing("-", with: " - "), String(repeating: "x", count: 40),
        ]
        if value.contains("T") && value.contains(":") {
            let day = value.prefix(10)
            all += [
                "\(day)T24:00:00Z", "\(day)T24:00:01Z", "\(day)T08:00:00.\(String(repeating: "1", count: 30))Z",
                "\(day)T08:00:00", "\(day)T08:00:00+14:00", "\(day)T08:00:00+14:01", "\(day)T08:00:60Z",
                "\(day)T08:00Z",
                "12027-01-01T08:00:00Z", "-2027-01-01T08:00:00Z", "0000-01-01T08:00:00Z", "9999-12-31T24:00:00Z",
                String(day),
            ]
        } else if value.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil {
            all += [
                "\(value)Z", "\(value)+01:00", "\n\(value) ", "12027-01-01", "-2027-01-01", "2027-02-30", "0000-01-01",
            ]
        }
        return all
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

extension HostileCase {
    /// Whether the path that it is sent to is that of its root.
    fileprivate var isAtItsOwnPath: Bool {
        guard let operation, let document = try? XMLDocument(parsing: bytes),
            let element = try? SOAPEnvelope.open(document).body
        else { return true }
        return TicketingOperation.named(root: element).map { $0 == operation } ?? true
    }
}
