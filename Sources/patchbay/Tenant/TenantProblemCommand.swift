import ArgumentParser
import Formats

/// `patchbay tenant problem …`
struct TenantProblemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "problem",
        abstract: "Raise, read, amend and cancel problems, and answer their resolutions.",
        discussion: """
              patchbay tenant problem raise --sample
              patchbay tenant problem show 3
              patchbay tenant problem amend 3 --text 'Dark since noon' --escalate
              patchbay tenant problem answer 5 --reject --notes 'Still dark'
            """,
        subcommands: [Raise.self, Show.self, List.self, Amend.self, Cancel.self, Answer.self]
    )

    struct Raise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Raise a problem.")

        @Argument(help: "A file with the problem as JSON, or - for standard input.") var file: String?
        @Flag(help: "A slow line of the sandbox's.") var sample = false
        @OptionGroup var options: TenantOptions

        func validate() throws {
            guard (file == nil) == sample else { throw ValidationError("Name a file, or --sample.") }
        }

        func run() async throws {
            try await options.showEntity { gateway in
                let body = try file.map(TenantInput.read) ?? TenantSample(gateway).problem()
                return try await gateway.post("/service-problems", body)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A problem, and what has become of it.")

        @Argument(help: "Its number.") var number: Int64
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await options.showEntity { try await $0.get("/service-problems/\(number)") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Problems by their numbers, a page at a time.")

        @Option(help: "Only those of this status.") var status: String?
        @Option(help: "Only those with this line.") var service: String?
        @Option(help: "From behind this number on.") var after: Int64?
        @Option(help: "How many at most.") var limit = 50
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await GatewayClient.run(options) { gateway in
                let page = try await gateway.get(
                    "/service-problems",
                    [
                        ("status", status), ("serviceId", service), ("after", after.map(String.init)),
                        ("limit", String(limit)),
                    ]
                )
                options.show(page) { root, printing in
                    printing.page(root, of: "serviceProblems", Self.columns, none: "There is no such problem.")
                }
            }
        }

        private static let columns = [
            TenantPrinting.Column("PROBLEM", "id"), .init("STATUS", "status"), .init("LINE", "serviceId"),
            .init("TYPE", "problemType"), .init("SUPPLIER", "supplier"), .init("THEIR NUMBER", "supplierIdentifier"),
            .init("NEWS", "updated"),
        ]
    }

    struct Amend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change or add to a problem that is open.")

        @Argument(help: "Its number.") var number: Int64
        @Option(help: "What is wrong, in 10 to 80 characters.") var text: String?
        @Flag(help: "It must be looked at sooner.") var escalate = false
        @Option(help: "Another visit: the number of a reservation.") var reservation: Int64?
        @OptionGroup var whole: TenantAmendment
        @OptionGroup var options: TenantOptions

        func validate() throws {
            try whole.validate(
                isNamed: text != nil || escalate || reservation != nil,
                by: "--text, --escalate, --reservation"
            )
        }

        func run() async throws {
            try await options.showEntity { try await $0.post("/service-problem-amendments", whole.body ?? changes()) }
        }

        private func changes() -> [UInt8] {
            JSONWriter.bytes { json in
                json.object { json in
                    json.field("serviceProblemId", number)
                    json.field("problemText", text)
                    if escalate { json.field("escalationRequest", true) }
                    if let reservation { json.field("appointmentReservationId", reservation) }
                }
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a problem up.")

        @Argument(help: "Its number.") var number: Int64
        @Option(help: "Why: ISSUE_RESOLVED, CUSTOMER_NETWORK_ISSUE, NO_LONGER_REQUIRED, OTHER.") var reason: String
        @Option(help: "The same in words.") var text: String?
        @OptionGroup var options: TenantOptions

        func run() async throws {
            let body = JSONWriter.bytes { json in
                json.object { json in
                    json.field("serviceProblemId", number)
                    json.field("reasonCode", reason)
                    json.field("text", text)
                }
            }
            try await options.showEntity { try await $0.post("/service-problem-cancellations", body) }
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept or reject what a supplier calls a resolution."
        )

        @Argument(help: "The resolution's number, which the problem shows.") var resolution: Int64
        @Flag(help: "It is not mended.") var reject = false
        @Option(help: "In words; a rejection needs them.") var notes: String?
        @OptionGroup var options: TenantOptions

        func run() async throws {
            let body = JSONWriter.bytes { json in
                json.object { json in
                    json.field("status", reject ? "REJECTED" : "ACCEPTED")
                    json.field("tenantNotes", notes)
                }
            }
            try await options.showEntity { try await $0.patch("/service-problem-resolutions/\(resolution)", body) }
        }
    }
}

/// `patchbay tenant test …`
struct TenantTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test a live line, and read what came of it.",
        discussion: "  patchbay tenant test run --sample",
        subcommands: [Run.self, Show.self]
    )

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask for a test.")

        @Argument(help: "A file with the request as JSON, or - for standard input.") var file: String?
        @Flag(help: "Of a line of the sandbox's.") var sample = false
        @OptionGroup var options: TenantOptions

        func validate() throws {
            guard (file == nil) == sample else { throw ValidationError("Name a file, or --sample.") }
        }

        func run() async throws {
            try await options.showEntity { gateway in
                let body = try file.map(TenantInput.read) ?? TenantSample(gateway).test()
                return try await gateway.post("/service-tests", body)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A test and its result.")

        @Argument(help: "Its number.") var number: Int64
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await options.showEntity { try await $0.get("/service-tests/\(number)") }
        }
    }
}
