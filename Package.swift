// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6, explicit existentials, imports only where written, warnings as errors.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

/// The allocator: 4 to 17 % more accepts a second than with the C library's (docs/adr/0014). The toolchain's linker, and addresses
/// that are adjusted at start in their short form: 4.5 MB less memory (docs/adr/0016).
let program: [LinkerSetting] = [
    .linkedLibrary("jemalloc"),
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
        .when(configuration: .release)
    ),
]

let package = Package(
    name: "patchbay",
    products: [.executable(name: "patchbay", targets: ["patchbay"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries, each behind a small C target: a header edit rebuilds what stands on it.
        .target(
            name: "CLibXML2",
            cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])],
            linkerSettings: [.linkedLibrary("xml2")]
        ),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),

        .target(name: "CFileStatus"),

        .target(name: "Domain", swiftSettings: strict),
        .target(name: "Formats", dependencies: ["CLibXML2", "CSimdJSON", "CZlib"], swiftSettings: strict),
        .target(
            name: "Storage",
            dependencies: [
                "CFileStatus", "Domain", "Formats", logging, metrics, collections, crypto,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Engine",
            dependencies: ["Domain", "Storage", logging, metrics, collections, lifecycle, crypto],
            swiftSettings: strict
        ),
        .target(
            name: "Adapters",
            dependencies: [
                "Domain", "Engine", "Formats", "Storage", hummingbird, asyncHTTPClient, logging, metrics, collections,
                crypto, lifecycle,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ] + nio,
            resources: [
                // The looks and the script of the pages below /docs.
                .embedInCode("Documentation/Assets/docs.css"),
                .embedInCode("Documentation/Assets/docs.js"),
                // Published tables, as dated data in the program (decision 40).
                .embedInCode("Installation/Data/closure-codes.json"),
                .embedInCode("Installation/Data/installation-texts.json"),
                .embedInCode("Installation/Data/question-matrix.json"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Sandbox",
            dependencies: [
                "Adapters", "Domain", "Engine", "Formats", "Storage", hummingbird, asyncHTTPClient, logging,
                crypto, lifecycle,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ] + nio,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "patchbay",
            dependencies: [
                "Sandbox", "Adapters", "Engine", "Storage", "Formats", "Domain", hummingbird,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                asyncHTTPClient, logging, lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            linkerSettings: program
        ),

        .systemLibrary(name: "CEpoll", path: "Benchmarks/CEpoll"),
        .executableTarget(
            name: "patchbay-bench",
            dependencies: [
                "Sandbox", "Adapters", "Engine", "Storage", "Formats", "Domain", "CLibXML2", "CEpoll", hummingbird,
                logging,
                metrics,
                lifecycle,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ] + nio,
            path: "Benchmarks/patchbay-bench",
            swiftSettings: strict,
            linkerSettings: program
        ),

        .target(
            name: "CFaultyDisk",
            path: "Tests/CFaultyDisk",
            linkerSettings: [.linkedLibrary("sqlite3")]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["CFaultyDisk", "Domain", "Storage", "Engine", "Adapters"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
        .testTarget(name: "FormatsTests", dependencies: ["Formats"], swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Domain", "Storage", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(name: "EngineTests", dependencies: ["Engine", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AdaptersTests",
            dependencies: [
                "Adapters", "TestSupport", .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            exclude: [
                "Ticketing/Corpus/Files", "Ticketing/Golden", "Installation/Corpus/Cases",
                "Installation/Corpus/Messages",
                "Installation/Golden", "TenantUpdates/Golden",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "patchbay", "Domain", "Engine", "Formats", .product(name: "HTTPTypes", package: "swift-http-types"),
                "Sandbox", "TestSupport", asyncHTTPClient,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Released/v0.1.0"],
            swiftSettings: strict
        ),
        .testTarget(name: "RepositoryTests", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// `make fuzz` alone: libFuzzer brings a `main` that has no place in other builds.
if Context.environment["PATCHBAY_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "patchbay-fuzz",
            dependencies: ["Formats"],
            path: "Fuzz/patchbay-fuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
