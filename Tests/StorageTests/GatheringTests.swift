import Testing

@testable import Storage

/// Whom the writer waits for.
@Suite struct GatheringTests {
    @Test func `nobody is waited for where callers come one after another`() {
        var gathering = Gathering()
        for _ in 1...10 {
            let waits = gathering.begin(with: 1)
            gathering.note(1)
            #expect(!waits)
        }
    }

    @Test func `after many the writer waits for half as many, and is told when they are there`() {
        var gathering = Gathering()
        gathering.note(32)

        let waits = gathering.begin(with: 3)
        // It is told once.
        let told = [15, 16, 17].map { gathering.isEnough($0) }
        let waitsMore = gathering.begin(with: 16)

        #expect(waits)
        #expect(told == [false, true, false])
        #expect(!waitsMore)
    }

    @Test func `of a great crowd it waits for as many as make a flush cheap, not for half`() {
        var gathering = Gathering()
        gathering.note(200)

        let waits = gathering.begin(with: 3)
        let told = [23, 24].map { gathering.isEnough($0) }
        let waitsMore = gathering.begin(with: 24)

        #expect(waits)
        #expect(told == [false, true])
        #expect(!waitsMore)
    }

    @Test func `who comes when the writer has given up waiting tells it nothing`() {
        var gathering = Gathering()
        gathering.note(32)
        let waits = gathering.begin(with: 3)
        gathering.end()
        let told = gathering.isEnough(20)

        #expect(waits)
        #expect(!told)
    }

    @Test func `a crowd that is gone is forgotten in a few commits`() {
        var gathering = Gathering()
        gathering.note(256)
        var waits = 0
        while gathering.begin(with: 1) {
            waits += 1
            gathering.end()
            gathering.note(1)
        }

        #expect((5...20).contains(waits))
    }
}
