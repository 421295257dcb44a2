import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// Files of a ticket: announced, sent to the place that the answer names, told back (T-066, G-142).
@Suite struct AttachmentsTests {
    static let photograph = [UInt8]([0xFF, 0xD8, 0xFF, 0xE0]) + Array("an invented photograph".utf8)

    static func announcing(_ names: String..., extra: String = "") -> String {
        let files = names.map { "<attachment><filename>\($0)</filename>\(extra)</attachment>" }
        return "<attachments>\(files.joined())</attachments>"
    }

    @Test func `an announced file is taken at its place, kept, and told back`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("box.jpg")))
            let place = try #require(try Self.places(reply).first)
            await bench.settle()

            let sent = try await bench.put(place, Self.photograph, type: "image/jpeg")
            #expect(sent.status == 201)
            let content = try #require(try await bench.tickets().first?.attachments.first?.content)
            let path = try #require(try bench.files.verifiedPath(of: content.hash))
            #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == Self.photograph)
            let told = try #require(try await bench.notifications(about: 1).last?.first("attachments"))
            #expect(told.first("attachment")?.text(of: "filename") == "box.jpg")
            #expect(told.first("attachment")?.text(of: "uploaded") == "true")
            #expect(try await bench.statuses(about: 1) == ["accepted", "accepted"])
        }
    }

    @Test func `the desk sees a file and gets it as it came, for saving and not for showing`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("the box.jpg")))
            let place = try #require(try Self.places(reply).first)
            await bench.settle()
            let own = "/operator/v1/fault-reports/CS0000001"

            #expect(try await bench.get("\(own)/attachments/the%20box.jpg").status == 404)
            _ = try await bench.put(place, Self.photograph)
            #expect(try await bench.get(own).text.contains(#""filename":"the box.jpg","uploaded":true,"bytes":26"#))
            let (bytes, headers) = try await bench.client.execute(
                uri: "\(own)/attachments/the%20box.jpg",
                method: .get
            ) { (Array($0.body.readableBytesView), $0.headers) }
            #expect(bytes == Self.photograph)
            #expect(headers[.contentDisposition] == "attachment")
            #expect(headers[.contentType] == "image/jpeg")
        }
    }

    @Test func `the same file again changes nothing, another one is refused`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("box.jpg")))
            let place = try #require(try Self.places(reply).first)
            #expect(try await bench.put(place, Self.photograph).status == 201)
            let before = try await bench.tickets()

            #expect(try await bench.put(place, Self.photograph).status == 200)
            #expect(try await bench.put(place, Self.photograph + [1]).status == 409)
            #expect(try await bench.tickets().first?.attachments == before.first?.attachments)
        }
    }

    @Test func `a place is its buyer's own, and of no use to others`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("box.jpg")))
            let place = try #require(try Self.places(reply).first)

            let unknown = String(place.dropLast()) + (place.last == "A" ? "B" : "A")
            let foreign = try await bench.put(place, Self.photograph, as: "rival")
            let absent = try await bench.put(unknown, Self.photograph)
            #expect(foreign.status == 404)
            #expect(absent.status == 404)
            #expect(foreign.text.contains("No file is expected here."))
            #expect(absent.text.contains("No file is expected here."))
            #expect(try await bench.tickets().first?.attachments.first?.isUploaded == false)
        }
    }

    @Test func `after 15 minutes a place is closed, and an amendment opens a new one`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("box.jpg")))
            let place = try #require(try Self.places(reply).first)
            await bench.advance(15 * 60 + 1)
            #expect(try await bench.put(place, Self.photograph).status == 404)

            let again = try await bench.call("amendFaultReport", Samples.amend(Self.announcing("box.jpg", "log.txt")))
            let places = try Self.places(again)
            #expect(places.count == 2)
            #expect(!places.contains(place))
            #expect(try await bench.put(places[0], Self.photograph).status == 201)
            #expect(try await bench.put(places[1], Array("a log".utf8), type: "text/plain").status == 201)
        }
    }

    @Test(arguments: [
        ("box.jpg", Array("MZ is a program".utf8), nil, 415),
        ("box.jpg", [], nil, 400),
        ("box.jpg", AttachmentsTests.photograph, "text/html", 415),
        ("notes.txt", [0x4D, 0x5A, 0x90, 0x00], nil, 415),
    ])
    func `what is not what its name promises is refused, and nothing is kept`(
        name: String,
        bytes: [UInt8],
        type: String?,
        status: Int
    ) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing(name)))
            let place = try #require(try Self.places(reply).first)

            #expect(try await bench.put(place, bytes, type: type).status == status)
            #expect(try await bench.tickets().first?.attachments.first?.isUploaded == false)
        }
    }

    @Test func `a file of more than 20 MB is refused, however it is sent`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing("box.jpg")))
            let place = try #require(try Self.places(reply).first)
            let large = Self.photograph + [UInt8](repeating: 0, count: UploadAttachment.bytesMax)

            #expect(try await bench.put(place, large).status == 413)
            #expect(try await bench.tickets().first?.attachments.first?.isUploaded == false)
        }
    }

    @Test(arguments: ["../box.jpg", "a/b.jpg", ".hidden.jpg", "box.exe", "box", ".jpg", "a\u{202E}gpj.jpg"])
    func `a name that no file should have is refused with the ticket`(name: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(extra: Self.announcing(name)))

            #expect(reply.status == 400)
            #expect(try reply.value("errorMessage")?.contains("filename") == true)
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test func `a ticket has 20 files at most, each under its own name`() async throws {
        try await withTicketing { bench in
            let names = (1...21).map { "<attachment><filename>\($0).jpg</filename></attachment>" }.joined()
            let many = try await bench.call("addFaultReport", Samples.add(extra: "<attachments>\(names)</attachments>"))
            #expect(many.status == 400)
            let twice = Samples.add(extra: Self.announcing("a.jpg", "a.jpg"))
            #expect(try await bench.call("addFaultReport", twice).status == 400)
        }
    }

    @Test func `a place that the buyer names is ignored, with a warning`() async throws {
        try await withTicketing { bench in
            let own = Self.announcing("box.jpg", extra: "<url>https://inside.invalid/box.jpg</url>")
            let reply = try await bench.call("addFaultReport", Samples.add(extra: own))

            #expect(try Self.places(reply).first?.contains("inside.invalid") == false)
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }
            #expect(log.last?.warnings.contains { $0.contains("G-142") } == true)
        }
    }

    private static func places(_ reply: TicketingBench.Reply) throws -> [String] {
        try (reply.element.first("attachments")?.all("attachment") ?? []).compactMap { $0.text(of: "url") }
    }
}

extension TicketingBench {
    func put(_ place: String, _ bytes: [UInt8], type: String? = nil, as certificate: String = "harbour") async throws
        -> Reply
    {
        var headers: HTTPFields = [Self.certificate: certificate]
        headers[.contentType] = type
        let path = try #require(URL(string: place)?.path)
        return try await client.execute(uri: path, method: .put, headers: headers, body: ByteBuffer(bytes: bytes)) {
            Reply(
                status: $0.status.code,
                text: String(buffer: $0.body),
                contentType: $0.headers[.contentType]
            )
        }
    }
}
