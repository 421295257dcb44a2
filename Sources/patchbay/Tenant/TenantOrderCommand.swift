import ArgumentParser
import Engine
import Formats

/// `patchbay tenant order …`
struct TenantOrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Place, read, amend and cancel orders.",
        discussion: """
              patchbay tenant order place order.json
              patchbay tenant order place --sample
              patchbay tenant order list --status IN_PROGRESS
              patchbay tenant order amend 12 --notes 'Ring twice'
              patchbay tenant order cancel 12 --reason CUSTOMER_CHANGED_MIND
            """,
        subcommands: [Place.self, Show.self, List.self, Amend.self, Cancel.self]
    )

    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Place an order.")

        @Argument(help: "A file with the order as JSON, or - for standard input.") var file: String?
        @Flag(help: "A new line to one of the sandbox's addresses, with the first visit on offer.") var sample = false
        @OptionGroup var options: TenantOptions

        func validate() throws {
            guard (file == nil) == sample else { throw ValidationError("Name a file, or --sample.") }
        }

        func run() async throws {
            try await options.showEntity { gateway in
                let body =
                    if let file { try TenantInput.read(file) } else { try await TenantSample(gateway).order() }
                return try await gateway.post("/service-orders", body)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "An order, and what has become of it.")

        @Argument(help: "Its number.") var number: Int64
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await options.showEntity { try await $0.get("/service-orders/\(number)") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Orders by their numbers, a page at a time.")

        @Option(help: "Only those of this status.") var status: String?
        @Option(help: "Only those with this supplier.") var supplier: String?
        @Option(help: "Only those of which there is news since then, such as 2026-03-02T09:00:00Z.") var since: String?
        @Option(help: "From behind this number on.") var after: Int64?
        @Option(help: "How many at most.") var limit = 50
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await GatewayClient.run(options) { gateway in
                let page = try await gateway.get(
                    "/service-orders",
                    [
                        ("status", status), ("supplier", supplier), ("updatedSince", since),
                        ("after", after.map(String.init)), ("limit", String(limit)),
                    ]
                )
                options.show(page) { root, printing in
                    printing.page(root, of: "serviceOrders", Self.columns, none: "There is no such order.")
                }
            }
        }

        private static let columns = [
            TenantPrinting.Column("ORDER", "id"), .init("TYPE", "orderType"), .init("STATUS", "status"),
            .init("SUPPLIER", "supplier"), .init("THEIR NUMBER", "supplierOrderNumber"),
            .init("COMMITTED", "committedDate"), .init("EXPECTED", "targetDate"), .init("NEWS", "updated"),
        ]
    }

    struct Amend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change an order that is under way.")

        @Argument(help: "Its number.") var number: Int64
        @Option(help: "Words for who works on it.") var notes: String?
        @Option(help: "Another day, such as 2026-03-09.") var completion: String?
        @Option(help: "Another visit: the number of a reservation.") var reservation: Int64?
        @OptionGroup var whole: TenantAmendment
        @OptionGroup var options: TenantOptions

        func validate() throws {
            try whole.validate(
                isNamed: notes != nil || completion != nil || reservation != nil,
                by: "--notes, --completion, --reservation"
            )
        }

        func run() async throws {
            try await options.showEntity { try await $0.post("/service-order-amendments", whole.body ?? changes()) }
        }

        private func changes() -> [UInt8] {
            JSONWriter.bytes { json in
                json.object { json in
                    json.field("orderId", number)
                    json.field("notes", notes)
                    json.field("requestedCompletionDate", completion)
                    if let reservation { json.field("appointmentReservationId", reservation) }
                }
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraw an order.")

        @Argument(help: "Its number.") var number: Int64
        @Option(help: "Why: CUSTOMER_CHANGED_MIND, NO_LONGER_REQUIRED, OTHER …") var reason: String
        @Option(help: "The same in words.") var text: String?
        @OptionGroup var options: TenantOptions

        func run() async throws {
            let body = JSONWriter.bytes { json in
                json.object { json in
                    json.field("orderId", number)
                    json.field("reasonCode", reason)
                    json.field("text", text)
                }
            }
            try await options.showEntity { try await $0.post("/service-order-cancellations", body) }
        }
    }
}

/// A request's body, from a file or standard input.
enum TenantInput {
    static func read(_ path: String) throws(TenantFailure) -> [UInt8] {
        do {
            return try LintInput.read(path)
        } catch {
            throw TenantFailure.unasked("\(error)")
        }
    }
}

/// An amendment that a file has, instead of options that name what changes.
struct TenantAmendment: ParsableArguments {
    @Option(
        help: ArgumentHelp("A file with the whole amendment as JSON, or - for standard input.", valueName: "file")
    )
    var file: String?

    /// - Parameters:
    ///   - isNamed: whether something changes by options.
    ///   - options: which could.
    func validate(isNamed: Bool, by options: String) throws {
        guard isNamed != (file != nil) else {
            throw ValidationError("Say what changes (\(options)), or name a --file.")
        }
    }

    /// `nil`: there is no file.
    var body: [UInt8]? { get throws { try file.map(TenantInput.read) } }
}

/// Requests about what the sandbox says can be tried, each time another of it.
struct TenantSample {
    private let gateway: GatewayClient
    private let samples: GatewayAddress.Samples

    init(_ gateway: GatewayClient) throws(TenantFailure) {
        guard let samples = gateway.address.samples else {
            throw TenantFailure.unasked("Only a sandbox has samples: name a file.")
        }
        self.gateway = gateway
        self.samples = samples
    }

    /// A new line, with the first visit on offer booked for it.
    func order() async throws -> [UInt8] {
        let uprn = samples.firstAddress + Int64(IDSource.system.bits() % UInt64(samples.addressCount))
        let address = #"{"id":"\#(uprn)","type":"UPRN"}"#
        let specification = #"{"id":"\#(samples.product)"}"#
        let visits = try await gateway.get(
            "/available-appointments",
            [
                ("supplier", samples.supplier), ("address", address), ("serviceSpecification", specification),
                ("appointmentPurpose", "PROVIDE"),
            ]
        )
        guard let visit = visits.root["timeslots"]?.elements.first(where: { _ in true }),
            let start = visit["timeslotStartDateTime"]?.string, let end = visit["timeslotEndDateTime"]?.string
        else { throw TenantFailure.refused("There is no visit on offer at UPRN \(uprn).") }
        let slot = #"{"timeslotStartDateTime":"\#(start)","timeslotEndDateTime":"\#(end)"}"#
        let held = try await gateway.post(
            "/appointments",
            Array(
                """
                {"supplier":"\(samples.supplier)","address":\(address),"serviceSpecification":\(specification),\
                "purpose":"PROVIDE","timeslot":\(slot)}
                """.utf8
            )
        )
        guard let reservation = held.root["id"]?.integer else {
            throw TenantFailure.refused("The visit was held, and its number is missing.")
        }
        return OrderJourney.order(
            supplier: samples.supplier,
            product: samples.product,
            address: address,
            visit: reservation
        )
    }

    /// A slow line.
    func problem() -> [UInt8] {
        Array(
            """
            {"problemType":"PERFORMANCE","problemText":"Slower every evening","serviceId":"\(service)",\
            "serviceSpecification":{"id":"\(samples.product)"},"supplier":"\(samples.supplier)",\
            "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],\
            "primaryContact":{"name":"Robin Sample","phoneNumber":"+44 1632 960001"}}
            """.utf8
        )
    }

    func test() -> [UInt8] {
        Array(
            """
            {"serviceId":"\(service)","problemType":"PERFORMANCE","serviceSpecification":{"id":"\(samples.product)"},\
            "supplier":"\(samples.supplier)","characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
            """.utf8
        )
    }

    private var service: String {
        let number = samples.firstService + Int64(IDSource.system.bits() % UInt64(samples.serviceCount))
        return "\(samples.servicePrefix)\(number)"
    }
}
