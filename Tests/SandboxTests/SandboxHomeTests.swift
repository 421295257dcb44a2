import Engine
import Foundation
import Testing

@testable import Sandbox

@Suite struct SandboxHomeTests {
    @Test func `a sandbox's directory and what is in it are its owner's alone`() throws {
        try withDirectory { directory in
            let home = try SandboxHome(at: directory, ids: .system, now: .real)
            try home.keep(time: .real)

            let files = try FileManager.default.subpathsOfDirectory(atPath: directory)
            #expect(try Self.mode(directory) == 0o700)
            #expect(files.contains("secrets.json") && files.contains("clock"))
            for file in files where !file.hasSuffix("certificates") {
                #expect(try Self.mode(directory + "/" + file) == 0o600, "\(file)")
            }
        }
    }

    @Test func `one of an earlier build is closed to others at its next start`() throws {
        try withDirectory { directory in
            _ = try SandboxHome(at: directory, ids: .system, now: .real)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)

            _ = try SandboxHome(at: directory, ids: .system, now: .real)

            #expect(try Self.mode(directory) == 0o700)
        }
    }

    @Test func `a directory that has other things in it keeps its mode`() throws {
        try withDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: directory + "/thesis.txt"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)

            _ = try SandboxHome(at: directory, ids: .system, now: .real)

            #expect(try Self.mode(directory) == 0o755)
        }
    }

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
