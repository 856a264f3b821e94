// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "dify-emulator",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DifyProtocol", targets: ["DifyProtocol"]),
        .library(name: "DifyOpenAPI", targets: ["DifyOpenAPI"]),
        .library(name: "DifyEmulator", targets: ["DifyEmulator"]),
        .library(name: "DifyHTTPClient", targets: ["DifyHTTPClient"]),
        .library(name: "DifyServer", targets: ["DifyServer"]),
        .executable(name: "dify-emulator", targets: ["dify-emulator"]),
    ],
    traits: [
        .trait(
            name: "TLS",
            description: "Live calls of https addresses. Brings swift-nio-ssl, which takes minutes to build.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "DifyProtocol",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")],
            swiftSettings: settings
        ),
        .target(
            name: "DifyOpenAPI",
            dependencies: [
                "DifyProtocol",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "DifyEmulator",
            dependencies: [
                "DifyProtocol", "DifyOpenAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "DifyHTTPClient",
            dependencies: [
                "DifyEmulator",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "DifyServer",
            dependencies: [
                "DifyProtocol", "DifyEmulator",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "dify-emulator",
            dependencies: [
                "DifyProtocol", "DifyOpenAPI", "DifyEmulator", "DifyHTTPClient", "DifyServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DifyProtocolTests", dependencies: ["DifyProtocol", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "DifyOpenAPITests",
            dependencies: ["DifyProtocol", "DifyOpenAPI"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DifyEmulatorTests",
            dependencies: [
                "DifyProtocol", "DifyEmulator", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DifyServerTests",
            dependencies: ["DifyProtocol", "DifyEmulator", "DifyServer", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["DifyProtocol", "TestSupport", "dify-emulator"],
            swiftSettings: settings
        ),
        // Drives the built command with the real SDK, by way of the pytest suites in Tests/SDK/suite.
        .testTarget(
            name: "SDKTests",
            dependencies: ["TestSupport", "dify-emulator"],
            path: "Tests/SDK",
            exclude: ["suite"],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport", dependencies: ["DifyProtocol"], path: "Tests/Support", swiftSettings: settings),
    ]
)
