public import Foundation

/// A command that ran to its end.
public struct ChildProcess: Sendable {
    /// Its exit status.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String

    /// Runs a command in the package's folder.
    public static func run(
        _ arguments: [String], of executable: URL = Project.command, environment: [String: String] = [:],
        input: String = "", folder: URL = Project.root
    ) async throws -> ChildProcess {
        // Files rather than pipes: no amount of output can block the child.
        let scratch = try Project.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try input.write(to: files[0], atomically: false, encoding: .utf8)
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        // A child that hangs must fail its test, not the whole run.
        let guardian = Task {
            try await Task.sleep(for: .seconds(300))
            kill(process.processIdentifier, SIGKILL)
        }
        defer { guardian.cancel() }
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.runWithSignals()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return ChildProcess(
            status: status, output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8))
    }
}
