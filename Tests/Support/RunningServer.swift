import DifyProtocol
public import Foundation

/// A `dify-emulator serve` of its own on a free port, for one test.
public final class RunningServer {
    /// Its base address.
    public let url: String
    private let process: Process
    private let log: URL

    /// Starts a server and waits for its address.
    ///
    /// - Parameter readsLog: Whether somebody reads the log; otherwise its pipe is closed at the other end.
    public init(_ arguments: [String], folder: URL = Project.root, readsLog: Bool = true) async throws {
        let scratch = try Project.temporaryFolder()
        log = scratch.appending(path: "log")
        try Data().write(to: log)
        let output = Pipe()
        process = Process()
        process.executableURL = Project.command
        process.arguments = ["serve", "--port", "0", "--json"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        let unread = Pipe()
        if readsLog {
            process.standardError = try FileHandle(forWritingTo: log)
        } else {
            process.standardError = unread
        }
        try process.runWithSignals()
        try unread.fileHandleForReading.close()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        guard let greeting = try? JSONParser.parse(utf8: line.split(separator: 0x0A).first ?? []),
            let url = greeting["url"]?.string
        else {
            throw StartError(log: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
        }
        self.url = url
    }

    deinit { if process.isRunning { process.terminate() } }

    /// What the server logged so far.
    public var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Sends a signal and waits for the end.
    ///
    /// - Returns: The exit status.
    public func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// A server that did not come up.
    public struct StartError: Error {
        /// What it logged.
        public let log: String
    }
}
