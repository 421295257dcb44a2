import Foundation
import Storage
import Testing

/// `patchbay addresses import` as a person or a script uses it: what it says, and with which code it ends.
@Suite struct AddressesCommandTests {
    @Test func `a good file ends with 0, and the same file again changes nothing`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN,ROBT\n10091000001,R1\n10091000002,R2\n")

            let first = try directory.fill([file])
            let again = try directory.fill([file])

            #expect((first.code, first.said) == (0, "2 lines: 2 new, 0 changed, 0 known already, 0 rejected.\n"))
            #expect((again.code, again.said) == (0, "2 lines: 0 new, 0 changed, 2 known already, 0 rejected.\n"))
            #expect(first.complained == "", "nobody watches, so there is no progress")
        }
    }

    @Test func `a rejected line is named, the others are taken, and it ends with 1`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN,ROBT\nnumber,R1\n10091000002,R2\n")

            let run = try directory.fill([file])

            #expect(run.code == 1)
            #expect(run.complained == "line 2: UPRN must be a number of 1 to 12 digits\n")
            #expect(run.said.hasPrefix("2 lines: 1 new"))
        }
    }

    @Test func `what a spreadsheet did to a long number is said`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN;ROBT\r1.00901E+10;R1\r1,00901e+10;R2\r")

            let run = try directory.fill([file])

            #expect(run.code == 1)
            let lines = run.complained.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(
                lines.allSatisfy {
                    $0.contains("was shortened by a spreadsheet") && $0.contains("export the file again")
                }
            )
            #expect(lines.first?.hasPrefix("line 2: UPRN 1.00901E+10 ") == true)
        }
    }

    @Test func `semicolons and carriage returns are read as they are written`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN;ROBT\r10091000001;R1\r10091000002;R2\r")

            let run = try directory.fill([file])

            #expect((run.code, run.said) == (0, "2 lines: 2 new, 0 changed, 0 known already, 0 rejected.\n"))
        }
    }

    @Test func `a file with nothing to take is no success`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN,ROBT\n")

            let run = try directory.fill([file])

            #expect(run.code == 1)
            #expect(run.said.contains("nothing was taken"))
        }
    }

    @Test func `UTF-16 without its mark is named`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("U\0P\0R\0N\0,\0R\0O\0B\0T\0\n\0")

            let run = try directory.fill([file])

            #expect(run.code == 2)
            #expect(run.complained.contains("byte order mark"))
        }
    }

    @Test func `what cannot be done ends with 2, and says why`() async throws {
        try await inDirectory { directory in
            let nonsense = try directory.write("STREET\nLoom Street\n")

            for arguments in [[nonsense], [directory.path + "/absent.csv"], ["--colour", nonsense], []] {
                let run = try directory.fill(arguments)
                #expect(run.code == 2)
                #expect(!run.complained.isEmpty)
            }
        }
    }

    @Test func `a database that somebody has open is left alone`() async throws {
        try await inDirectory { directory in
            let file = try directory.write("UPRN,ROBT\n10091000001,R1\n")
            let store = try SQLiteStore(.file(path: directory.path + "/patchbay.sqlite"))

            let run = try directory.fill([file])

            #expect(run.code == 2)
            #expect(run.complained.contains("patchbay.sqlite"))
            try await store.close()
        }
    }

    private func inDirectory(_ body: (ImportDirectory) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "patchbay-addresses-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(ImportDirectory(path: url.path))
    }
}

private struct ImportDirectory {
    let path: String

    func write(_ text: String) throws -> String {
        let file = path + "/addresses.csv"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    func fill(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(["addresses", "import", "--data", path] + arguments)
    }
}
