import HTTPTypes

/// What a sandbox costs before it does anything, and how soon it is back after it was killed with work open.
struct StartBench {
    struct Start {
        let idleMegabytes: Int
        let lanes: Int
        let milliseconds: Int
    }

    let program: String

    /// - Parameter lanes: orders whose updates wait for a tenant who cannot be reached.
    func run(lanes: Int, starts: Int) async throws -> Start {
        let sandbox = SandboxProcess(program: program)
        defer { sandbox.remove() }
        _ = try await sandbox.start()
        try await Task.sleep(for: .seconds(2))
        let idle = sandbox.residentMegabytes
        guard let world = sandbox.world else { throw SandboxProcess.Failure(text: "there is no world") }
        _ = try await world.control(.put, "/endpoints", body: #"{"tenantUpdates":"http://127.0.0.1:9"}"#)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<32 {
                group.addTask {
                    for number in stride(from: client, to: lanes, by: 32) {
                        let body = OrderSample.body(number)
                        _ = try await world.tenant(.post, "/service-orders", conversation: "open", body: body)
                    }
                }
            }
            try await group.waitForAll()
        }
        _ = try await world.control(.post, "/settle", body: #"{"timeout":"PT60S"}"#)
        var took: [Duration] = []
        for _ in 0..<starts {
            await sandbox.kill()
            took.append(try await sandbox.start())
        }
        await sandbox.kill()
        let best = took.min() ?? .zero
        return Start(idleMegabytes: idle, lanes: lanes, milliseconds: Int(best.inSeconds * 1_000))
    }
}
