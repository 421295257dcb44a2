import Domain
import Engine
import Foundation
import HummingbirdTesting
import Storage

@testable import Adapters

/// The gateway's and the operator's couriers, at work on a bench that listens on a socket.
struct NativeBench: Sendable {
    let bench: SupplyBench
    let supplier: NativeSupplier
    private let call: OutboundCall
    private let delivery: Delivery

    init(_ bench: SupplyBench, partner: (any Courier)? = SilentPartner()) async throws {
        self.bench = bench
        let base = "http://127.0.0.1:\(bench.client.port ?? 0)"
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: SupplyBench.logger)
        self.call = call
        func access(_ name: String, _ interface: String) -> ClientCredentials {
            ClientCredentials(
                tokenURL: "\(base)/auth/\(interface)/access-token",
                clientID: name,
                clientSecret: "secret of \(name)",
                call: call,
                time: bench.clock.source
            )
        }
        let native = NativeSupplier(
            supplier: "DUMMY_SUPPLIER",
            baseURL: "\(base)/wholesale/v1",
            access: access("GATEWAY", "wholesale"),
            exchange: bench.exchange
        )
        supplier = native
        let client = APIClient(
            clientID: "GATEWAY",
            secretHashes: [SecretHash.make("secret of GATEWAY")],
            scopes: ["tenant.all.all"]
        )
        let terms = CustomerTerms(clients: [client], updates: Endpoint(url: "\(base)/supplier/v1"))
        try await bench.exchange.register(.customer(id: "GATEWAY", terms: terms))
        let updates = access("DUMMY_SUPPLIER", "supplier")
        let north = CustomerCourier(directory: bench.directory) { _ in updates }
        delivery = Delivery(
            exchange: bench.exchange,
            logger: SupplyBench.logger
        ) { recipient in
            switch recipient {
            case .supplier: native
            case .customer: north
            case .partner: partner
            case .tenant, .buyer, .dispatcher, .objects, .desk, .house: nil
            }
        }
    }

    /// A partner who isn't there yet: the job waits.
    struct SilentPartner: Courier {
        func carry(_ parcel: Parcel) async -> Delivered { Delivered(.retry(reason: "nobody is there yet")) }
    }

    /// Carries what is due until nothing is.
    func deliver() async { while await delivery.step() > 0 {} }

    func shutdown() async { await call.shutdown() }

    var asker: Asker { Asker(tenant: "TENANT1", conversation: "conversation-1", requestID: "request-1") }
    private var address: PremisesAddress { PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")) }
    private var specification: ServiceSpecification { ServiceSpecification(id: "ftthl2r") }

    var slotsQuestion: SlotsQuestion {
        SlotsQuestion(
            asker: asker,
            address: address,
            specification: specification,
            purpose: .provide,
            service: nil,
            from: nil
        )
    }

    func reserveQuestion(_ slot: TimeSlot) -> ReserveQuestion {
        ReserveQuestion(
            asker: asker,
            reservation: ID(1),
            address: address,
            specification: specification,
            purpose: .provide,
            service: nil,
            slot: slot
        )
    }

    func place(_ visit: BookedVisit) async throws {
        let request = ProvideRequest(
            type: .new,
            supplier: "DUMMY_SUPPLIER",
            address: address,
            specification: specification,
            characteristics: [],
            primaryContact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000")
        )
        try await place(.provide(request), visit)
    }

    /// Order 1 of TENANT1.
    func place(_ request: OrderRequest, _ visit: BookedVisit? = nil) async throws {
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let (order, effects) = try ServiceOrder.place(
                ID(1),
                request,
                visit: visit,
                for: "TENANT1",
                in: "conversation-1",
                at: change.now
            )
            try change.found(order, effects)
        }
    }

    /// The tenant amends order 1.
    func amend(_ changes: OrderChanges, visit: BookedVisit? = nil) async throws {
        try await ask(ID(71), .amendment(changes: changes, visit: visit)) { order, now in
            try order.amend(ID(71), changes, visit: visit, at: now)
        }
    }

    /// The tenant cancels order 1.
    func cancel(isSent: Bool = true) async throws {
        try await ask(ID(72), .cancellation(reason: .other, text: nil)) { order, now in
            try order.cancel(ID(72), because: .other, isSent: isSent, at: now)
        }
    }

    private func ask(
        _ id: ID<ChangeRequest>,
        _ content: ChangeRequest.Content,
        _ decide: @escaping @Sendable (inout ServiceOrder, Date) throws -> [Effect]
    ) async throws {
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let order = try change.decide(ID<ServiceOrder>(1), decide)
            let (request, effects) = ChangeRequest.ask(id, about: order, content, in: "conversation-1", at: change.now)
            try change.found(request, effects)
        }
    }

    func order() async throws -> ServiceOrder? { try await bench.exchange.read { try $0.find(ID<ServiceOrder>(1)) } }

    /// A reservation whose first question got no answer.
    func askAgain(_ question: ReserveQuestion) async throws {
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let request = ReservationRequest(
                supplier: "DUMMY_SUPPLIER",
                address: question.address,
                specification: question.specification,
                purpose: question.purpose,
                slot: question.slot
            )
            let (reservation, effects) = try Reservation.request(
                question.reservation,
                request,
                for: question.asker.tenant,
                in: question.asker.conversation,
                requestKey: "k",
                at: change.now
            )
            try change.found(reservation, effects)
            try change.decide(reservation.id) { $0.askAgain(as: question.asker.requestID, at: $1) }
        }
    }

    func requestTest(of service: ServiceID) async throws {
        let specification = specification
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let request = TestRequest(
                supplier: "DUMMY_SUPPLIER",
                serviceID: service,
                problemType: .outage,
                specification: specification,
                characteristics: [Characteristic(name: "SERVICE_HAS_WORKED", value: "false")]
            )
            let (test, effects) = try ServiceTest.request(
                ID(1),
                request,
                for: "TENANT1",
                in: "conversation-1",
                at: change.now
            )
            try change.found(test, effects)
        }
    }

    /// A parcel about order or reservation 1.
    static func parcel(_ message: Message) -> Parcel {
        let entity = EntityRef(kind: .serviceOrder, number: 1)
        let content = NewOutboxRow(
            recipient: .supplier(id: "DUMMY_SUPPLIER"),
            root: entity,
            entity: entity,
            messageID: "message-1",
            message: message,
            contentType: "application/json",
            body: Array(#"{"tenant":"TENANT1"}"#.utf8),
            conversation: "conversation-1",
            created: SupplyBench.start
        )
        let row = OutboxRow(number: 1, content: content, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil)
        return Parcel(row: row, attempt: 1, firstAttempt: SupplyBench.start, now: SupplyBench.start)
    }
}

extension SupplyBench {
    /// Applies what aggregates have told each other.
    func deliverInHouse() async {
        let delivery = Delivery(
            exchange: exchange,
            logger: Self.logger
        ) { _ in nil }
        while await delivery.step() > 0 {}
    }
}
