import Foundation
import Storage
import Testing

@testable import Adapters

/// What is said of files and directories: who else may read them, and whether we may write.
@Suite struct FileCheckTests {
    @Test(
        arguments: [
            (0o600, nil), (0o400, nil), (0o640, "warning readable by its group"),
            (0o644, "error readable by everybody"), (0o604, "error readable by everybody"),
            (0o660, "error writable by its group"), (0o666, "error writable by everybody"),
        ] as [(UInt32, String?)]
    )
    func `a secret is its owner's alone`(permissions: UInt32, expected: String?) throws {
        let findings = Self.check(["/s/key": permissions]).secret("/s/key", with: "a private key", at: "/secure/key")

        #expect(findings.count == (expected == nil ? 0 : 1), "\(findings)")
        #expect(findings.first.map { $0.place } == (expected == nil ? nil : "/secure/key"))
        #expect(
            findings.first.map { "\($0.severity) \($0.seen)" }?.contains(
                expected?.split(separator: " ", maxSplits: 1).last ?? ""
            ) ?? true
        )
        #expect(findings.first.map { "\($0.severity)" } == expected.map { String($0.prefix { $0 != " " }) })
        #expect(findings.first?.advice == (expected == nil ? nil : "chmod 600 /s/key"))
    }

    @Test func `a database that is ours alone is no finding, before and after its first start`() {
        #expect(Self.check(["/d": 0o700]).database("/d/p.sqlite", at: "/database") == [])
        #expect(Self.check(["/d": 0o700, "/d/p.sqlite": 0o600]).database("/d/p.sqlite", at: "/database") == [])
    }

    @Test(
        arguments: [
            (["/": 0o755], "warning", "the directory /d is not there"),
            ([:], "error", "the directory /d is not there, nor is the one that it would be in"),
            (["/d": 0o750], "warning", "the directory /d is readable by its group (mode 0750)"),
            (["/d": 0o755], "warning", "the directory /d is readable by everybody (mode 0755)"),
            (["/d": 0o775], "error", "the directory /d is writable by its group (mode 0775)"),
            (["/d": 0o1777], "error", "the directory /d is writable by everybody (mode 1777)"),
            (
                ["/d": 0o700, "/d/p.sqlite": 0o644], "error",
                "/d/p.sqlite has the data of the program and is readable by"
            ),
            (
                ["/d": 0o700, "/d/p.sqlite": 0o640], "warning",
                "/d/p.sqlite has the data of the program and is readable"
            ),
            (["/d": 0o700, "/d/p.sqlite-wal": 0o644], "error", "/d/p.sqlite-wal has the data of the program"),
        ] as [([String: UInt32], String, String)]
    )
    func `the data's place is looked at`(modes: [String: UInt32], severity: String, seen: String) {
        let findings = Self.check(modes).database("/d/p.sqlite", at: "/database")

        #expect(findings.count == 1, "\(findings)")
        #expect(findings.first?.severity.rawValue == severity)
        #expect(findings.first?.seen.hasPrefix(seen) == true, "\(findings)")
        #expect(findings.first?.advice?.isEmpty == false)
    }

    @Test(arguments: [(EROFS, "is on a read-only file system"), (EACCES, "cannot be written by this user")])
    func `where nothing can be written is said, and why`(number: Int32, words: String) {
        let check = Self.check(["/d": 0o700, "/d/p.sqlite": 0o600], unwritable: ["/d": number, "/d/p.sqlite": number])

        let findings = check.database("/d/p.sqlite", at: "/database")

        #expect(findings.map(\.severity) == [.error, .error])
        #expect(findings.allSatisfy { $0.seen.contains(words) }, "\(findings)")
    }

    @Test func `a directory is no database, and a file is no directory`() throws {
        try Self.inDirectory { directory in
            let check = FileCheck()
            let file = directory + "/file"
            try Data().write(to: URL(filePath: file))

            #expect(check.database(directory, at: "d").contains { $0.seen == "\(directory) is a directory" })
            #expect(check.database(file + "/p.sqlite", at: "d").map(\.seen) == ["\(file) is no directory"])
        }
    }

    @Test func `modes are those of the file system`() throws {
        try Self.inDirectory { directory in
            let path = directory + "/key.pem"
            try Data("key".utf8).write(to: URL(filePath: path))
            chmod(path, 0o644)
            chmod(directory, 0o700)

            let open = FileCheck().secret(path, with: "a private key", at: "k")
            let database = FileCheck().database(directory + "/p.sqlite", at: "d")
            chmod(path, 0o600)

            #expect(open.map(\.severity) == [.error])
            #expect(database == [])
            #expect(FileCheck().secret(path, with: "a private key", at: "k") == [])
        }
    }

    /// - Parameter modes: of directories (without a dot in their names) and files.
    private static func check(_ modes: [String: UInt32], unwritable: [String: Int32] = [:]) -> FileCheck {
        FileCheck(
            FileLook(
                mode: { path in
                    modes[path].map { .init(isDirectory: !path.contains(".") && path != "/s/key", permissions: $0) }
                },
                writable: { unwritable[$0] ?? 0 },
                isServed: { _ in false }
            )
        )
    }

    private static func inDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.path)
    }
}
