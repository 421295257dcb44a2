import Domain
import Foundation
import Testing

@testable import Engine

@Suite struct IDSourceTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000.123)

    @Test func `a message id is a UUID of version 7 with the moment in front`() throws {
        let id = IDSource.seeded(1).messageID(at: Self.now).rawValue
        let uuid = try #require(UUID(uuidString: id))
        let milliseconds = id.replacing("-", with: "").prefix(12)
        #expect(id == id.lowercased())
        #expect(uuid.uuidString.dropFirst(14).first == "7")
        #expect("89AB".contains(uuid.uuidString.dropFirst(19).prefix(1)))
        #expect(Int64(milliseconds, radix: 16) == 1_790_000_000_123)
    }

    @Test func `the ids of one change are all different`() {
        var ids = IDSource.seeded(2).messageIDs(at: Self.now)
        let drawn = (0..<1_000).map { _ in ids.next() }
        #expect(Set(drawn).count == 1_000)
    }

    @Test func `a body that runs twice names its messages alike`() {
        let ids = IDSource.seeded(3).messageIDs(at: Self.now)
        var first = ids
        var second = ids
        #expect((0..<5).map { _ in first.next() } == (0..<5).map { _ in second.next() })
    }

    @Test func `the same seed draws the same numbers, another seed others`() {
        let one = IDSource.seeded(7)
        let same = IDSource.seeded(7)
        let other = IDSource.seeded(8)
        let drawn = (0..<10).map { _ in one.bits() }
        #expect(drawn == (0..<10).map { _ in same.bits() })
        #expect(drawn != (0..<10).map { _ in other.bits() })
    }
}
