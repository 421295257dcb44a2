import Storage
import Testing

@testable import Engine

@Suite struct NumberBlocksTests {
    @Test func `many who draw at once all get a number, and none the same`() async throws {
        let store = try SQLiteStore(.temporary)
        let numbers = NumberBlocks(store: store)

        let drawn = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<2_000 { group.addTask { try await numbers.next(of: "order") } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }

        #expect(drawn.count == 2_000)
        try await store.close()
    }
}
