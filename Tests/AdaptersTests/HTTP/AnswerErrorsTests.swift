import Engine
import Formats
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Adapters

@Suite struct AnswerErrorsTests {
    @Test func `an unknown path is 404 with a body`() async throws {
        let answer = try await HTTPBench().run { try await $0.execute(uri: "/nowhere", method: .get) }

        #expect(answer.status == .notFound)
        #expect(answer.text.contains("\"code\":\"NOT_FOUND\""))
        #expect(answer.text.contains("\"errors\":[{\"pointer\":\"\""))
    }

    @Test func `another method is 405 and says which are allowed`() async throws {
        let answer = try await HTTPBench().run { try await $0.execute(uri: "/v1/whoami", method: .delete) }

        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(answer.text.contains("\"code\":\"MALFORMED_REQUEST\""))
    }

    @Test func `problem details are given to those who ask for them`() async throws {
        let answer = try await HTTPBench().run {
            try await $0.execute(uri: "/nowhere", method: .get, headers: [.accept: "application/problem+json"])
        }

        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.text.contains("\"status\":404"))
        #expect(answer.text.contains("\"instance\":\"urn:uuid:"))
    }

    @Test(arguments: [
        ("Application/Problem+JSON", "application/problem+json"),
        ("application/json, application/problem+json", "application/problem+json"),
        ("application/json, application/problem+json;q=0.5", "application/json"),
        ("application/problem+json;q=0, */*", "application/json"), ("application/json", "application/json"),
        ("*/*", "application/json"),
    ])
    func `the form of an error is the one that the caller prefers`(accept: String, contentType: String) async throws {
        let answer = try await HTTPBench().run {
            try await $0.execute(uri: "/nowhere", method: .get, headers: [.accept: accept])
        }

        #expect(answer.headers[.contentType] == contentType)
    }

    @Test func `an error of ours is 500 with a number and nothing more`() async throws {
        struct Leak: Error { let secret = "subscriber" }
        let bench = try await HTTPBench { $0.get("boom") { _, _ -> ByteResponse in throw Leak() } }

        let answer = try await bench.run { try await $0.execute(uri: "/boom", method: .get) }

        #expect(answer.status == .internalServerError)
        #expect(answer.text.contains("\"code\":\"GATEWAY_FAULT\""))
        #expect(!answer.text.contains("subscriber"))
    }

    @Test func `a body over the limit is 413`() async throws {
        let bench = try await HTTPBench()
        let headers = try await bench.headers()

        let answer = try await bench.run {
            try await $0.execute(
                uri: "/v1/orders",
                method: .post,
                headers: headers,
                body: ByteBuffer(repeating: 0x20, count: 65)
            )
        }

        #expect(answer.status == .contentTooLarge)
        #expect(answer.text.contains("\"code\":\"MALFORMED_REQUEST\""))
    }

    @Test func `a compressed body is 415`() async throws {
        let bench = try await HTTPBench()
        var headers = try await bench.headers()
        headers[.contentEncoding] = "gzip"

        let answer = try await bench.run { [headers] in
            try await $0.execute(uri: "/v1/orders", method: .post, headers: headers, body: ByteBuffer(string: "x"))
        }

        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.headers[.acceptEncoding] == "identity")
    }

    @Test(arguments: [
        (HTTPRequest.Method.patch, "Accept-Patch", "text/plain"), (.post, "Accept", "text/plain"),
        (.post, "Accept", "multipart/form-data; boundary=b"),
    ])
    func `a body of another type is 415, and told which one is right`(
        method: HTTPRequest.Method,
        header: String,
        contentType: String
    ) async throws {
        let bench = try await HTTPBench { router in
            router.on("thing", method: method) { request, _ in
                ByteResponse(bytes: try await RequestBody.collect(request, mediaTypes: ["application/json"]))
            }
        }

        let answer = try await bench.run {
            try await $0.execute(
                uri: "/thing",
                method: method,
                headers: [.contentType: contentType],
                body: ByteBuffer(string: "x")
            )
        }

        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.headers[try #require(HTTPField.Name(header))] == "application/json")
    }

    @Test(arguments: [
        "text/html", "application/json;q=0", "image/*, text/plain", "application/json; q=0.000, */*;q=0",
        "*/*;Q=0", "application/json;q=0, application/*;q=0, text/*",
    ])
    func `a caller who reads no JSON is answered 406`(accept: String) async throws {
        let bench = try await HTTPBench()
        var headers = try await bench.headers()
        headers[.accept] = accept

        let answer = try await bench.run { [headers] in
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: headers)
        }

        #expect(answer.status == .notAcceptable)
    }

    @Test(arguments: [
        "*/*", "text/html, application/json;q=0.5", "application/*", "application/problem+json", "Application/JSON",
        "TEXT/HTML, APPLICATION/JSON; Q=0.001", "*/*;q=0, application/json", "application/json ; q = 0.5",
        "text/html;q=1, */*;q=0.1", "application/json; charset=utf-8; q=1.0",
    ])
    func `a caller who reads JSON among others is answered`(accept: String) async throws {
        let bench = try await HTTPBench()
        var headers = try await bench.headers()
        headers[.accept] = accept

        let answer = try await bench.run { [headers] in
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: headers)
        }

        #expect(answer.status == .ok)
    }

    @Test func `text in an error is escaped`() async throws {
        let problem = Problem(pointer: "/a\"b", code: .wrongType, message: "line\nbreak \\ and \u{1}")
        let bench = try await HTTPBench {
            $0.get("bad") { _, _ -> ByteResponse in throw APIError.malformed([problem]) }
        }

        let answer = try await bench.run { try await $0.execute(uri: "/bad", method: .get) }

        #expect(answer.text.contains(#""pointer":"/a\"b""#))
        #expect(answer.text.contains(#""code":"WRONG_TYPE""#))
        #expect(answer.text.contains(#"line\nbreak \\ and \u0001"#))
    }

    @Test func `requests are open while they are handled, those to the controls are not counted`() async throws {
        let bench = try await HTTPBench { _ in }
        let activity = bench.activity
        bench.listener.router.get("open") { _, _ in ByteResponse(bytes: [UInt8(48 + activity.requests)]) }
        bench.listener.router.get("sandbox/open") { _, _ in ByteResponse(bytes: [UInt8(48 + activity.requests)]) }

        let answers = try await bench.run {
            [
                try await $0.execute(uri: "/open", method: .get).text,
                try await $0.execute(uri: "/sandbox/open", method: .get).text,
            ]
        }

        #expect(answers == ["1", "0"])
        #expect(activity.requests == 0)
    }
}
