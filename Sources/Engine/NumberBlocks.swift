import Storage

/// Numbers for new entities, taken from the store a block at a time (decision 12): unique, rising per node, not gap-free.
actor NumberBlocks {
    /// A block costs one commit; a hundred makes that nothing beside the hundred commits that use it.
    static let blockSize = 100

    private let store: any Store
    private var blocks: [String: Range<Int64>] = [:]
    private var refills: [String: Task<Range<Int64>, any Error>] = [:]

    init(store: any Store) { self.store = store }

    func next(of counter: String) async throws -> Int64 {
        while true {
            if let block = blocks[counter], let number = block.first {
                blocks[counter] = block.dropFirst()
                return number
            }
            // One refill for all who wait: actors are reentrant, so the others find its task here.
            if let refill = refills[counter] {
                _ = try await refill.value
                continue
            }
            let refill = Task { [store] in
                try await store.write { try $0.takeNumbers(of: counter, count: Self.blockSize) }
            }
            refills[counter] = refill
            defer { refills[counter] = nil }
            blocks[counter] = try await refill.value
        }
    }
}
