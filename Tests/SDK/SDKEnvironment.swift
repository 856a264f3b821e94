import Foundation
import TestSupport

/// A virtual environment with one generation of the SDK, made on first use under `.build`.
struct SDKEnvironment: Sendable {
    /// What pip is asked for.
    let requirement: String
    /// How the environment is called.
    let name: String
    /// The Python to make it with; nil where there is none of a fitting version.
    private let python: URL?

    static let oldest = SDKEnvironment(
        requirement: "dify_plugin==0.7.4", name: "sdk-0.7.4", minors: [11, 12, 13])
    static let newest = SDKEnvironment(requirement: "dify_plugin", name: "sdk-newest", minors: [12, 13, 14])

    private init(requirement: String, name: String, minors: [Int]) {
        self.requirement = requirement
        self.name = name
        python = minors.lazy.compactMap(Self.interpreter).first
    }

    /// Whether there is a Python for it.
    var isAvailable: Bool { python != nil }

    /// The environment's interpreter, with SDK and pytest installed.
    func prepared() async throws -> URL {
        let folder = Project.root.appending(path: ".build/\(name)")
        let interpreter = folder.appending(path: "bin/python")
        let marker = folder.appending(path: "ready")
        let packages = [requirement, "pytest", "jsonschema"]
        let wanted = Data(packages.joined(separator: "\n").utf8)
        if FileManager.default.contents(atPath: marker.path) == wanted { return interpreter }
        guard let python else { throw SetupError(step: "find a Python", details: name) }
        try? FileManager.default.removeItem(at: folder)
        print("making \(folder.path) with \(requirement) from PyPI")
        try await step(python, ["-m", "venv", folder.path])
        try await step(
            interpreter, ["-m", "pip", "install", "-q", "--disable-pip-version-check"] + packages)
        try wanted.write(to: marker)
        return interpreter
    }

    private func step(_ executable: URL, _ arguments: [String]) async throws {
        let result = try await ChildProcess.run(arguments, of: executable)
        guard result.status == 0 else {
            throw SetupError(step: arguments.joined(separator: " "), details: String(result.errors.suffix(2000)))
        }
    }

    /// A Python of this minor version that really starts: on the path, or one that pyenv keeps.
    private static func interpreter(minor: Int) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let versions = (environment["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv") + "/versions"
        let kept = ((try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? [])
            .filter { $0.hasPrefix("3.\(minor).") }.map { "\(versions)/\($0)/bin" }
        return (folders + kept).lazy.map { URL(fileURLWithPath: "\($0)/python3.\(minor)") }.first(where: starts)
    }

    private static func starts(_ python: URL) -> Bool {
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", "import venv, ensurepip"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// A step of the set-up that failed.
    struct SetupError: Error, CustomStringConvertible {
        let step: String
        let details: String

        var description: String { "\(step) failed: \(details)" }
    }
}
