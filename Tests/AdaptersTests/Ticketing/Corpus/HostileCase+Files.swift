import Foundation

@testable import Adapters

/// Bytes that a text editor could not keep: a file each, in `Files/`. All are reports that would be taken if their bytes
/// were what they pretend to be; all are answered as broken XML.
extension HostileCase {
    static let files = fileNames.map { name in
        HostileCase("file \(name)", to: .addFaultReport, bytes(of: name), 500, says: "broken XML")
    }

    static let fileNames = [
        "backspaces.xml",
        "carriage-returns-only.xml",
        "cdata-with-nul.xml",
        "cesu8-surrogates.xml",
        "chunked-inside.bin",
        "comment-with-nul.xml",
        "ebcdic.xml",
        "elf-head.bin",
        "ends-in-comment.xml",
        "gzip.xml.gz",
        "latin1-undeclared.xml",
        "modified-utf8-nul.xml",
        "multipart.bin",
        "nul-after-end.xml",
        "nul-in-name.xml",
        "overlong-dot-dot-slash.xml",
        "overlong-less-than.xml",
        "pdf-head.bin",
        "utf16-lone-surrogate.xml",
        "utf16be-unmarked.xml",
        "utf16le-declares-utf8.xml",
        "utf16le-odd.xml",
        "utf16le-unmarked.xml",
        "utf32be.xml",
        "utf32le.xml",
        "utf7.xml",
        "vertical-tab.xml",
        "windows1252-quotes.xml",
        "zip-bomb-head.bin",
        "zlib.bin",
    ]

    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Files"

    /// A file that is missing has no bytes that are refused: the test that compares the names with the folder tells.
    private static func bytes(of name: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(directory)/\(name)").map { Array($0) } ?? Array(add.utf8)
    }

    private static let add = CorpusMessage.whole(.addFaultReport)
}
