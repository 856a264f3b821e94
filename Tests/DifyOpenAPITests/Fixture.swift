import DifyProtocol
import Foundation
import Testing

/// Documents beside the tests, and what Dify's own importer made of them.
///
/// `DIFY_EMULATOR_OPENAPI` names the folder of another set of the same shape.
enum Fixture {
    /// Most disagreements that are told one by one.
    private static let shown = 20

    /// The folder named by `DIFY_EMULATOR_OPENAPI`.
    private static var otherFolder: URL? {
        guard let path = ProcessInfo.processInfo.environment["DIFY_EMULATOR_OPENAPI"], !path.isEmpty else { return nil }
        return URL(fileURLWithPath: path, isDirectory: true)
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: url(name), encoding: .utf8)
    }

    /// Compares every entry of a file with what this program does: `check` says what differs, or nil. Prints how many
    /// agreed.
    static func run(_ file: String, _ check: (String, JSONValue) throws -> String?) throws {
        let url = try url(file)
        if let otherFolder, !FileManager.default.fileExists(atPath: url.path) {
            #expect(FileManager.default.fileExists(atPath: otherFolder.path), "DIFY_EMULATOR_OPENAPI names no folder")
            print("openapi \(file): none in \(otherFolder.path)")
            return
        }
        let entries = try #require(JSONParser.parse(utf8: Data(contentsOf: url), dialect: .python).object)
        #expect(!entries.isEmpty, "\(file) has no entries")
        var differing: [String] = []
        for (name, value) in entries {
            do {
                if let difference = try check(name, value) { differing.append("\(name): \(difference)") }
            } catch {
                differing.append("\(name): \(error)")
            }
        }
        for line in differing.prefix(shown) { Issue.record("\(file): \(line)") }
        if differing.count > shown { Issue.record("\(file): \(differing.count - shown) more differ") }
        print("openapi \(file): \(entries.count - differing.count) of \(entries.count) agree")
    }

    private static func url(_ name: String) throws -> URL {
        if let otherFolder { return otherFolder.appendingPathComponent(name) }
        return try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
    }
}
