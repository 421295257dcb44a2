import Foundation
import Testing

/// A message that somebody might send, and what the contract has for an answer. The cases are data: `Cases/`, each made
/// of one of `Messages/` or of bytes of its own.
struct WireCase: Decodable, Sendable, CustomTestStringConvertible {
    enum Receiver: String, Decodable { case `operator`, partner }

    /// Bytes too many to be written down.
    struct Repeat: Decodable {
        let prefix: String?
        let unit: String
        let count: Int
        let unitAfter: String?
        let suffix: String?
    }

    let name: String
    private let to: Receiver?
    private let path: String?
    /// Posted to the address itself, so that only the body names the method.
    private let root: Bool?
    private let base: String?
    private let set: [String: JSONTree]?
    private let remove: [String]?
    private let replace: [[String]]?
    private let reorder: Bool?
    private let text: String?
    private let hex: String?
    private let `repeat`: Repeat?
    /// Messages that were sent, and taken, before.
    let before: [String]?
    let partner: String?
    let contentType: String?
    let coding: String?

    private let expectedStatus: Int?
    /// `nil`: it is taken.
    let code: Int?
    let pointers: [String]?
    /// The clauses under which something was forgiven.
    let warnings: [String]?
    /// What a person should look at, beside them.
    let remarks: Int?
    let duplicate: Bool?
    /// Whether staff are alerted by the refusal, which is one more line of the journal.
    let alerts: Bool?
    /// What the jobs have come to.
    let state: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case name, to, path, root, base, set, remove, replace, reorder, text, `repeat`, before, contentType, coding,
            code
        case pointers, warnings, remarks, duplicate, alerts, state
        case hex = "bytes"
        case partner = "as"
        case expectedStatus = "status"
    }

    var testDescription: String { name }
    var receiver: Receiver { to ?? .operator }
    var status: Int { expectedStatus ?? 200 }
    var isTaken: Bool { code == nil }

    /// The method that the path names.
    func pathMethod(_ message: JSONTree?) -> String? {
        if root == true { return nil }
        return path ?? base.flatMap { JSONTree.message($0) }?.at("/method")?.string ?? message?.at("/method")?.string
    }

    var method: String? { pathMethod(nil) }

    var bytes: [UInt8] {
        get throws {
            if let hex {
                return stride(from: 0, to: hex.utf8.count, by: 2).map { offset in
                    UInt8(hex.dropFirst(offset).prefix(2), radix: 16) ?? 0
                }
            }
            if let text { return Array(text.utf8) }
            if let `repeat` {
                let after = String(repeating: `repeat`.unitAfter ?? "", count: `repeat`.count)
                let middle = String(repeating: `repeat`.unit, count: `repeat`.count)
                return Array(((`repeat`.prefix ?? "") + middle + after + (`repeat`.suffix ?? "")).utf8)
            }
            return Array(try spoilt().utf8)
        }
    }

    /// The message that it is made of, with what is different.
    private func spoilt() throws -> String {
        let name = try #require(base)
        var text = try JSONTree.messageText(name)
        if set != nil || remove != nil || reorder == true {
            var tree = try JSONTree(parsing: text)
            for (pointer, value) in set ?? [:] { tree.put(value, at: pointer) }
            for pointer in remove ?? [] { tree.put(nil, at: pointer) }
            text = try tree.text
        }
        for pair in replace ?? [] {
            #expect(text.contains(pair[0]), "\(self.name): there is no \(pair[0]) to be replaced")
            text = text.replacing(pair[0], with: pair[1], maxReplacements: 1)
        }
        return text
    }
}

/// A part of the corpus: a file.
struct WireFamily: Sendable, CustomTestStringConvertible {
    let name: String
    let cases: [WireCase]

    var testDescription: String { name }

    static let all: [WireFamily] = names.map { name in
        let data = FileManager.default.contents(atPath: "\(folder)/Cases/\(name).json") ?? Data()
        do {
            return WireFamily(name: name, cases: try JSONDecoder().decode([WireCase].self, from: data))
        } catch {
            Issue.record("\(name): \(error)")
            return WireFamily(name: name, cases: [])
        }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

    private static var names: [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/Cases")
        return (files ?? []).map { String($0.dropLast(".json".count)) }.sorted()
    }
}
