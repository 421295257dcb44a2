import Domain
import Engine
import Foundation
import Testing

@testable import Adapters

/// G-070 to G-076: the updates about each type of order, byte for byte, in `Golden/`.
///
/// `PATCHBAY_GOLDEN=write swift test --filter KCIGolden` writes the files anew.
@Suite struct KCIGoldenTests {
    @Test(arguments: KCIStory.allCases)
    func `an update is spelt as it always was`(story: KCIStory) throws {
        let (order, effects) = try story.told()
        let kci = try #require(effects.lastKCI)
        let context = SpellingContext(messageID: "01890000-0000-7000-8000-000000000001", now: KCIStory.start)

        let body = String(decoding: try KCISpelling.spell(kci, of: order, context).body, as: UTF8.self)

        #expect(body == (try Self.golden(story, seen: body)))
    }

    @Test func `every file is a story's`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.directory)
        #expect(Set(files) == Set(KCIStory.allCases.map { "\($0.rawValue).json" }))
    }

    private static func golden(_ story: KCIStory, seen: String) throws -> String {
        let path = "\(directory)/\(story.rawValue).json"
        if ProcessInfo.processInfo.environment["PATCHBAY_GOLDEN"] == "write" {
            try seen.write(toFile: path, atomically: true, encoding: .utf8)
        }
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"
}

/// How an order comes to tell its tenant something.
enum KCIStory: String, CaseIterable, Sendable {
    case provideCommitted, provideReappoint, provideWaitingForAmendment, provideAmended, provideResubmit,
        provideCancelled, provideFailedToSend, modifyCompleted, ceaseAcknowledged, unsolicitedCeaseCreated,
        ethernetAcknowledged

    static let start = Date(timeIntervalSince1970: 1_772_442_000)
    private static let day = CivilDate(daysSince1970: 20_521)
    private static let contact = Contact(name: "Ada Example", phoneNumber: "+44 20 7946 0001")
    private static let profile = [Characteristic(name: "LINE_PROFILE", value: "550/75")]
    private static let acknowledged = ServiceOrder.Input.supplierAcknowledged(
        reference: "SO0000007",
        committedDate: nil,
        targetDate: nil,
        status: .acknowledged
    )

    func told() throws -> (ServiceOrder, [Effect]) {
        switch self {
        case .provideCommitted: try Self.hear(Self.line, Self.acknowledged, Self.news(.committed))
        case .provideReappoint: try Self.hear(Self.line, Self.acknowledged, Self.news(.reappoint))
        case .provideFailedToSend: try Self.hear(Self.line, .sendingFailed(reason: "no answer"))
        case .provideWaitingForAmendment: try Self.amend(Self.answer(.taken(reference: "A-7")))
        case .provideAmended: try Self.amend(Self.answer(.taken(reference: "A-7")), Self.news(.amended))
        case .provideResubmit: try Self.amend(Self.answer(.refused(problems: ["Too late."])))
        case .provideCancelled: try Self.cancel(Self.answer(.done(reference: "C-7")))
        case .modifyCompleted:
            try Self.hear(
                .modify(ModifyRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1", characteristics: Self.profile)),
                Self.acknowledged,
                Self.news(.committed),
                Self.news(.completed)
            )
        case .ceaseAcknowledged:
            try Self.hear(
                .cease(
                    CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1", requestedCompletionDate: Self.day)
                ),
                Self.acknowledged
            )
        case .unsolicitedCeaseCreated: Self.unsolicited()
        case .ethernetAcknowledged: try Self.hear(Self.circuit, Self.acknowledged)
        }
    }

    private static let line = OrderRequest.provide(
        ProvideRequest(
            type: .new,
            supplier: "DUMMY_SUPPLIER",
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: profile,
            primaryContact: contact,
            requestedCompletionDate: day
        )
    )

    private static let circuit = OrderRequest.ethernet(
        EthernetRequest(
            supplier: "DUMMY_SUPPLIER",
            supplierQuoteID: "QUO-1",
            sites: [EthernetRequest.Role.aEnd, .bEnd].map {
                .init(name: "Mill House", address: nil, postcode: "QQ1 2AB", role: $0, primaryContact: contact)
            },
            items: [
                .init(
                    specification: ServiceSpecification(id: "eth1g"),
                    characteristics: [],
                    contract: .init(length: 36, unit: "MONTH", billingFrequency: "MONTHLY", priceAlteration: nil),
                    requestedCompletionDate: day,
                    technicalContact: contact
                )
            ]
        )
    )

    private static func place(_ request: OrderRequest) throws -> ServiceOrder {
        try ServiceOrder.place(ID(7), request, visit: nil, for: "TENANT1", in: "c-1", at: start).0
    }

    private static func hear(_ request: OrderRequest, _ inputs: ServiceOrder.Input...) throws -> (
        ServiceOrder, [Effect]
    ) {
        var order = try place(request)
        return try follow(&order, inputs)
    }

    private static func amend(_ inputs: ServiceOrder.Input...) throws -> (ServiceOrder, [Effect]) {
        var order = try place(line)
        _ = try order.hear(acknowledged, at: start)
        let changes = OrderChanges(primaryContact: ContactChange(phoneNumber: "+44 20 7946 0009"))
        _ = try order.amend(ID(70), changes, visit: nil, at: start)
        return try follow(&order, inputs)
    }

    private static func cancel(_ inputs: ServiceOrder.Input...) throws -> (ServiceOrder, [Effect]) {
        var order = try place(line)
        _ = try order.hear(acknowledged, at: start)
        _ = try order.cancel(ID(70), because: .other, isSent: true, at: start)
        return try follow(&order, inputs)
    }

    private static func follow(
        _ order: inout ServiceOrder,
        _ inputs: [ServiceOrder.Input]
    ) throws -> (ServiceOrder, [Effect]) {
        var effects: [Effect] = []
        for input in inputs { effects += try order.hear(input, at: start + 60) }
        return (order, effects)
    }

    private static func unsolicited() -> (ServiceOrder, [Effect]) {
        let cease = UnsolicitedCease(
            supplier: "DUMMY_SUPPLIER",
            serviceID: "S1",
            requestedCeaseDate: day,
            reason: "CHANGE_OF_CP"
        )
        let news = SupplierNews(
            message: "m-1",
            sequence: 1,
            reason: .created,
            issuedOn: start,
            receivedOn: start,
            supplierReference: "SO0000008"
        )
        return ServiceOrder.hear(of: cease, as: ID(8), news, for: "TENANT1", in: "c-1", at: start)
    }

    private static func answer(_ answer: ServiceOrder.RequestAnswer) -> ServiceOrder.Input {
        .requestAnswered(request: ID(70), answer: answer)
    }

    private static func news(_ reason: SupplyUpdate.Reason) -> ServiceOrder.Input {
        .supplierUpdated(
            SupplierNews(
                message: MessageID(reason.rawValue),
                sequence: nil,
                reason: reason,
                issuedOn: start + 30,
                receivedOn: start + 31,
                problemCode: reason == .reappoint ? "ACCESS_ISSUE" : nil,
                text: "As it is.",
                committedDate: day,
                targetDate: day
            )
        )
    }
}

extension [Effect] {
    fileprivate var lastKCI: KCI? {
        reversed().lazy.compactMap { effect -> KCI? in
            guard case .send(.kci(let kci), _) = effect else { return nil }
            return kci
        }.first
    }
}
