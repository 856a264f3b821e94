import NIOCore
import NIOHTTP1
import NIOPosix

/// Ends a connection on which nothing was heard for the time that ``HTTPClient/readTimeout`` allows.
final class SilenceHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// The server said nothing for too long.
    struct TimedOut: Error {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        context.fireErrorCaught(TimedOut())
        context.close(promise: nil)
    }
}
