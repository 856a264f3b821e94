/// The envelope in which a reply event travels to a plugin, over every transport.
public struct BackwardsResponse: Sendable, Hashable {
    /// The plugin's session.
    public let sessionID: String
    /// The call that is answered.
    public let requestID: String
    /// Whether the call's answer is a stream; only the word beside each response depends on it.
    public let isStreaming: Bool

    /// An envelope for the answers to one call.
    public init(sessionID: String, requestID: String, isStreaming: Bool) {
        self.sessionID = sessionID
        self.requestID = requestID
        self.isStreaming = isStreaming
    }

    /// Appends one event as a line of JSON followed by an empty line, keys in the daemon's order.
    ///
    /// U+2028, U+2029 and U+0085 are escaped, because the SDK's HTTP client would split the line there.
    public func append(_ event: ReplyEvent, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: #"{"session_id":"#.utf8)
        JSONWriter.append(sessionID, to: &bytes, style: .line)
        bytes.append(
            contentsOf: #","conversation_id":null,"message_id":null,"app_id":null,"endpoint_id":null,"context":null"#
                .utf8)
        bytes.append(contentsOf: #","event":"backwards_response","data":{"backwards_request_id":"#.utf8)
        JSONWriter.append(requestID, to: &bytes, style: .line)
        switch event {
        case .response(let data):
            bytes.append(contentsOf: #","event":"response","message":"#.utf8)
            bytes.append(contentsOf: (isStreaming ? #""stream""# : #""struct""#).utf8)
            bytes.append(contentsOf: #","data":"#.utf8)
            JSONWriter.append(data, to: &bytes, style: .line)
        case .error(let failure):
            bytes.append(contentsOf: #","event":"error","message":"#.utf8)
            JSONWriter.append(failure.text, to: &bytes, style: .line)
            bytes.append(contentsOf: #","data":null"#.utf8)
        case .end:
            bytes.append(contentsOf: #","event":"end","message":"","data":null"#.utf8)
        }
        bytes.append(contentsOf: "}}\n\n".utf8)
    }

    /// Reads the event out of one line, as the SDK does.
    ///
    /// - Returns: nil when the line is no backwards response.
    public static func event(in line: JSONValue) -> ReplyEvent? {
        guard let data = line["data"], let word = data["event"]?.string else { return nil }
        switch word {
        case "response": return data["data"].map(ReplyEvent.response)
        case "error": return .error(data["message"]?.string ?? "")
        case "end": return .end
        default: return nil
        }
    }
}
