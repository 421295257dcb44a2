import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

@Suite struct JobBookTests {
    static let sam = #"{"engineerId":"E1","name":"Sam Sample","phoneNumber":"07700 900456"}"#
    static let here = #"{"latitude":51.5,"longitude":-0.125,"capturedAt":"2026-01-09T09:00:00Z"}"#
    static let box = #"{"fsan":"ALCL0123ABCD","serialNumber":"SN-000001","vendor":"NOKIA"}"#
    static let answer =
        #"{"question":"Is it safe?","code":"7","answer":"Yes","files":[{"name":"a.jpg","type":"image/jpeg","objectPath":"J701/a.jpg"}]}"#

    @Test func `an engineer's day by the app is a day of messages to the operator, in order`() async throws {
        try await PartnerBench.with { bench in
            let order = try await bench.givenJob()
            let steps = [
                ("assign", #"{"engineer":\#(Self.sam)}"#), ("en-route", #"{"location":\#(Self.here)}"#),
                ("on-site", #"{"location":\#(Self.here),"at":"2026-01-09T09:00:00Z"}"#), ("scan", Self.box),
                ("progress", #"{"answers":[\#(Self.answer)]}"#),
                ("close", #"{"closureCode":"SP","lightLevelDbm":-18.5,"answers":[\#(Self.answer)]}"#),
            ]
            for (event, body) in steps {
                let answer = try await bench.post("/jobs/\(order.id)/\(event)", body)
                #expect(answer.status == 200, "\(event): \(answer)")
            }

            let told = try await bench.told(order)
            #expect(told.compactMap { $0["method"]?.string } == Array(repeating: "notifyJob", count: 5) + ["closeJob"])
            let headers = told.compactMap { $0["params"]?["jobHeader"] }
            #expect(headers.compactMap { $0["sequence"]?.integer } == [1, 2, 3, 4, 5, 6])
            #expect(headers.allSatisfy { $0["ref"]?.string == "J701" && $0["providerJobId"]?.string == "WO-1" })
            #expect(headers[2]["eventTime"]?.string == "2026-01-09T09:00:00+00:00")
            let closing = try #require(told.last?["params"])
            #expect(closing["closureCode"]?.string == "SP")
            #expect(closing["questions_answers"]?.elements.first { _ in true }?["source"]?.string == "closeJob")
            #expect(try await bench.order().stateName == "closing")
        }
    }

    @Test func `what a partner tells, the operator's own reader takes`() async throws {
        try await PartnerBench.with { bench in
            let order = try await bench.givenJob()
            _ = try await bench.post("/jobs/1/assign", #"{"engineer":\#(Self.sam)}"#)
            _ = try await bench.post("/jobs/1/scan", Self.box)
            _ = try await bench.post("/jobs/1/close", #"{"closureCode":"SP","answers":[\#(Self.answer)]}"#)

            let rows = try await bench.exchange.read { try $0.parcels(of: order.ref, limit: 10) }
            let data = try InstallationData()
            for row in rows {
                let bytes = DispatchMessage.numbered(row.number, row.content.body)
                let call = try PartnerCall(parsing: bytes, pathMethod: nil)
                #expect(try call.understood(by: InstallationProfile(), with: data).reference == "J701")
            }
            #expect(rows.count == 3)
        }
    }

    @Test func `a request that comes again is done once`() async throws {
        try await PartnerBench.with { bench in
            let order = try await bench.givenJob()
            let first = try await bench.post("/jobs/1/scan", Self.box, requestID: "r-1")
            let again = try await bench.post("/jobs/1/scan", Self.box, requestID: "r-1")
            let other = try await bench.post("/jobs/1/scan", "{}", requestID: "r-1")
            #expect(first == again)
            #expect(other.status == 400, "what is wrong is said first")
            #expect(try await bench.told(order).count == 1)
        }
    }

    @Test(
        arguments: [
            ("assign", "{}", 400, ["/engineer"]),
            (
                "assign", #"{"engineer":{"name":"Sam","phoneNumber":"x"}}"#, 400,
                ["/engineer/engineerId", "/engineer/phoneNumber"]
            ),
            (
                "en-route", #"{"location":{"latitude":91,"longitude":0,"capturedAt":"2026-01-09T09:00:00Z"}}"#, 400,
                ["/location/latitude"]
            ),
            ("scan", #"{"fsan":"","vendor":"ACME"}"#, 400, ["/fsan", "/serialNumber", "/vendor"]),
            ("decline", #"{"reason":"no","code":"SP"}"#, 422, ["/code"]),
            (
                "close", #"{"closureCode":"CON","answers":[]}"#, 422,
                ["/secondaryClosureCode", "/secondaryClosureDescription", "/answers"]
            ),
            (
                "progress", #"{"answers":[{"question":"q","code":"x","answer":"a","colour":"red"}]}"#, 400,
                ["/answers/0/code", "/answers/0/colour"]
            ),
            ("accept", #"{"why":"not"}"#, 400, ["/why"]),
            ("accept", "[", 400, [""]),
        ] as [(String, String, Int, [String])]
    )
    func `everything that is wrong is named, by its place`(
        event: String,
        body: String,
        status: Int,
        pointers: [String]
    ) async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let answer = try await bench.post("/jobs/1/\(event)", body)
            let errors = try JSONDocument(parsing: answer.body).root["errors"]?.elements.compactMap {
                $0["pointer"]?.string
            }
            #expect(answer.status == status, "\(answer)")
            #expect(errors == pointers, "\(answer)")
            #expect(try await bench.order().reports == 0)
        }
    }

    @Test func `what the job's state does not allow is 409, what there is not 404`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            let early = try await bench.post("/jobs/1/close", #"{"closureCode":"SP","answers":[\#(Self.answer)]}"#)
            #expect(early.status == 409)
            #expect(early.body.contains("before an engineer is assigned"))
            #expect(try await bench.post("/jobs/99/accept").status == 404)
            #expect(try await bench.post("/jobs/x/accept").status == 404)
            #expect(try await bench.get("/jobs/99").status == 404)
            let unknown = try await bench.post("/jobs/1/dance")
            #expect(unknown.status == 404)
            #expect(unknown.body.contains("en-route"))
        }
    }

    @Test func `the jobs of a day, filtered and by the page`() async throws {
        try await PartnerBench.with { bench in
            for number in 1...5 { try await bench.givenJob("J70\(number)", id: number) }
            try await bench.givenJob("J801", id: 9, day: "2026-01-10")
            _ = try await bench.post("/jobs/2/assign", #"{"engineer":\#(Self.sam)}"#)

            #expect(try await bench.references("?day=2026-01-09") == ["J701", "J702", "J703", "J704", "J705"])
            #expect(try await bench.references("?day=2026-01-10") == ["J801"])
            #expect(try await bench.references("?day=2026-01-09&state=assigned") == ["J702"])
            #expect(try await bench.references("?engineer=E1") == ["J702"])
            #expect(try await bench.references("?engineer=E%CC%81") == [])
            #expect(try await bench.references("?reference=J801") == ["J801"])
            #expect(try await bench.references("?attention=true") == [])
            #expect(try await bench.references("?limit=4") == ["J701", "J702", "J703", "J704"])
            #expect(try await bench.next("?limit=4") == 4)
            #expect(try await bench.references("?limit=4&after=4") == ["J705", "J801"])
            #expect(try await bench.next("?day=2026-01-09&limit=2&after=1") == 3)
            #expect(try await bench.next("?day=2026-01-09&limit=3&after=2") == nil)
        }
    }

    @Test func `a filter that is spelt wrongly is named`() async throws {
        try await PartnerBench.with { bench in
            let answer = try await bench.get("/jobs?day=tomorrow&state=happy&colour=red&limit=0&after=-1&attention=yes")
            let pointers = try JSONDocument(parsing: answer.body).root["errors"]?.elements.compactMap {
                $0["pointer"]?.string
            }
            #expect(answer.status == 400)
            #expect(Set(pointers ?? []) == ["?day", "?state", "?colour", "?limit", "?after", "?attention"])
        }
    }

    @Test func `one job is shown whole, with its steps and its history`() async throws {
        try await PartnerBench.with { bench in
            try await bench.givenJob()
            _ = try await bench.post("/jobs/1/assign", #"{"engineer":\#(Self.sam)}"#)
            _ = try await bench.post("/jobs/1/scan", Self.box)
            _ = try await bench.dispatch("notifyJob", DispatchSample.result(4))

            let answer = try await bench.get("/jobs/1")
            let job = try JSONDocument(parsing: answer.body).root
            #expect(job["state"]?.string == "scanned")
            #expect(job["customer"]?["name"]?.string == "Robin Sample")
            #expect(job["appointment"]?["appointmentDate"]?.string == "2026-01-09")
            #expect(job["device"]?["fsan"]?.string == "ALCL0123ABCD")
            #expect(
                job["steps"]?.elements.compactMap { $0["event"]?.string } == [
                    "received", "accepted", "assigned", "scanned", "result",
                ]
            )
            #expect(job["results"]?.elements.compactMap { $0["result"]?.integer } == [4])
            #expect(
                job["history"]?.elements.compactMap { $0["by"]?.string } == [
                    "dispatcher/OPERATOR1", "staff/office", "staff/office", "dispatcher/OPERATOR1",
                ]
            )
        }
    }
}

extension PartnerBench {
    fileprivate func references(_ query: String) async throws -> [String] {
        let answer = try await get("/jobs" + query)
        try #require(answer.status == 200, "\(answer)")
        return try JSONDocument(parsing: answer.body).root["jobs"]?.elements.compactMap { $0["reference"]?.string }
            ?? []
    }

    fileprivate func next(_ query: String) async throws -> Int64? {
        try JSONDocument(parsing: try await get("/jobs" + query).body).root["next"]?.integer
    }
}
