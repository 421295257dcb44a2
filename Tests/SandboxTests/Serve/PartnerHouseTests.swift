import Adapters
import Domain
import Engine
import Formats
import Foundation
import HTTPTypes
import Logging
import ServiceLifecycle
import Storage
import Testing

@testable import Sandbox
@testable import patchbay

/// A partner's house from a configuration file, on sockets: operators on one side, apps on the other.
@Suite(.serialized) struct PartnerHouseTests {
    @Test func `an operator's job is in the book, an app works it, the operator hears; and it outlasts the process`()
        async throws
    {
        try await PartnerBench.with { bench in
            try await bench.live { house in
                let ack = try await house.dispatch(as: bench.operatorSide, DispatchOfJob.createJob)
                #expect(ack == #"{"providerJobId":"WO-1"}"#)

                let token = try await house.token("office-app", secret: PartnerBench.secret)
                let list = try await house.app(.get, "/partner/v1/jobs?day=2027-03-01", token)
                #expect(list.text.contains(#""reference":"J701""#))
                let body = #"{"engineer":{"engineerId":"E1","name":"Sam Sample","phoneNumber":"07700900456"}}"#
                let assigned = try await house.app(.post, "/partner/v1/jobs/1/assign", token, body)
                #expect(assigned.status == 200, "\(assigned.text)")

                var arrivals = bench.recorder.arrivals.stream.makeAsyncIterator()
                let heard = try #require(await arrivals.next())
                #expect(heard.path == "/installation/notifyJob")
                #expect(heard.body.contains(#""notificationType":"ENGINEER_ASSIGNED""#))
                #expect(heard.body.contains(#""sequence":1"#))
            }
            try await bench.live { house in
                let token = try await house.token("office-app", secret: PartnerBench.secret)
                let job = try await house.app(.get, "/partner/v1/jobs/1", token)
                #expect(job.text.contains(#""state":"assigned""#), "\(job.text)")
            }
        }
    }

    @Test func `only an operator's certificate opens the one door, only an app's token the other`() async throws {
        try await PartnerBench.with { bench in
            try await bench.live { house in
                let stranger = try await house.post(as: bench.stranger, DispatchOfJob.createJob)
                #expect(stranger.status == 401)
                let bare = try await house.app(.get, "/partner/v1/jobs", "nothing")
                #expect(bare.status == 401)
                let refused = try await house.askToken("office-app", secret: "another secret altogether")
                #expect(refused.status == 400)
                let reader = try await house.token("reader-app", secret: PartnerBench.secret)
                #expect(try await house.app(.get, "/partner/v1/jobs", reader).status == 200)
                #expect(try await house.app(.post, "/partner/v1/jobs/1/accept", reader).status == 403)
            }
        }
    }

    @Test func `it says whether it is alive and ready`() async throws {
        try await PartnerBench.with { bench in
            try await bench.live { house in
                let live = try await house.app(.get, "/health/live", "")
                let ready = try await house.app(.get, "/health/ready", "")
                let metrics = try await house.app(.get, "/metrics", "")
                #expect(live.status == 200 && ready.status == 200 && metrics.status == 200)
                for party in ["listener/mutual-tls", "client", "dispatcher/"] {
                    #expect(metrics.text.contains(#"pb_certificate_days_left{party="\#(party)"#), "\(metrics.text)")
                }
            }
        }
    }
}

enum DispatchOfJob {
    static let createJob = """
        {"id":1,"sent":"2027-02-01T12:00:00+00:00","method":"createJob","ref":"J701","content":{
        "jobType":"INSTALL","serviceId":"S2000001","orderReference":"SO7","productName":"ftthl2r",
        "appointment":{"appointmentReservationKey":"K","appointmentDate":"2027-03-01",
        "appointmentStartTime":"08:00","appointmentEndTime":"12:00"},
        "customer":{"name":"Robin Sample","phoneNumber":"07700900123"},
        "address":{"uprn":"10090000001","lines":["1 Sample Street"],"postcode":"EX1 1EX"}},"response":{}}
        """
}

/// A directory with a configuration and its certificates, and an operator that records what it is told.
struct PartnerBench: Sendable {
    static let secret = "a secret that is long enough"

    let directory: String
    let recorder: RecordingOperator
    let operatorSide: OutboundCall
    let stranger: OutboundCall

    static func with(_ body: @escaping @Sendable (PartnerBench) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try CertificateAuthority(in: directory, now: TimeSource.real.now())
        let server = try authority.server().files
        func call(_ name: String) throws -> OutboundCall {
            try OutboundCall(
                identity: try authority.client(name).files,
                policy: AddressPolicy(.loopbackOnly),
                logger: .quiet
            )
        }
        let bench = PartnerBench(
            directory: directory,
            recorder: RecordingOperator(),
            operatorSide: try call("operator"),
            stranger: try call("stranger")
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bench.recorder.run(with: server) }
            let ports = try await bench.recorder.bound.ports()
            let text = Self.configuration(
                server,
                client: try authority.client("partner").files,
                operatorCertificate: try authority.client("operator").files.certificate,
                endpoint: "https://localhost:\(ports["secure"] ?? 0)/installation"
            )
            try text.write(toFile: "\(directory)/partner.json", atomically: true, encoding: .utf8)
            try secret.write(toFile: "\(directory)/reader.secret", atomically: true, encoding: .utf8)
            try await body(bench)
            group.cancelAll()
        }
        await bench.operatorSide.shutdown()
        await bench.stranger.shutdown()
    }

    static func configuration(
        _ server: TLSFiles,
        client: TLSFiles,
        operatorCertificate: String,
        endpoint: String
    ) -> String {
        func files(_ files: TLSFiles) -> String {
            #""certificate":"\#(files.certificate)","key":"\#(files.key)","authorities":"\#(files.authorities)""#
        }
        return """
            {"role":"partner","database":"book.sqlite",
            "plain":{"port":0,"publicURL":"http://partner.invalid"},"secure":{"port":0,\(files(server))},
            "client":{\(files(client))},"callable":["127.0.0.0/8","::1"],
            "operators":[{"id":"OPERATOR1","endpoint":"\(endpoint)","certificates":["\(operatorCertificate)"],
            "sources":["127.0.0.1/32","::1/128"]}],
            "apps":[{"name":"office","clientId":"office-app","secretVariable":"OFFICE_SECRET"},
            {"name":"reader","clientId":"reader-app","secretFile":"reader.secret","mayChange":false}]}
            """
    }

    /// One life of the house, stopped as SIGTERM would.
    func live(_ body: @escaping @Sendable (LivingHouse) async throws -> Void) async throws {
        let file = try PartnerFile(
            ConfigurationFile(at: "\(directory)/partner.json", environment: ["OFFICE_SECRET": Self.secret])
        )
        let ground = HouseGround(
            store: try SQLiteStore(.file(path: file.database)),
            time: .real,
            ids: .system,
            metrics: PrometheusMetrics(),
            logger: .quiet
        )
        let house = try await PartnerHouse(file, on: ground)
        let bound = Bound(["plain", "secure"])
        let services = house.services(until: []) { bound.opened($0, on: $1) }
        let plain = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let ports = try await bound.ports()
            try await body(LivingHouse(plain: ports["plain"] ?? 0, secure: ports["secure"] ?? 0, call: plain))
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
        await plain.shutdown()
        try await house.close()
    }
}

/// A house that listens, and those who knock at it.
struct LivingHouse: Sendable {
    let plain: Int
    let secure: Int
    let call: OutboundCall

    struct Answer {
        let status: Int
        let text: String
    }

    func post(as caller: OutboundCall, _ body: String) async throws -> Answer {
        let request = OutboundRequest(
            url: "https://localhost:\(secure)/installation/createJob",
            headers: [("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
        return Self.answer(try await caller.send(request).get())
    }

    func dispatch(as caller: OutboundCall, _ body: String) async throws -> String {
        try await post(as: caller, body).text
    }

    func askToken(_ client: String, secret: String) async throws -> Answer {
        let form =
            "grant_type=client_credentials&client_id=\(client)&client_secret="
            + secret.replacingOccurrences(of: " ", with: "+")
        let request = OutboundRequest(
            url: "http://127.0.0.1:\(plain)/auth/partner/access-token",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
        return Self.answer(try await call.send(request).get())
    }

    func token(_ client: String, secret: String) async throws -> String {
        let answer = try await askToken(client, secret: secret)
        return try #require(try JSONDocument(parsing: answer.text).root["access_token"]?.string, "\(answer.text)")
    }

    func app(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ token: String,
        _ body: String = ""
    ) async throws -> Answer {
        let shown = token.isEmpty ? [] : [("Authorization", "Bearer \(token)")]
        var request = OutboundRequest(
            url: "http://127.0.0.1:\(plain)\(path)",
            headers: shown + [("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
        request.method = method
        return Self.answer(try await call.send(request).get())
    }

    private static func answer(_ response: OutboundResponse) -> Answer {
        Answer(status: response.status, text: String(decoding: response.body, as: UTF8.self))
    }
}
