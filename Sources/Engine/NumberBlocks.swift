import Storage

/// Numbers for new entities, taken from the store a block at a time (decision 12): unique, rising per node, not gap-free.
actor NumberBlocks {
    /// A block costs one commit; a hundred makes that nothing beside the hundred commits that use it.
    static let blockSize = 100

    private let store: any Store
    private var blocks: [String: Range<Int64>] = [:]
    private var refills: [String: Task<Void, any Error>] = [:]

    init(store: any Store) { self.store = store }

    func next(of counter: String) async throws -> Int64 {
        while true {
            if let block = blocks[counter], let number = block.first {
                blocks[counter] = block.dropFirst()
                return number
            }
            // One refill for all who wait: actors are reentrant, so the others find its task here.
            let refill = refills[counter] ?? Task { try await fill(counter) }
            refills[counter] = refill
            try await refill.value
        }
    }

    /// Puts the block in place before its task is over. Left to who began it, the others could come first: a task that
    /// is over is awaited without letting go of the actor, and they would look for the block for ever.
    private func fill(_ counter: String) async throws {
        defer { refills[counter] = nil }
        let size = Self.blockSize
        blocks[counter] = try await store.write { try $0.takeNumbers(of: counter, count: size) }
    }
}
