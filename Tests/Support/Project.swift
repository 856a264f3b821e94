public import Foundation

/// Where the tests find what they test.
public enum Project {
    /// The package's folder.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The built command, beside the test runner.
    public static let command = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "dify-emulator")

    /// A file of the package.
    public static func file(_ path: String) -> String { root.appending(path: path).path }

    /// A new empty folder, which the caller may leave behind.
    public static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dify-emulator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
