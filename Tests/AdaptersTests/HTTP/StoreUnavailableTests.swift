import Domain
import Foundation
import Formats
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import TestSupport
import Testing

@testable import Adapters
@testable import Engine

/// While the disk is full each contract says so in its own words, with a time to come again; and then goes on.
@Suite struct StoreUnavailableTests {
    @Test func `ticketing answers with its receipt, and with a Server fault for appointments`() async throws {
        try await onDisk { path in
            try await withTicketing(.file(path: path)) { bench in
                let query = try await bench.call("queryAppointmentAvailability", Samples.query(from: "2027-01-18"))
                let slot = try #require(try QueryVisits.slots(in: Array(query.text.utf8)).first)
                let reservation = Samples.reserve(slot, messageID: "r-1")
                try await FaultyDisk.failing(.full, path) {
                    let ticket = try await bench.call("addFaultReport", Samples.add())
                    #expect(ticket.status == 503)
                    #expect(try ticket.value("responseCode") == "503")
                    #expect(ticket.text.contains("nothing was done"))
                    #expect(ticket.retryAfter == "5")
                    let enveloped = try await bench.post("/prod/api2", Samples.enveloped(Samples.add()))
                    let fault = try enveloped.fault
                    #expect(enveloped.status == 500)
                    #expect(enveloped.retryAfter == "5")
                    #expect(fault.code == .server)
                    #expect(fault.text.contains("nothing was done"))
                    #expect(fault.receipt == "receivedFaultReport 503 rejected")
                    let bare = try await bench.post("/prod/api2", Samples.add())
                    #expect(bare.status == 503)
                    #expect(try bare.value("responseCode") == "503")
                    let own = try await bench.call("reserveAppointment", reservation)
                    #expect(own.status == 503)
                    #expect(try own.fault.code == .server)
                    let visit = try await bench.post("/prod/api2", Samples.enveloped(reservation))
                    #expect(visit.status == 500)
                    #expect(visit.retryAfter == "5")
                    #expect(try visit.fault.code == .server)
                    #expect(try await bench.tickets().isEmpty)
                }
                #expect(try await bench.call("addFaultReport", Samples.add()).status == 201)
            }
        }
    }

    @Test func `the installation contract answers with an internal error at 503`() async throws {
        try await onDisk { path in
            try await InstallationBench.with(.file(path: path)) { bench in
                try await bench.givenJob()
                let header = JobHeader(reference: "J701", providerJobId: "P-1", eventTime: InstallationBench.noon)
                let body = NotifyJob(header: header, news: .engineerAssigned(engineer: .sam)).bytes(id: 1)

                let refused = try await FaultyDisk.failing(.full, path) { try await bench.post("notifyJob", body) }
                #expect(refused.status == 503)
                #expect(refused.error?.code == RPCError.internalError)
                #expect(refused.body.hasPrefix(#"{"jsonrpc":"2.0","id":1,"error""#), "\(refused)")
                #expect(try await bench.post("notifyJob", body) == .ok("{}"))
            }
        }
    }

    @Test func `a message that is refused is refused also while its copy cannot be stored`() async throws {
        try await onDisk { path in
            try await InstallationBench.with(.file(path: path)) { bench in
                let body = #"{"id":7,"jsonrpc":"2.0","method":"rebootAll","params":{}}"#

                let refused = try await FaultyDisk.failing(.full, path) { try await bench.post("rebootAll", body) }
                #expect(refused.status == 200)
                #expect(refused.error?.code == RPCError.methodNotFound)
                #expect(refused.body.hasPrefix(#"{"jsonrpc":"2.0","id":7,"error""#), "\(refused)")
            }
            try await PartnerBench.with(.file(path: path + "-partner")) { bench in
                let body = DispatchSample.envelope("rebootAll", "J701", id: 8, content: "{}", response: "{}")

                let refused = try await FaultyDisk.failing(.full, path) { try await bench.dispatch("rebootAll", body) }
                #expect(refused.error?.code == RPCError.methodNotFound)
                #expect(refused.body.hasPrefix(#"{"jsonrpc":"2.0","id":8,"error""#), "\(refused)")
            }
        }
    }

    @Test func `a partner's house answers a dispatch with an internal error at 503, under its id`() async throws {
        try await onDisk { path in
            try await PartnerBench.with(.file(path: path)) { bench in
                let refused = try await FaultyDisk.failing(.full, path) {
                    try await bench.dispatch("createJob", DispatchSample.createJob(id: 41))
                }
                #expect(refused.status == 503)
                #expect(refused.error?.code == RPCError.internalError)
                #expect(refused.body.hasPrefix(#"{"jsonrpc":"2.0","id":41,"error""#), "\(refused)")
                #expect(try await bench.dispatch("createJob", DispatchSample.createJob(id: 41)).error == nil)
            }
        }
    }

    @Test func `readiness is the store's, with the reason`() async throws {
        try await onDisk { path in
            let store = try SQLiteStore(.file(path: path))
            let exchange = Exchange(
                store: store,
                time: TestTime.clock().source,
                ids: .seeded(1),
                directory: Directory()
            ) { _, _, _, _ in Spelling(contentType: "", body: []) }
            let router = Router(context: BasicContext.self)
            Operations(
                exchange: exchange,
                activity: Activity(),
                metrics: PrometheusMetrics(),
                version: "0",
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            .addRoutes(to: router)
            try await Application(router: router).test(.router) { client in
                func ready() async throws -> (status: Int, body: String) {
                    try await client.execute(uri: "/health/ready", method: .get) {
                        ($0.status.code, String(buffer: $0.body))
                    }
                }
                for (fault, reason) in [
                    (FaultyDisk.Fault.full, "the disk is full"), (.write, "the database cannot be written"),
                ] {
                    try await FaultyDisk.failing(fault, path) {
                        await #expect(throws: StoreUnavailable.self) {
                            try await store.write { _ = try $0.takeNumbers(of: "x", count: 1) }
                        }
                        let answer = try await ready()
                        #expect(answer.status == 503)
                        #expect(answer.body == #"{"status":"store","reason":"\#(reason)"}"#)
                    }
                    let answer = try await ready()
                    #expect(answer.status == 200)
                    #expect(answer.body == #"{"status":"ready"}"#)
                }
            }
            try await store.close()
        }
    }

    @Test func `a REST interface says 503, a code, and when to come again`() {
        for error: any Error in [StoreUnavailable.full, StoreUnavailable.overloaded(waiting: 9), StoreError.closed] {
            let answer = APIError(unavailable: error)
            #expect(answer?.status == .serviceUnavailable)
            #expect(answer?.code == .gatewayFault)
            #expect(answer?.headers[.retryAfter] == "5")
            #expect(answer?.message.contains("nothing was done") == true)
        }
        #expect(APIError(unavailable: StoreError.commitFailed(reason: "a fault of ours")) == nil)
    }

    private func onDisk(_ body: (_ path: String) async throws -> Void) async throws {
        try FaultyDisk.install()
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        try await body(place.path)
    }
}
