import Formats
import HTTPTypes

/// Says of an answer of the Tenant API, a refusal too, in which it is not what the served OpenAPI document says.
package struct TenantAnswerLint {
    /// An answer that the document describes.
    private struct Answer {
        let name: String
        let clause: String
        let schema: JSONValue

        /// Of an object, or of each element of a list.
        var content: JSONValue { schema["items"] ?? schema }
    }

    private let check: SchemaCheck
    private let answers: [Answer]

    /// - Throws: nothing in practice: the document is our own.
    package init() throws {
        let document = TenantOpenAPI(server: "", tokens: "").document
        let parsed = try JSONDocument(parsing: document.bytes)
        check = SchemaCheck(parsed)
        let described = document.operations.compactMap { operation -> Answer? in
            let responses = parsed.root["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]?["responses"]
            let schema = responses?[String(operation.answer.status)]?["content"]?["application/json"]?["schema"]
            return schema.map {
                Answer(
                    name: "answer to \(operation.method.rawValue) \(operation.path)",
                    clause: Self.clauses[operation.tag] ?? "G-001",
                    schema: $0
                )
            }
        }
        let refusals = [("Error", "G-004"), ("Problem", "G-003")].compactMap { name, clause in
            parsed.root["components"]?["schemas"]?[name].map { Answer(name: "refusal", clause: clause, schema: $0) }
        }
        answers = described + refusals
    }

    /// - Returns: nothing for what is no such answer.
    package func check(_ bytes: [UInt8]) -> JSONLintReport? {
        guard let document = try? JSONDocument(parsing: bytes), let answer = answer(like: document.root) else {
            return nil
        }
        let pass = JSONLintPass(document, bytes)
        for problem in check.problems(of: document.root, against: answer.schema) {
            pass.report(problem, .error, answer.clause)
        }
        let known = check.properties(of: answer.schema)
        for name in document.root.members.map(\.key) where !known.contains(name) {
            let text = "\(name) is no member of this answer\(SpellingHint.text(for: name, among: known.sorted()))"
            pass.report(
                answer.clause,
                .warning,
                at: JSONPointer.appending(name, to: ""),
                text,
                expected: "no such field"
            )
        }
        return JSONLintReport(.init(answer.name, from: "gateway", answer.clause), pass.findings)
    }

    /// The one that has most of the members, among those whose required members are all there. What has an id and a status is
    /// an answer also without one of them: a request has neither.
    private func answer(like root: JSONValue) -> Answer? {
        let isList = root.kind == .array
        // Of a list its first element tells.
        guard let sample = isList ? Array(root.elements).first : root, sample.kind == .object, sample["method"] == nil,
            sample["entityType"] == nil
        else { return nil }
        let isEntity = sample["id"] != nil && sample["status"] != nil
        let names = Set(sample.members.map(\.key))
        let candidates = answers.filter { answer in
            let required = check.required(of: answer.content)
            return (answer.schema["items"] != nil) == isList && !required.isEmpty
                && (required.isSubset(of: names) || isEntity)
        }
        let best = candidates.max { score($0, names) < score($1, names) }
        return best.flatMap { score($0, names) > 0 ? $0 : nil }
    }

    /// Members that it describes, less those that it does not.
    private func score(_ answer: Answer, _ names: Set<String>) -> Int {
        let known = check.properties(of: answer.content)
        return names.intersection(known).count * 2 - names.subtracting(known).count
            - check.required(of: answer.content).subtracting(names).count
    }

    /// Where the contract describes what a group of operations is about.
    private static let clauses = [
        "Suppliers": "G-020", "Appointments": "G-044", "Orders": "F-020", "Tests": "G-100", "Problems": "G-110",
        "Quotes": "G-030", "Updates": "G-070",
    ]
}
