import Domain
import Engine

/// A network operator that speaks the published contracts (decision 27): orders, tests, quotes and installation visits by the
/// native one; faults and repair visits by the Ticketing API where there is access to that, else by the native one as well.
///
/// Which they are is configuration: in the sandbox the town's operator, else whom the gateway's file names.
package struct NetworkOperator: SupplierAdapter {
    /// The gateway's access as a buyer.
    package struct TicketingAccess: Sendable {
        /// Without a slash at the end: `https://…/prod/api2`.
        let baseURL: String
        /// With the certificate of a buyer.
        let call: OutboundCall
        let directory: Directory

        package init(baseURL: String, call: OutboundCall, directory: Directory) {
            self.baseURL = baseURL
            self.call = call
            self.directory = directory
        }
    }

    package let id: SupplierID
    private let name: String
    /// Without a slash at the end: `http://…/wholesale/v1`.
    private let supplierAPI: String
    private let access: ClientCredentials
    private let ticketing: TicketingAccess?
    private let catalogue: Catalogue
    private let testRequired: Bool
    private let deadline: Duration

    package init(
        id: SupplierID,
        name: String,
        supplierAPI: String,
        access: ClientCredentials,
        ticketing: TicketingAccess?,
        catalogue: Catalogue,
        testRequired: Bool = false,
        deadline: Duration
    ) {
        self.id = id
        self.name = name
        self.supplierAPI = supplierAPI
        self.access = access
        self.ticketing = ticketing
        self.catalogue = catalogue
        self.testRequired = testRequired
        self.deadline = deadline
    }

    package func spell(_ message: Message, _ sender: any Aggregate, _ context: SpellingContext) throws -> Spelling? {
        guard let ticketing else { return try NativeSpelling.spell(message, .supplier(id: id), sender, context) }
        return switch message {
        case .reservationReleased where (sender as? Reservation)?.request.purpose == .repair:
            // The ticketing contract has no word for it: the key expires by itself (decision 3).
            Spelling(contentType: "", body: [])
        case .appointmentRequested(let first, .repair):
            try (sender as? Reservation).map { reservation in
                let question = ReserveQuestion(reservation, as: first)
                return .xml(try RepairAppointments.spell(question, in: ticketing.directory, at: context.now))
            }
        case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled:
            (sender as? ServiceProblem).flatMap { CityFibreSOAP.spelling(of: message, from: $0, context) }
        case .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested, .reservationReleased, .appointmentRequested, .kci, .supplyUpdate, .faultNotification,
            .deskNews, .jobCreated, .jobCancelled, .provisioningResult, .jobReport, .filesReported, .telling:
            try NativeSpelling.spell(message, .supplier(id: id), sender, context)
        }
    }

    package func connect(to exchange: Exchange) -> SupplierConnection {
        let native = NativeSupplier(
            supplier: id,
            baseURL: supplierAPI,
            access: access,
            exchange: exchange,
            deadline: deadline
        )
        var contracts = Dictionary(uniqueKeysWithValues: Capability.allCases.map { ($0, "native") })
        var questions: [Capability: any SupplierQuestions] = [
            .addressLookup: native, .availability: native, .provideAppointments: native, .repairAppointments: native,
        ]
        var courier: any Courier = native
        if let ticketing {
            for capability in [Capability.repairAppointments, .problems] { contracts[capability] = "cityfibre-soap" }
            questions[.repairAppointments] = RepairAppointments(
                baseURL: ticketing.baseURL,
                call: ticketing.call,
                exchange: exchange
            )
            courier = TwoContracts(
                native: native,
                ticketing: TicketingCourier(baseURL: ticketing.baseURL, call: ticketing.call)
            )
        }
        let shares = ConnectionShares()
        // What is left is for the call itself: a tenant's own request has half as much time again.
        let patience = deadline / 2
        let offer = Suppliers.Supplier(
            id: id,
            name: name,
            contracts: contracts,
            questions: questions.mapValues { SharedQuestions(base: $0, shares: shares, patience: patience) },
            products: catalogue.listed.map(\.id),
            testRequired: testRequired,
            catalogue: catalogue
        )
        return SupplierConnection(
            offer: offer,
            courier: SharedCourier(base: courier, shares: shares, patience: patience)
        )
    }
}

/// Which contract carries a message, the message says.
private struct TwoContracts: Courier {
    let native: NativeSupplier
    let ticketing: TicketingCourier

    func carry(_ parcel: Parcel) async -> Delivered {
        switch parcel.message {
        case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled,
            .appointmentRequested(_, .repair):
            await ticketing.carry(parcel)
        // Nothing to say in the contract at hand, as its speller found.
        case .reservationReleased where parcel.body.isEmpty: Delivered(.delivered())
        case .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested, .reservationReleased, .appointmentRequested, .kci, .supplyUpdate, .faultNotification,
            .deskNews, .jobCreated, .jobCancelled, .provisioningResult, .jobReport, .filesReported, .telling:
            await native.carry(parcel)
        }
    }
}
