import ArgumentParser

/// `patchbay tenant`: what a provider asks of a gateway, at a shell.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Ask a gateway as a tenant: addresses, availability, orders, tests, problems, updates.",
        discussion: """
            Without more words it asks the sandbox whose sandbox.json is in .patchbay, as its first tenant:

              patchbay tenant availability --uprn 10090000001
              patchbay tenant order place --sample
              patchbay tenant order show 1
              patchbay tenant kcis --follow

            Any other gateway is named by options or by the environment: PATCHBAY_TENANT_URL, PATCHBAY_TENANT_TOKEN_URL, \
            PATCHBAY_TENANT_CLIENT and PATCHBAY_TENANT_SECRET. With --json the answer is printed as it came.

            Exit code 0: done; 1: the gateway refused it, and each problem is named with its place in the request; \
            2: nothing could be asked (no gateway, no credentials, wrong usage).
            """,
        subcommands: [
            TenantSuppliersCommand.self, TenantAddressesCommand.self, TenantAvailabilityCommand.self,
            TenantOrderCommand.self, TenantTestCommand.self, TenantProblemCommand.self, TenantKCIsCommand.self,
            TenantRedeliverCommand.self,
        ]
    )
}

/// Which gateway, and as whom.
struct TenantOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The directory of a sandbox, which is asked unless --url names another.", valueName: "dir")
    )
    var data = ".patchbay"

    @Option(help: ArgumentHelp("The Tenant API, such as https://gateway.example/v1.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "Where tokens are given, if not at /auth/tenant/access-token of the same host.",
            valueName: "url"
        )
    )
    var tokenURL: String?

    @Option(help: ArgumentHelp("Our client's name there.", valueName: "name"))
    var client: String?

    @Option(
        help: ArgumentHelp(
            "Its secret. Others on this machine can read a command line: better in the environment or a file.",
            valueName: "text"
        )
    )
    var secret: String?

    @Option(help: ArgumentHelp("A file with the secret, and nothing else.", valueName: "file"))
    var secretFile: String?

    @Option(
        help: ArgumentHelp(
            "The conversation that it belongs to (X-Conversation-ID); new unless named.",
            valueName: "id"
        )
    )
    var conversation: String?

    @Flag(help: "Print the gateway's answer as it came.")
    var json = false
}
