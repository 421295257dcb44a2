import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// The Installation API before the real engine and a database of its own, on a clock that somebody turns.
///
/// Who asks is named by a header: the certificate that proves it in the product is another suite's business.
struct InstallationBench {
    let exchange: Exchange
    let clock: VirtualClock
    let client: any TestClientProtocol

    static let partnerHeader = HTTPField.Name("X-Test-Partner")

    /// 12:00 in London on a winter's day.
    static let noon = Date(timeIntervalSince1970: 1_767_960_000)

    /// - Parameters:
    ///   - location: where the database is.
    ///   - profile: how PARTNER1 speaks.
    static func with<Value: Sendable>(
        _ location: SQLiteStore.Location = .temporary,
        profile: InstallationProfile? = nil,
        _ body: @Sendable (InstallationBench) async throws -> Value
    ) async throws -> Value {
        let clock = VirtualClock(startingAt: noon)
        let store = try SQLiteStore(location)
        let data = try InstallationData()
        let access = MutualTLSTerms(certificateFingerprints: [], sources: [])
        let terms = PartnerTerms(
            access: access,
            endpoint: Endpoint(url: "https://partner.invalid"),
            profile: profile
        )
        let exchange = Exchange(
            store: store,
            time: clock.source,
            ids: IDSource { 7 },
            directory: Directory([Party(id: ID(1), role: .partner(id: "PARTNER1", terms: terms), at: noon)])
        ) { message, recipient, sender, context in
            Installation.spell(message, to: recipient, from: sender, with: data, context) ?? .json([])
        }
        let installation = Installation(exchange: exchange, data: data)
        let router = Router()
        for path in ["prod/ftth-installer", "prod/ftth-installer/{method}"] {
            router.post(RouterPath(path)) { request, context in
                let partner = partnerHeader.flatMap { request.headers[$0] } ?? "PARTNER1"
                return try await installation.receive(
                    request,
                    pathMethod: context.parameters.get("method"),
                    from: PartnerID(partner),
                    requestID: context.id,
                    logger: context.logger
                )
            }
        }
        let value = try await Application(router: router).test(.router) { client in
            try await body(InstallationBench(exchange: exchange, clock: clock, client: client))
        }
        try await store.close()
        return value
    }

    /// A job that was dispatched to a partner, and nothing more.
    @discardableResult
    func givenJob(
        _ number: Int64 = 701,
        partner: PartnerID = "PARTNER1",
        headEnd: [HeadEndAnswer] = []
    ) async throws -> ID<InstallationJob> {
        let id = ID<InstallationJob>(number)
        let pack = try JobPack.sample(partner: partner, headEnd: headEnd)
        try await exchange.tell(.installationJob(id: id, input: .dispatched(pack: pack)), Cause("test", by: "test"))
        return id
    }

    /// A job with an engineer on site.
    @discardableResult
    func givenJobOnSite(_ number: Int64 = 701, partner: PartnerID = "PARTNER1") async throws -> ID<InstallationJob> {
        let id = try await givenJob(number, partner: partner)
        let header = JobHeader(reference: "J\(number)", providerJobId: "P-1", eventTime: Self.noon)
        for (index, news) in [NotifyJob.News.engineerAssigned(engineer: .sam), .onSite(location: .here, engineer: nil)]
            .enumerated()
        {
            let body = NotifyJob(header: header, news: news).bytes(id: Int64(index + 1))
            #expect(try await post("notifyJob", body, partner: partner) == .ok("{}"))
        }
        return id
    }

    struct Answer: Equatable, CustomStringConvertible {
        let status: Int
        let body: String

        static func ok(_ body: String) -> Answer { Answer(status: 200, body: body) }

        var description: String { "\(status) \(body)" }

        /// The code of its JSON-RPC error, and the pointers in its data.
        var error: RPCErrorSeen? {
            let root = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            guard let error = root?["error"] as? [String: Any], let code = error["code"] as? Int else { return nil }
            let problems = (error["data"] as? [String: Any])?["problems"] as? [[String: Any]] ?? []
            return RPCErrorSeen(code: code, pointers: problems.compactMap { $0["pointer"] as? String })
        }
    }

    struct RPCErrorSeen: Equatable {
        let code: Int
        let pointers: [String]
    }

    func post(_ method: String?, _ body: [UInt8], partner: PartnerID = "PARTNER1") async throws -> Answer {
        let path = "/prod/ftth-installer" + (method.map { "/\($0)" } ?? "")
        var headers: HTTPFields = [.contentType: "application/json"]
        if let name = Self.partnerHeader { headers[name] = partner.rawValue }
        let response = try await client.executeRequest(
            uri: path,
            method: .post,
            headers: headers,
            body: ByteBuffer(bytes: body)
        )
        return Answer(status: response.status.code, body: String(buffer: response.body))
    }

    func post(_ method: String?, _ body: String, partner: PartnerID = "PARTNER1") async throws -> Answer {
        try await post(method, Array(body.utf8), partner: partner)
    }

    func job(_ id: ID<InstallationJob>) async throws -> InstallationJob {
        try #require(try await exchange.read { try $0.find(id) })
    }

    /// What was written for the partner, under its numbers, as it goes out.
    func dispatched(_ id: ID<InstallationJob>) async throws -> [String] {
        try await rows(id).filter { PartnerCourier.method(of: $0.content.message) != nil }
            .map { String(decoding: DispatchMessage.numbered($0.number, $0.content.body), as: UTF8.self) }
    }

    func rows(_ id: ID<InstallationJob>) async throws -> [OutboxRow] {
        let entity = EntityRef(kind: .installationJob, number: id.number)
        return try await exchange.read { try $0.parcels(of: entity, limit: 100) }
    }

    func verdicts() async throws -> [String] {
        try await exchange.read { try $0.messages(after: 0, limit: 100) }.map(\.verdict)
    }
}

/// Invented people, places and things.
extension JobPack {
    static func sample(partner: PartnerID = "PARTNER1", headEnd: [HeadEndAnswer] = []) throws -> JobPack {
        let noon = InstallationBench.noon
        return JobPack(
            supplyOrder: ID(7),
            appointment: nil,
            partner: partner,
            conversation: "conversation-1",
            serviceID: "S2000001",
            orderReference: "SO7",
            productName: "ftthl2r",
            visit: Visit(
                key: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
                slot: try #require(TimeSlot(start: noon, end: noon + 4 * 3_600))
            ),
            customer: Contact(name: "Robin Example", phoneNumber: "07700 900123", email: "robin@example.com"),
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            propertyFlags: [.cherryPicker],
            engineerTasks: [.installRouter],
            site: SiteNotes(hazards: "A goose"),
            headEnd: headEnd
        )
    }
}

extension Engineer {
    static let sam = Engineer(engineerId: "E1", name: "Sam Sample", phoneNumber: "07700 900456")
}

extension Location {
    static let here = Location(latitude: 51.5, longitude: -0.125, captured: InstallationBench.noon)
}

extension ScannedDevice {
    static let good = ScannedDevice(
        fsan: "ALCL0123ABCD",
        serialNumber: "SN-000001",
        vendor: .nokia,
        scannedAt: InstallationBench.noon
    )
}
