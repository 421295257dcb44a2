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
        subcommands: [
            SandboxCommand.self, DemoCommand.self, LintCommand.self, DoctorCommand.self, ServeCommand.self,
            AddressesCommand.self, SupplierCommand.self, TenantCommand.self,
        ]
    )

    /// Wrong usage, of any command: 0 is good, 1 is a verdict or a failure, 2 says that nothing was tried.
    private static let usageError = ExitCode(2)

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            TerminalText.complain(fullMessage(for: error))
            exit(withError: usageError)
        }
    }
}

/// The version of this program, as the changelog counts it.
enum PatchbayVersion {
    static let current = "0.1.0"
}
