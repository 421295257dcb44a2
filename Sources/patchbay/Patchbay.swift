import ArgumentParser

@main
struct Patchbay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patchbay",
        abstract: "An open, self-hosted exchange for wholesale fibre.",
        discussion: """
            Three contracts, from both ends of each: the Tenant API (REST), the Ticketing API (SOAP) and the \
            Installation API (JSON-RPC). Start with a sandbox and walk an order and a fault through it:

              patchbay sandbox --clock virtual &
              patchbay demo
            """,
        version: PatchbayVersion.current,
        subcommands: [SandboxCommand.self, DemoCommand.self]
    )
}

/// The version of this program, as the changelog counts it.
enum PatchbayVersion {
    static let current = "0.1.0"
}
