import Domain
import Engine
import Foundation
import Formats
import Logging
import Storage
import Synchronization
import Testing

@testable import Adapters

/// A name server that answers nobody takes the threads of the look-ups, and no other.
@Suite struct HungLookUpsTests {
    @Test(.timeLimit(.minutes(1)))
    func `while every look-up hangs files are uploaded, flushed, read and looked for`() async throws {
        let server = HungNameServer()
        let names = NameResolution(lookUp: NameResolution.system { server.addresses(of: $0) })
        let hung = Task {
            await withDiscardingTaskGroup { group in
                for number in 1...NameResolution.underWayMax {
                    group.addTask {
                        _ = try? await names.addresses(of: "silent\(number).invalid", within: .seconds(50))
                    }
                }
            }
        }
        while server.asked < NameResolution.underWayMax { await Task.yield() }

        try await withTicketing { bench in
            let reply = try await bench.call(
                "addFaultReport",
                Samples.add(extra: AttachmentsTests.announcing("box.jpg"))
            )
            let url = try reply.element.first("attachments")?.first("attachment")?.text(of: "url")
            let sent = try await bench.put(try #require(url), AttachmentsTests.photograph)
            await bench.settle()
            let read = try await bench.get("/operator/v1/fault-reports/CS0000001/attachments/box.jpg")
            #expect(sent.status == 201)
            #expect(read.status == 200)
        }
        let call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly, names: names),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let wire = OutboundWire.objects
        let isThere = try await RawPeer.answering({ _ in wire.answers[0] }) { await wire.attempt(call, $0.url).isTaken }
        await call.shutdown()
        let missing = try #require(ObjectPath("a.jpg", in: "photos"))
        #expect(isThere)
        #expect(await DirectoryObjectStore(at: "/nowhere").look(for: missing) == .absent)
        #expect(server.asked == NameResolution.underWayMax, "they hung all the while")

        server.answer()
        await hung.value
    }
}

/// Holds each thread that asks it until it is told to answer.
private final class HungNameServer: Sendable {
    private let isHolding = Mutex(true)
    private let count = Mutex(0)

    var asked: Int { count.withLock { $0 } }

    func addresses(of host: String) -> [String] {
        count.withLock { $0 += 1 }
        while isHolding.withLock({ $0 }) { usleep(1_000) }
        return ["127.0.0.9"]
    }

    func answer() { isHolding.withLock { $0 = false } }
}
