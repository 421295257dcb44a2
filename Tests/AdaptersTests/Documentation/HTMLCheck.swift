import Foundation

/// Reads a page as strictly as a person would like a browser to: every tag closed in its place, every id once, every way
/// within the page leading somewhere. Written apart from the code that writes pages.
struct HTMLCheck {
    private(set) var complaints: [String] = []
    private(set) var text = ""
    private var ids: [String] = []
    private var targets: [String] = []
    private var labelled: [String] = []
    /// What the page loads or leads to, with the attribute that says so.
    private(set) var addresses: [(tag: String, url: String)] = []

    private static let void: Set<String> = ["meta", "link", "input", "br"]

    init(_ page: String) {
        guard page.hasPrefix("<!DOCTYPE html>\n") else {
            complaints.append("no doctype")
            return
        }
        var open: [String] = []
        var rest = page.dropFirst("<!DOCTYPE html>\n".count)
        while let next = rest.firstIndex(of: "<") {
            read(text: rest[..<next])
            guard let end = rest[next...].firstIndex(of: ">") else {
                complaints.append("a tag that does not end")
                return
            }
            read(tag: String(rest[rest.index(after: next)..<end]), &open)
            rest = rest[rest.index(after: end)...]
        }
        read(text: rest)
        if !open.isEmpty { complaints.append("open at the end: \(open)") }
        complaints += Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }.keys.map { "twice: \($0)" }
        complaints += Set(targets).subtracting(ids).sorted().map { "leads nowhere: #\($0)" }
        complaints += Set(labelled).subtracting(ids).sorted().map { "a label of nothing: \($0)" }
    }

    private mutating func read(text piece: Substring) {
        if piece.contains(">") { complaints.append("a bare > in: \(piece.prefix(40))") }
        if piece.contains(#/&(?!amp;|lt;|gt;|quot;|#39;)/#) { complaints.append("a bare & in: \(piece.prefix(40))") }
        text += piece
    }

    private mutating func read(tag: String, _ open: inout [String]) {
        if tag.hasPrefix("/") {
            let closed = open.popLast()
            if closed != String(tag.dropFirst()) { complaints.append("\(closed ?? "nothing") closed by \(tag)") }
            return
        }
        let name = String(tag.prefix { $0 != " " })
        var attributes: [String: String] = [:]
        let rest = tag.dropFirst(name.count)
        var consumed = ""
        for match in rest.matches(of: #/ ([a-z-]+)(?:="([^"<]*)")?/#) {
            if attributes[String(match.1)] != nil { complaints.append("\(name) has \(match.1) twice") }
            attributes[String(match.1)] = String(match.2 ?? "")
            consumed += match.0
        }
        if consumed != rest { complaints.append("unreadable: <\(tag)>") }
        if let id = attributes["id"] { ids.append(id) }
        if let label = attributes["for"] { labelled.append(label) }
        for url in [attributes["href"], attributes["src"]].compactMap(\.self) {
            if url.hasPrefix("#") { targets.append(String(url.dropFirst())) }
            addresses.append((name, url))
        }
        complaints += attributes.keys.filter { $0 == "style" || $0.hasPrefix("on") }.map { "inline \($0)" }
        if !Self.void.contains(name) { open.append(name) }
    }
}
