import ArgumentParser
import Formats

/// `patchbay tenant kcis`: the feed of updates (G-081).
struct TenantKCIsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kcis",
        abstract: "The updates that the gateway has for this tenant, delivered or not, oldest first.",
        discussion: """
            With --follow it goes on as new ones come, until it is stopped. The last line names the cursor from which \
            to go on another time.

              patchbay tenant kcis --state parked
              patchbay tenant kcis --follow
            """
    )

    @Option(help: "From behind this cursor on.") var after: String?
    @Option(help: "Only queued, delivered, parked or expired ones.") var state: String?
    @Flag(help: "Wait for more.") var follow = false
    @OptionGroup var options: TenantOptions

    /// How often a feed at its end is asked again.
    private static let pause: Duration = .seconds(1)

    func run() async throws {
        try await GatewayClient.run(options) { gateway in
            var (cursor, isFirst) = (after, true)
            while true {
                let page = try await gateway.get("/kcis", [("after", cursor), ("state", state), ("limit", "200")])
                show(page, isFirst: isFirst)
                (cursor, isFirst) = (page.root["next"]?.string ?? cursor, false)
                if page.root["more"]?.bool == true { continue }
                guard follow else { break }
                try await Task.sleep(for: Self.pause)
            }
            if !options.json, let cursor { TerminalText.complain("Go on with: --after \(cursor)") }
        }
    }

    /// Machines get a page a line; nobody gets one without news, unless there is none at all.
    private func show(_ page: GatewayReply, isFirst: Bool) {
        let rows = Array(page.root["kcis"]?.elements.map { $0 } ?? [])
        guard !rows.isEmpty || (isFirst && !follow) else { return }
        guard !options.json else { return TerminalText.say(String(decoding: page.bytes, as: UTF8.self)) }
        TerminalText.say(TenantPrinting().table(rows, Self.columns, none: "There are no updates."))
    }

    private static let columns = [
        TenantPrinting.Column("WHAT") { "\($0["kci"]?["entityType"]?.string ?? "") \(number(of: $0))" },
        .init("#", "kci", "sequenceNumber"), .init("STATUS", "kci", "entity", "status"),
        .init("UPDATE") { $0["kci"].flatMap(TenantPrinting.happened) },
        .init("DELIVERY", "delivery", "state"), .init("TRIED", "delivery", "attempts"), .init("ID", "kci", "id"),
        .init("WORDS") { $0["kci"].flatMap(TenantPrinting.words) },
    ]

    private static func number(of entry: JSONValue) -> String {
        entry["kci"]?["entity"]?["id"].flatMap(TenantPrinting.text) ?? ""
    }
}

/// `patchbay tenant redeliver`: have updates sent once more (§3.9).
struct TenantRedeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeliver",
        abstract: "Have one update sent once more, or all that were given up.",
        discussion: """
              patchbay tenant redeliver
              patchbay tenant redeliver 0199a0c2-5d3e-7a31-8a10-5f0c7b1d2e44
            """
    )

    @Argument(help: "The update's id; without one, all that are parked or expired.") var id: String?
    @OptionGroup var options: TenantOptions

    func run() async throws {
        try await GatewayClient.run(options) { gateway in
            guard let id else { return try await redeliverAll(gateway) }
            options.show(try await gateway.post("/kcis/\(PercentText.encode(id))/redeliver", Array("{}".utf8))) {
                $1.entity($0)
            }
        }
    }

    private func redeliverAll(_ gateway: GatewayClient) async throws {
        var count: Int64 = 0
        while true {
            let answer = try await gateway.post("/kcis/redeliver", Array("{}".utf8))
            count += answer.root["redelivered"]?.integer ?? 0
            if options.json { TerminalText.say(String(decoding: answer.bytes, as: UTF8.self)) }
            guard answer.root["more"]?.bool == true else { break }
        }
        if !options.json { TerminalText.say("\(count) update\(count == 1 ? "" : "s") will be sent once more.") }
    }
}
