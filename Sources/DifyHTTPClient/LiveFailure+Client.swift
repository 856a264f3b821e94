import DifyEmulator
import NIOCore
import NIOHTTP1
import NIOPosix

extension LiveFailure {
    /// What Python's sockets, httpcore and h11 say of the same mishap.
    init(clientError error: any Error) {
        switch error {
        case let failure as LiveFailure: self = failure
        case let error as NIOConnectionError: self.init(Self.text(of: error))
        case ChannelError.connectTimeout, is SilenceHandler.TimedOut: self.init("timed out")
        case is ResponseReading.Disconnected: self.init("Server disconnected without sending a response.")
        case let error as ResponseReading.CutShort: self.init(Self.text(of: error))
        case let error as IOError: self.init(Self.text(of: error))
        case let error as HTTPParserError: self.init("the response is no HTTP: \(error)")
        case is CancellationError: self.init("the call was given up", kind: .emulator)
        default: self.init("\(error)")
        }
    }

    private static func text(of error: NIOConnectionError) -> String {
        guard let single = error.connectionErrors.first else { return "[Errno -2] Name or service not known" }
        switch single.error {
        case ChannelError.connectTimeout: return "timed out"
        case let error as IOError: return text(of: error)
        default: return "\(single.error)"
        }
    }

    private static func text(of error: IOError) -> String {
        "[Errno \(error.errnoCode)] \(String(cString: strerror(error.errnoCode)))"
    }

    private static func text(of error: ResponseReading.CutShort) -> String {
        let detail =
            error.announced.map { "received \(error.received) bytes, expected \($0)" } ?? "incomplete chunked read"
        return "peer closed connection without sending complete message body (\(detail))"
    }
}
