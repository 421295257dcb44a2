import Domain
import Foundation
import Formats
import Testing

@testable import Adapters

/// `patchbay lint` finds an error exactly where the server that a message of the Installation contract is for refuses it
/// (issue 15, §3.2): the operator's for a partner's, the partner's for an operator's. Answers are read by no server.
///
/// Left out is what HTTP says around a document: its address, its type, its coding.
@Suite(.timeLimit(.minutes(5))) struct InstallationLintAgreementTests {
    @Test(arguments: WireFamily.all)
    func `on every case of the corpus`(family: WireFamily) async throws {
        let documents = try family.cases.filter { $0.coding == nil && $0.contentType == nil }
            .map { (name: $0.name, bytes: try $0.bytes) }
        let found = try await Self.disagreements(on: documents)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    @Test(arguments: InstallationGoldenFile.all)
    func `on the contract's own messages`(file: InstallationGoldenFile) async throws {
        #expect(try await Self.disagreements(on: [(file.name, file.bytes)]) == [])
    }

    @Test(arguments: [
        "assigned", "cancelJob", "close", "closeCON", "createJob", "enRoute", "onSite", "progress", "result",
        "retrying", "scan",
    ])
    func `on a message with any one value wrong`(name: String) async throws {
        let source = SpoiltJSON.Source(name: name, text: try JSONTree.messageText(name))
        let spoilt = try SpoiltJSON.all(of: source).enumerated().map { index, document in
            (name: document.name, bytes: Array(try Self.unique(document.text, index, in: document.name).utf8))
        }
        #expect(spoilt.count > 100)
        let found = try await Self.disagreements(on: spoilt)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    /// With an id of its own, so that none is a repeat of another.
    private static func unique(_ text: String, _ index: Int, in name: String) throws -> String {
        guard !name.hasPrefix("/id ") else { return text }
        var tree = try JSONTree(parsing: text)
        tree.put(.integer(Int64(10_000 + index)), at: "/id")
        return try tree.text
    }

    /// Refusals of a sound message by a server that knows more: which jobs there are and whose (−32001, −32005), in which
    /// state they are (−32002), which devices are in use (−32004), and which ids came before.
    ///
    /// - Returns: `nil` for these: what the server knows came first, and it did not judge the document.
    private static func isRefusedAsADocument(_ answer: InstallationBench.Answer) -> Bool? {
        guard let root = try? JSONDocument(parsing: answer.body).root, let said = root["error"] else {
            return answer.status != 200
        }
        guard let error = RPCError(said) else { return true }
        let isOfAnId = error.code == RPCError.invalidRequest && error.message.contains("was used for another request")
        return [-32001, -32002, -32004, -32005].contains(error.code) || isOfAnId ? nil : true
    }

    private static func disagreements(on documents: [(name: String, bytes: [UInt8])]) async throws -> [String] {
        let lint = InstallationLint(data: try InstallationData())
        let found = Found()
        try await WireBench.run { operators in
            try await PartnerBench.with { partner in
                for (name, bytes) in documents {
                    let report = lint.check(bytes)
                    let answer: InstallationBench.Answer
                    switch report.message {
                    case .notifyJob, .closeJob, nil: answer = try await operators.bench.post(nil, bytes)
                    case .createJob, .cancelJob, .provisioningResult: answer = try await partner.dispatch(bytes)
                    case .acknowledgement, .acknowledgementWithNumber, .acknowledgementInJSONRPC, .error: continue
                    }
                    guard let isRefused = isRefusedAsADocument(answer) else { continue }
                    if isRefused
                        != (bytes.count > TicketingLint.bytesMax || report.count(.error) > 0)
                    {
                        let said = report.findings.filter { $0.severity == .error }.map { "\($0.path) \($0.text)" }
                        await found.add("\(name): lint \(said), server \(answer)")
                    }
                }
            }
        }
        return await found.all
    }

    private actor Found {
        var all: [String] = []
        func add(_ text: String) { all.append(text) }
    }
}
