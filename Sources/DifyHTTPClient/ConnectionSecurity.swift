import DifyEmulator
import NIOCore

#if TLS
    import NIOSSL
#endif

/// Whether a connection is encrypted.
///
/// TLS comes with the package trait `TLS`, which brings swift-nio-ssl: an emulator is built in half the time without it.
struct ConnectionSecurity: Sendable {
    let defaultPort: Int
    #if TLS
        private let handshake: Handshake?

        private struct Handshake: Sendable {
            let context: NIOSSLContext
            /// The server's name; nil for an address, which certificates are seldom for.
            let name: String?
        }
    #endif

    /// - Throws: ``LiveFailure`` for `https` in a program that was built without TLS.
    init(_ request: WireRequest) throws(LiveFailure) {
        guard request.scheme == "https" else {
            defaultPort = 80
            #if TLS
                handshake = nil
            #endif
            return
        }
        defaultPort = 443
        #if TLS
            do {
                let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                handshake = Handshake(context: context, name: Self.isAddress(request.host) ? nil : request.host)
            } catch {
                throw LiveFailure("\(error)", kind: .emulator)
            }
        #else
            throw LiveFailure(
                "dify-emulator: \(request.host) is called by https, and this program was built without TLS; "
                    + "build it with `swift build --traits TLS`", kind: .emulator)
        #endif
    }

    /// Puts encryption before everything else, where it is asked for.
    func addHandler(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        #if TLS
            guard let handshake else { return }
            try pipeline.addHandler(
                NIOSSLClientHandler(context: handshake.context, serverHostname: handshake.name))
        #endif
    }

    #if TLS
        private static func isAddress(_ host: String) -> Bool {
            (try? SocketAddress(ipAddress: host, port: 0)) != nil
        }
    #endif
}
