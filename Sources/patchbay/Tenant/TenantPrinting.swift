import Formats

/// How answers are shown to a person: tables with aligned columns, and one entity as lines of what it has.
struct TenantPrinting {
    let terminal = TerminalText()

    /// A column: its title, and where a row has its value.
    struct Column: Sendable {
        let title: String
        let value: @Sendable (JSONValue) -> String?

        init(_ title: String, _ path: String...) {
            self.title = title
            value = { row in
                let found = path.reduce(Optional(row)) { $0?[$1] }
                return found.flatMap(TenantPrinting.text)
            }
        }

        init(_ title: String, _ value: @escaping @Sendable (JSONValue) -> String?) {
            self.title = title
            self.value = value
        }
    }

    /// Rows under their titles; a sentence where there are none.
    func table(_ rows: [JSONValue], _ columns: [Column], none: String) -> String {
        guard !rows.isEmpty else { return none }
        let cells = rows.map { row in columns.map { TerminalText.harmless($0.value(row) ?? "-") } }
        let widths = columns.indices.map { index in
            max(columns[index].title.count, cells.map { $0[index].count }.max() ?? 0)
        }
        func line(_ texts: [String], _ styled: (String) -> String) -> String {
            let padded = zip(texts, widths).map { text, width in
                styled(text + String(repeating: " ", count: max(0, width - text.count)))
            }
            var line = padded.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
        let head = line(columns.map(\.title)) { terminal.styled($0, .bold) }
        return ([head] + cells.map { line($0) { $0 } }).joined(separator: "\n")
    }

    /// A page of a list, and how to go on behind it.
    func page(_ root: JSONValue, of member: String, _ columns: [Column], none: String) -> String {
        let table = table(root[member].map { Array($0.elements) } ?? [], columns, none: none)
        guard let next = root["next"].flatMap(Self.text) else { return table }
        return table + "\nThere are more: --after \(next)"
    }

    /// One entity: its plain members, then its updates, oldest first.
    func entity(_ root: JSONValue) -> String {
        var lines: [String] = []
        let members = root.members.filter { $0.key != "updates" }
        let width = members.map(\.key.count).max() ?? 0
        for (key, value) in members {
            let name = key + String(repeating: " ", count: width - key.count)
            lines.append("\(terminal.styled(name, .dim))  \(TerminalText.harmless(Self.text(value) ?? "-"))")
        }
        if let updates = root["updates"], updates.count > 0 {
            lines.append("")
            lines.append(table(Array(updates.elements), Self.updateColumns, none: ""))
        }
        return lines.joined(separator: "\n")
    }

    static let updateColumns = [
        Column("#", "sequenceNumber"), Column("AT", "created"), Column("WHAT", happened), Column("WORDS", words),
    ]

    /// What an update says happened.
    static func happened(_ update: JSONValue) -> String? {
        update["information"]?["type"]?.string ?? update["action"]?["type"]?.string.map { "\($0)!" } ?? "ERROR"
    }

    static func words(_ update: JSONValue) -> String? {
        let details = update["information"] ?? update["action"] ?? update["error"]
        let said = [details?["problemCode"]?.string, details?["text"]?.string].compactMap(\.self)
        let more = (details?["notes"] ?? details?["messages"])?.elements.compactMap(\.string) ?? []
        let all = said + more
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }

    /// A value on one line; what has members of its own as `name: value`.
    static func text(_ value: JSONValue) -> String? {
        switch value.kind {
        case .string: value.string
        case .object:
            value.members.compactMap { key, member in text(member).map { "\(key): \($0)" } }.joined(separator: ", ")
        case .array: value.elements.compactMap(text).joined(separator: "; ")
        case .integer: value.integer.map { String($0) }
        case .decimal: value.double.map { String($0) }
        case .bool: value.bool.map { $0 ? "true" : "false" }
        case .null: nil
        }
    }
}

extension TenantOptions {
    /// The answer as it came, or as `text` has it.
    func show(_ reply: GatewayReply, _ text: (JSONValue, TenantPrinting) -> String) {
        TerminalText.say(json ? String(decoding: reply.bytes, as: UTF8.self) : text(reply.root, TenantPrinting()))
    }

    /// Asks a gateway, and shows the one thing that it answers with.
    func showEntity(_ ask: (GatewayClient) async throws -> GatewayReply) async throws {
        try await GatewayClient.run(self) { gateway in
            show(try await ask(gateway)) { root, printing in printing.entity(root) }
        }
    }
}
