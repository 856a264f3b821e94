/// The body of `POST /backwards-invocation/transaction`: one session line that carries one reverse call.
///
/// `{"event":"session","session_id":S,"data":{"type":"invoke","data":{"type":T,"backwards_request_id":B,"request":{…}}}}`
public struct TransactionRequest: Sendable, Hashable {
    /// The plugin's session. The SDK never compares the one in the answer, yet it must be text.
    public let sessionID: String
    /// The id that ties answers to this call.
    public let requestID: String
    /// The call.
    public let invocation: Invocation

    /// A request that carries a call.
    public init(sessionID: String, requestID: String, invocation: Invocation) {
        self.sessionID = sessionID
        self.requestID = requestID
        self.invocation = invocation
    }

    /// Reads a body.
    ///
    /// - Throws: ``TransactionError``, which carries whatever ids could be read, so that it can be answered.
    public init(body: some Collection<UInt8>) throws(TransactionError) {
        let line: JSONValue
        do {
            line = try JSONParser.parse(utf8: body)
        } catch {
            throw TransactionError("unmarshal invoke request failed: the body is not JSON: \(error)")
        }
        let session = line["session_id"]?.string ?? ""
        func refuse(_ reason: String, request: String = "") -> TransactionError {
            TransactionError(reason, sessionID: session, requestID: request)
        }
        guard line.object != nil else {
            throw refuse("unmarshal invoke request failed: expected an object, got \(GoText.kindName(line))")
        }
        guard line["data"]?["type"]?.string == "invoke" else {
            throw refuse(
                "unmarshal invoke request failed: expected a session message of type \"invoke\" under \"data\"")
        }
        guard let call = line["data"]?["data"]?.object, !call.isEmpty else { throw refuse("invoke request is empty") }
        // The daemon shows the whole call; a log line or an exception of that size helps nobody.
        var listing: String { String(GoText.plain(.object(call)).prefix(500)) }
        let requestID = call["backwards_request_id"]?.string
        guard let type = call["type"]?.string else {
            throw refuse("invoke request missing type: \(listing)", request: requestID ?? "")
        }
        guard let requestID else { throw refuse("invoke request missing request_id: \(listing)") }
        guard let request = call["request"]?.object else {
            throw refuse("invoke request missing request: \(listing)", request: requestID)
        }
        guard let type = InvocationType(rawValue: type) else {
            throw TransactionError(
                plain: "unsupported invoke type: \(type)", sessionID: session, requestID: requestID)
        }
        self.init(sessionID: session, requestID: requestID, invocation: Invocation(type: type, request: request))
    }

    /// The body as the SDK writes it.
    public var body: [UInt8] {
        let call: JSONValue = [
            "type": .string(invocation.type.rawValue), "backwards_request_id": .string(requestID),
            "request": .object(invocation.request),
        ]
        let line: JSONValue = [
            "event": "session", "session_id": .string(sessionID), "data": ["type": "invoke", "data": call],
        ]
        var bytes: [UInt8] = []
        JSONWriter.append(line, to: &bytes)
        bytes.append(contentsOf: "\n\n".utf8)
        return bytes
    }
}
