import DifyProtocol
import Foundation

/// The answer that stands with a tool.
enum CannedAnswer: Sendable {
    /// Written in a seed.
    case items(ReplySequence)
    /// Computed from the parameters and the time, for Dify's own tools.
    case computed(@Sendable (JSONObject, Date) throws(StreamError) -> [ToolInvokeMessage])
}
