import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import Adapters

/// The directory, and a server that takes only what is signed.
@Suite struct ObjectStoreTests {
    private static let signature = S3Signature(
        .init(accessKeyID: "bench", secretAccessKey: "a secret of the bench"),
        region: "north"
    )
    private static let now = HTTPBench.start

    @Test(arguments: [
        ("there.jpg", ObjectFinding.present(bytes: 5_000_000)), ("name with ü.jpg", .present(bytes: 7)),
        ("nowhere.jpg", .absent), ("busy.jpg", .unreachable(reason: "answered 503 without a reason")),
        ("unsized.jpg", .unreachable(reason: "the store does not say how large the object is")),
    ])
    func `a store is asked with a signature, and what it says is understood`(
        key: String,
        finding: ObjectFinding
    ) async throws {
        let path = try #require(ObjectPath("J1/\(key)", in: "photos"))
        let found = try await Self.store(secret: "a secret of the bench") { await $0.look(for: path) }
        #expect(found == finding)
    }

    @Test func `what is signed with another secret is refused, and not asked again`() async throws {
        let path = try #require(ObjectPath("J1/there.jpg", in: "photos"))
        let found = try await Self.store(secret: "another") { await $0.look(for: path) }
        #expect(found == .refused(reason: "answered 403 without a reason"))
    }

    @Test func `a store that nobody runs is asked again later`() async throws {
        let call = try Self.call()
        let store = Self.s3("http://127.0.0.1:1", call, secret: "any")
        let found = await store.look(for: try #require(ObjectPath("a.jpg", in: "photos")))
        await call.shutdown()
        #expect(found == .unreachable(reason: "the connection was refused: nothing listens there"))
    }

    @Test func `a link names the object, and a quarter of an hour`() async throws {
        let call = try Self.call()
        let store = Self.s3("https://objects.example:9000", call, secret: "a secret of the bench")
        let path = try #require(ObjectPath("J1/front door.jpg", in: "photos"))
        let link = try #require(store.link(to: path, for: .seconds(900)))
        await call.shutdown()
        let address = "https://objects.example:9000/photos/J1/front%20door.jpg"
        #expect(link.hasPrefix("\(address)?X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
        #expect(link.contains("&X-Amz-Expires=900&"))
        #expect(!link.contains("a secret"))
    }

    @Test func `a directory has what is in it, and nothing that a link leads to`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "objects-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = root.appending(path: "J1")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("a picture".utf8).write(to: folder.appending(path: "front.jpg"))
        let outside = FileManager.default.temporaryDirectory.appending(path: "outside-\(UUID().uuidString)")
        try Data("a secret".utf8).write(to: outside)
        defer { try? FileManager.default.removeItem(at: outside) }
        for (name, target) in [("link.jpg", outside), ("up", FileManager.default.temporaryDirectory)] {
            try FileManager.default.createSymbolicLink(at: folder.appending(path: name), withDestinationURL: target)
        }
        #expect(mkfifo(folder.appending(path: "pipe.jpg").path, 0o600) == 0)
        let store = DirectoryObjectStore(at: root.path)
        func find(_ key: String) async throws -> ObjectFinding {
            await store.look(for: try #require(ObjectPath(key, in: "photos")))
        }

        #expect(try await find("J1/front.jpg") == .present(bytes: 9))
        let front = try #require(ObjectPath("J1/front.jpg", in: "photos"))
        #expect(await store.read(front) == Array("a picture".utf8))
        let absent = [
            "J1/back.jpg", "J1", "J1/link.jpg", "J1/up/\(outside.lastPathComponent)", "J1/front.jpg/more",
            "J1/pipe.jpg",
        ]
        for key in absent {
            #expect(try await find(key) == .absent, "\(key)")
            #expect(await store.read(try #require(ObjectPath(key, in: "photos"))) == nil, "\(key)")
        }
    }

    // MARK: -

    private static func call() throws -> OutboundCall {
        try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(5)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static func s3(_ endpoint: String, _ call: OutboundCall, secret: String) -> S3ObjectStore {
        S3ObjectStore(
            .init(endpoint: endpoint, region: "north", name: "photos"),
            credentials: .init(accessKeyID: "bench", secretAccessKey: secret),
            call: call,
            realNow: { now }
        )
    }

    /// A store on a socket that works the signature out by itself, from the request as it came.
    private static func store<Value: Sendable>(
        secret: String,
        _ body: @escaping @Sendable (S3ObjectStore) async throws -> Value
    ) async throws -> Value {
        let bench = try await HTTPBench { router in
            router.on("photos/**", method: .head) { request, _ in answer(request) }
        }
        let call = try call()
        do {
            let value = try await bench.listener.application().test(.live) { client in
                try await body(s3("http://127.0.0.1:\(client.port ?? 0)", call, secret: secret))
            }
            await call.shutdown()
            return value
        } catch {
            await call.shutdown()
            throw error
        }
    }

    @Sendable private static func answer(_ request: Request) -> Response {
        let path = request.uri.path.removingPercentEncoding ?? ""
        let expected = signature.headers(
            for: .init(method: "HEAD", host: request.head.authority ?? "", path: path),
            at: now
        )
        guard request.headers[.authorization] == expected["authorization"] else { return Response(status: .forbidden) }
        func sized(_ bytes: Int) -> Response {
            let body = ResponseBody(contentLength: bytes) { try await $0.finish(nil) }
            return Response(status: .ok, headers: [.contentLength: "\(bytes)"], body: body)
        }
        switch path.split(separator: "/").last {
        case "there.jpg": return sized(5_000_000)
        case "name with ü.jpg": return sized(7)
        case "busy.jpg": return Response(status: .serviceUnavailable)
        case "unsized.jpg":
            let body = ResponseBody { try await $0.finish(nil) }
            return Response(status: .ok, headers: [.transferEncoding: "chunked"], body: body)
        case _: return Response(status: .notFound)
        }
    }
}
