import Foundation
import Testing

/// What must not erode, whoever is in a hurry.
@Suite struct StyleTests {
    private static let sources = Tree.swiftFiles(under: "Sources")

    /// Where, as `path:line`, a pattern occurs in code.
    private func places(of pattern: Regex<Substring>, in files: [Tree.File]) -> [String] {
        files.flatMap { file in
            file.code.filter { $0.text.contains(pattern) }.map { "\(file.path):\($0.number)" }
        }
    }

    @Test func `there is one clock, and one source of chance`() {
        let seams = ["Sources/Engine/TimeSource.swift", "Sources/Engine/IDSource.swift"]
        let others = Self.sources.filter { !seams.contains($0.path) }
        #expect(
            places(of: /\bDate\(\)|\bDate\.now\b|\bUUID\(\)|\.random\(|SystemRandomNumberGenerator/, in: others) == []
        )
    }

    /// On Linux the timeout of a semaphore of Dispatch, too, is a moment of the wall clock.
    @Test func `no wait ends at a moment of the wall clock`() {
        #expect(
            places(
                of: /\.wait\(timeout:|DispatchWallTime|wallDeadline|DispatchSemaphore|sem_timedwait|NSCondition/,
                in: Self.sources
            ) == []
        )
        let condition = places(of: /_timedwait\(/, in: Self.sources).compactMap { $0.split(separator: ":").first }
        #expect(condition == ["Sources/Storage/Threads/TimedSignal.swift"])
    }

    @Test func `a switch of the domain says what it means for every case`() {
        #expect(places(of: /^default:|[{;]\s*default:/, in: Tree.swiftFiles(under: "Sources/Domain")) == [])
    }

    @Test func `nothing is forced`() {
        #expect(places(of: /\btry!|\bas!|\bfatalError\(|\bpreconditionFailure\(/, in: Self.sources) == [])
    }

    @Test func `nothing is left for later in the code`() {
        let marks = Self.sources.filter { $0.text.contains(/\b(TODO|FIXME|XXX|HACK)\b/) }.map(\.path)
        #expect(marks == [])
    }

    @Test func `nothing is public`() {
        #expect(places(of: #/^(?:public|open) /#, in: Self.sources) == [])
    }

    @Test func `unchecked sendability stands only around a C handle, an executor or a queue of its own`() {
        let known: Set<String> = [
            "Sources/Formats/JSON/JSONDocument.swift",
            "Sources/Formats/XML/XMLDocument.swift",
            "Sources/Formats/XML/XMLSchema.swift",
            "Sources/Storage/SQLite/GroupCommitter.swift",
        ]
        let users = Set(
            Self.sources.filter { file in file.code.contains { $0.text.contains("@unchecked Sendable") } }.map(\.path)
        )
        #expect(users.subtracting(known) == [])
    }

    @Test func `no test is switched off`() {
        let tests = Tree.swiftFiles(under: "Tests").filter { !$0.path.hasSuffix("StyleTests.swift") }
        #expect(places(of: /\.disabled\(|XCTSkip|withKnownIssue/, in: tests) == [])
    }
}
