import Foundation
import TestSupport
import Testing

/// The real SDK from PyPI calls the built server: the pytest suites in `suite`, once for each SDK generation.
@Suite(.serialized)
struct SDKTests {
    @Test(.enabled(if: SDKEnvironment.oldest.isAvailable, "no Python 3.11 to 3.13 here: SDK 0.7.4 is NOT tested"))
    func sdk0_7_4() async throws { try await run(.oldest) }

    @Test(.enabled(if: SDKEnvironment.newest.isAvailable, "no Python 3.12 or later here: the newest SDK is NOT tested"))
    func newestSDK() async throws { try await run(.newest) }

    private func run(_ environment: SDKEnvironment) async throws {
        let python = try await environment.prepared()
        let result = try await ChildProcess.run(
            ["-m", "pytest", "-q", "-p", "no:cacheprovider", Project.file("Tests/SDK/suite")], of: python,
            environment: ["DIFY_EMULATOR": Project.command.path, "PYTHONDONTWRITEBYTECODE": "1"])
        #expect(result.status == 0, "\(result.output.suffix(6000))\n\(result.errors.suffix(2000))")
        let summary = result.output.split(separator: "\n").last ?? ""
        print("\(environment.name): \(summary)")
    }
}
