import Testing

@testable import Adapters

/// What an examination holds against a supplier's update, though a gateway takes it.
@Suite struct HeardUpdateTests {
    @Test(arguments: [
        (
            #""reasonCode":"DELAY","problemCode":"CAPACITY_ISSUE""#,
            "/problemCode CAPACITY_ISSUE is published for cancel"
        ),
        (#""reasonCode":"DELAY""#, "/problemCode"),
        (#""reasonCode":"PERHAPS""#, "/reasonCode"),
    ])
    func `what is wrong with it is named, with its place`(more: String, problem: String) {
        let problems = Self.heard(more).problems

        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test(arguments: [
        #""reasonCode":"COMMITTED""#, #""reasonCode":"DELAY","problemCode":"ACCESS_ISSUE""#,
        #""reasonCode":"DELAY","problemCode":"WEATHER""#,
    ])
    func `nothing is held against a good one, nor against a code of the supplier's own`(more: String) {
        #expect(Self.heard(more).problems == [])
    }

    private static func heard(_ more: String) -> HeardUpdate {
        let body = """
            {"id":"0199a0c2-5d3e-7a31-8a10-5f0c7b1d2e44","sequenceNumber":1,"issuedOn":"2026-03-02T09:00:00Z",\(more),\
            "provideServiceOrder":{"id":12,"tenant":"TENANT1"}}
            """
        return HeardUpdate(Array(body.utf8), authorization: nil, isTaken: true)
    }
}
