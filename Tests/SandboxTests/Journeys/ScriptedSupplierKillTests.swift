import Testing

@testable import patchbay

/// The scripted supplier's memory is the house's: on disk.
@Suite struct ScriptedSupplierKillTests {
    @Test func `a script goes on where it was, when the process was killed in the middle of it`() async throws {
        let sandbox = try SandboxProcess()
        defer { sandbox.remove() }
        let first = try await sandbox.start()
        let life = try SandboxLife(world: first, directory: sandbox.directory)
        let order = try await life.order("DELAYED", days: 3, at: 10_090_000_411)
        try await first.advance("PT2H")
        #expect(try await life.status("/service-orders/\(order)") == "HELD")
        await first.close()

        sandbox.kill()
        let second = try await sandbox.start()
        let again = try SandboxLife(world: second, directory: sandbox.directory)
        try await second.advance("P5D")

        #expect(try await again.status("/service-orders/\(order)") == "COMPLETED")
        let updates = try await again.updates(on: order, of: "PROVIDE_ORDER")
        #expect(updates.map(\.says) == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "DELAY", "RESUMED", "COMPLETED"])
        await second.close()
    }
}
