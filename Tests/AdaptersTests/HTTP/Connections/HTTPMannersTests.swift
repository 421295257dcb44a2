import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Adapters

/// What a listener does with requests that HTTP/1.1 has a rule for, before any route hears of them.
@Suite(.timeLimit(.minutes(2))) struct HTTPMannersTests {
    @Test(arguments: [
        ("", 400, "Host is required"), ("host: a\r\nhost: a", 400, "once"), ("host: ", 400, "Host must be"),
        ("host: a b", 400, "Host must be"), ("host: user@a", 400, "Host must be"), ("host: a/b", 400, "Host must be"),
        ("host: a:65536", 400, "Host must be"), ("host: a:x", 400, "Host must be"), ("host: [::1", 400, "Host must be"),
        ("host: :80", 400, "Host must be"),
        ("host: a\r\ntransfer-encoding: gzip", 501, "chunked"),
        ("host: a\r\ntransfer-encoding: gzip, chunked", 501, "chunked"),
        ("host: a\r\ntransfer-encoding: identity", 501, "chunked"),
        ("host: a\r\nexpect: a-miracle\r\ncontent-length: 5", 417, "100-continue"),
        ("host: a\r\nx: \(String(repeating: "y", count: 40_000))", 431, "headers"),
        ("host: a\r\n" + (1...200).map { "x-\($0): y" }.joined(separator: "\r\n"), 431, "headers"),
        ("host: a\r\nthis is no header", 400, "RFC 9112"),
        ("host: a\r\ncontent-length: 5\r\ncontent-length: 6", 400, "RFC 9112"),
        ("host: a\r\ncontent-length: -5", 400, "RFC 9112"),
    ])
    func `a head that breaks a rule is refused with a body of ours, and the connection ends`(
        headers: String,
        status: Int,
        says: String
    ) async throws {
        let text = try await Self.ask("POST /count HTTP/1.1\r\n\(headers.isEmpty ? "" : headers + "\r\n")\r\n")

        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(text.contains("\"uuid\":\""))
        #expect(text.contains(says))
        #expect(text.lowercased().contains("connection: close"))
    }

    @Test func `a question with the 500 names that an address may have is no target too long`() async throws {
        // `{"id":"0","type":"0"}` as a query spells it, and a comma.
        let name = "%7B%22id%22%3A%220%22%2C%22type%22%3A%220%22%7D%2C"
        let target = "/slow/1?address=" + String(repeating: name, count: 500)
        let text = try await Self.ask("GET \(target) HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 200 "))
    }

    @Test(arguments: [
        "a", "a:80", "A.example:65535", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:8443", "a_b.example", "a:",
    ])
    func `a good Host is taken`(host: String) async throws {
        let text = try await Self.ask("GET /slow/1 HTTP/1.1\r\nhost: \(host)\r\nconnection: close\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 200 "))
    }

    @Test(arguments: [32_769, 40_000, 200_000])
    func `a target that is too long is 414`(length: Int) async throws {
        let text = try await Self.ask("GET /\(String(repeating: "x", count: length)) HTTP/1.1\r\nhost: a\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 414 "))
        #expect(text.contains("longer than 32768 bytes"))
    }

    @Test(arguments: [
        ("GARBAGE\r\n\r\n", 400), ("GET\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n", 400),
        ("GET / HTTP/9.1\r\nhost: a\r\n\r\n", 505), ("GET / HTTP/1.1 x\r\nhost: a\r\n\r\n", 505),
    ])
    func `a malformed request line is refused, and the connection ends at once`(line: String, status: Int) async throws
    {
        // It ends with the refusal of the line, not with the 408 of a head that takes too long.
        let text = try await Self.ask(line)

        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(text.contains("\"code\":\""))
    }

    @Test func `the answers of earlier requests come before the refusal of a malformed one`() async throws {
        let text = try await Self.ask("GET /slow/3 HTTP/1.1\r\nhost: a\r\n\r\nGET /slow/4 HTTP/1.1\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(text.contains("<3>HTTP/1.1 400 "))
    }

    @Test(arguments: ["/slow/1", "/nowhere", "/pieces", "/boom"])
    func `HEAD has no body, also where it fails, and the next answer is whole`(path: String) async throws {
        let text = try await Self.ask(
            "HEAD \(path) HTTP/1.1\r\nhost: a\r\n\r\nGET /slow/7 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        )

        let answers = text.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)
        #expect(answers.count == 3)
        #expect(answers[1].hasPrefix("HTTP/1.1 200 "))
        #expect(answers[2] == "<7>")
        #expect(!text.contains("transfer-encoding"))
    }

    @Test func `a HEAD that is refused by its head has no body either`() async throws {
        let text = try await Self.ask("HEAD / HTTP/1.1\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: ["", "connection: keep-alive\r\n", "host: a\r\nconnection: Keep-Alive\r\n"])
    func `HTTP 1_0 gets its answer, and the connection ends`(headers: String) async throws {
        let text = try await Self.ask("GET /slow/1 HTTP/1.0\r\n\(headers)\r\nGET /slow/2 HTTP/1.0\r\n\r\n")

        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(text.lowercased().contains("connection: close"))
        #expect(text.hasSuffix("<1>"))
    }

    @Test func `an answer of unknown length has no chunks for HTTP 1_0`() async throws {
        let text = try await Self.ask("GET /pieces HTTP/1.0\r\n\r\n")

        #expect(!text.contains("chunked"))
        #expect(text.hasSuffix("\r\n\r\n" + String(repeating: "a", count: 3_000)))
    }

    @Test(arguments: [
        "connection: Close", "connection: keep-alive, close", "connection: x\r\nconnection: close", "upgrade: h2c",
    ])
    func `a connection ends after the answer in whatever letters its last request says so`(header: String) async throws
    {
        let text = try await Self.ask(
            "GET /slow/1 HTTP/1.1\r\nhost: a\r\n\(header)\r\n\r\nGET /slow/2 HTTP/1.1\r\nhost: a\r\n\r\n"
        )

        #expect(text.lowercased().contains("connection: close"))
        #expect(text.hasSuffix("<1>"))
    }

    @Test(arguments: ["Chunked", "chunked"])
    func `chunks are understood in whatever letters`(coding: String) async throws {
        let text = try await Self.ask(
            "POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: \(coding)\r\n\r\n2\r\nab\r\n0\r\n\r\n"
        )

        #expect(text.hasSuffix("<2>"))
    }

    @Test(arguments: ["100-continue", "100-Continue"])
    func `a body that is held back is asked for when it is wanted`(expectation: String) async throws {
        let text = try await Self.listening { port in
            try await ListeningBench.connect(to: port).executeThenClose { inbound, outbound in
                let head =
                    "POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: \(expectation)\r\ncontent-length: 5\r\n\r\n"
                try await outbound.write(ByteBuffer(string: head))
                var iterator = inbound.makeAsyncIterator()
                var text = ""
                while !text.contains("\r\n\r\n"), let bytes = try await iterator.next() {
                    text += String(buffer: bytes)
                }
                try await outbound.write(ByteBuffer(string: "abcde"))
                while let bytes = try await iterator.next() { text += String(buffer: bytes) }
                return text
            }
        }

        #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "))
        #expect(text.hasSuffix("<5>"))
    }

    @Test(arguments: ["/limited", "/nowhere"])
    func `what is refused by its head is refused before its body, and the connection ends`(path: String) async throws {
        let text = try await Self.ask(
            "POST \(path) HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2000000\r\n\r\n"
        )

        #expect(text.hasPrefix(path == "/limited" ? "HTTP/1.1 413 " : "HTTP/1.1 404 "))
        #expect(!text.contains("100 Continue"))
        #expect(text.lowercased().contains("connection: close"))
    }

    @Test func `a body that did not wait is not asked for`() async throws {
        let text = try await Self.ask(
            "POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\nabcde"
        )

        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(text.hasSuffix("<5>"))
    }

    @Test func `a body that is too large is 413 with a body of ours, with a length or in chunks`() async throws {
        let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
        for body in [
            "content-length: 2000000\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 20) + "0\r\n\r\n",
        ] {
            let text = try await Self.ask("POST /limited HTTP/1.1\r\nhost: a\r\n\(body)") {
                $0.contains("MALFORMED_REQUEST")
            }
            #expect(text.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func `a body that breaks off in its chunks is never taken for the whole`() async throws {
        let text = try await Self.ask(
            "POST /limited HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\nrest"
        )

        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.contains("\"uuid\":\""))
        #expect(!text.contains("<2>"))
    }

    @Test func `a peer that keeps its half open is cut off a second after the last answer`() throws {
        let bench = try RequestGateTests.Bench()
        try bench.channel.writeInbound(ByteBuffer(string: "GARBAGE\r\n\r\n"))
        let isActiveBefore = bench.channel.isActive

        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(1))

        #expect(isActiveBefore)
        #expect(!bench.channel.isActive)
    }

    // MARK: -

    private static func ask(
        _ text: String,
        until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> String {
        try await listening { try await ListeningBench.say(text, to: $0, until: isEnough) }
    }

    private static func listening<Value: Sendable>(
        _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        try await ListeningBench.listening { router in
            router.get("slow/{n}") { _, context in
                ByteResponse(bytes: Array("<\(context.parameters.get("n") ?? "")>".utf8))
            }
            router.post("count") { request, _ in
                var count = 0
                for try await piece in request.body { count += piece.readableBytes }
                return ByteResponse(bytes: Array("<\(count)>".utf8))
            }
            router.post("limited") { request, _ in
                ByteResponse(bytes: Array("<\(try await RequestBody.collect(request).count)>".utf8))
            }
            router.get("boom") { _, _ -> ByteResponse in throw APIError(.conflict, "not now") }
            router.get("pieces") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        for _ in 0..<3 { try await writer.write(ByteBuffer(repeating: 0x61, count: 1_000)) }
                        try await writer.finish(nil)
                    }
                )
            }
        } _: {
            try await body($0)
        }
    }
}
