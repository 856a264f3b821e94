import DifyEmulator
import DifyProtocol
import Testing

/// What Dify's message model makes of what a tool sends. The expectations come from the model itself, run with
/// pydantic 2.12.5.
struct MessageReadingTests {
    private static let chunk = #""id":"a","total_length":2,"blob":"aGk=""#
    private static let log = #""id":"1","label":"L","status":"start","data":{}"#

    @Test(
        "the body alone decides what a message is",
        arguments: [
            (
                #"{"message":{"json_object":[],"text":"x"}}"#, "JsonMessage",
                #"{"json_object":[],"suppress_output":false}"#
            ),
            (#"{"message":{"text":"x","blob":"aGk="}}"#, "TextMessage", #"{"text":"x"}"#),
            // A blob that cannot be decoded fits less exactly.
            (#"{"message":{"file_marker":"x","blob":"aGk"}}"#, "FileMessage", #"{"file_marker":"x"}"#),
            (#"{"message":{"file_marker":"x","blob":"aGk="}}"#, "BlobMessage", #"{"blob":"aGk="}"#),
            (
                #"{"message":{"variable_name":"x","variable_value":1,"retriever_resources":[],"context":""}}"#,
                "VariableMessage", #"{"variable_name":"x","variable_value":1,"stream":false}"#
            ),
            (
                #"{"type":"blob_chunk","message":{"sequence":" +1_0.0 ","end":"Off",\#(chunk)}}"#, "BlobChunkMessage",
                #"{"id":"a","sequence":10,"total_length":2,"blob":"hi","end":false}"#
            ),
            (
                #"{"type":"blob_chunk","message":{"sequence":1.5,"end":true,\#(chunk)}}"#, "BlobMessage",
                #"{"blob":"aGk="}"#
            ),
            (
                #"{"type":"json","message":{"suppress_output":true,"blob":5}}"#, "JsonMessage",
                #"{"json_object":{"suppress_output":true,"blob":5},"suppress_output":false}"#
            ),
            (#"{"type":"file","message":{"text":"x"}}"#, "FileMessage", #"{"file_marker":"file_marker"}"#),
            (
                #"{"type":"log","message":{"metadata":0,\#(log)}}"#, "LogMessage",
                #"{"id":"1","label":"L","parent_id":null,"error":null,"status":"start","data":{},"metadata":{}}"#
            ),
        ])
    func bodies(_ message: String, _ model: String, _ body: String) throws {
        let received = try ReceivedMessage(try JSONParser.parse(message))
        #expect(received.bodyModel == model)
        #expect(try received.outgoing().body.description == body)
    }

    @Test(
        "what is no message is refused in Python's words",
        arguments: [
            (#"{"type":"variable","message":{"variable_name":["x"],"variable_value":1}}"#, "unhashable type: 'list'"),
            (#"{"type":"text","message":[]}"#, "'list' object has no attribute 'get'"),
            (#"{"type":"log","message":{"metadata":5,\#(log)}}"#, "13 validation errors for ToolInvokeMessage"),
            (#"{"type":"bogus","message":{}}"#, "18 validation errors for ToolInvokeMessage"),
            (#"{"type":"bogus","message":{"text":"x"},"meta":5}"#, "2 validation errors for ToolInvokeMessage"),
            (
                #"{"message":{"retriever_resources":[{"page":"x"},5],"context":"c"}}"#,
                "17 validation errors for ToolInvokeMessage"
            ),
        ])
    func refusals(_ message: String, _ text: String) throws {
        let message = try JSONParser.parse(message)
        let error = #expect(throws: MessageError.self) { try ReceivedMessage(message) }
        #expect(error?.text.split(separator: "\n").first.map(String.init) == text)
    }

    @Test func longInputIsShownByItsEnds() throws {
        let message: JSONValue = [
            "message": ["text": 5, "größe": .string(String(repeating: "ü", count: 40))]
        ]
        let error = #expect(throws: MessageError.self) { try ReceivedMessage(message) }
        let lines = (error?.text ?? "").split(separator: "\n")
        #expect(
            lines.dropFirst().prefix(6) == [
                "message.JsonMessage.json_object",
                "  Field required [type=missing, input_value={'text': 5, 'größe': '...üüüüüüüüüüü'}, input_type=dict]",
                "    For further information visit https://errors.pydantic.dev/2.12/v/missing",
                "message.TextMessage.text",
                "  Input should be a valid string [type=string_type, input_value=5, input_type=int]",
                "    For further information visit https://errors.pydantic.dev/2.12/v/string_type",
            ])
    }

    @Test(
        "bytes that are no text cannot travel as text",
        arguments: [
            ("/w==", "invalid utf-8 sequence of 1 bytes from index 0"),
            ("4oI=", "incomplete utf-8 byte sequence from index 0"),
            ("YeKCYg==", "invalid utf-8 sequence of 2 bytes from index 1"),
            ("7aCA", "invalid utf-8 sequence of 1 bytes from index 0"),
        ])
    func undecodable(_ base64: String, _ mistake: String) throws {
        let chunk: JSONValue = ["id": "a", "sequence": 0, "total_length": 1, "blob": .string(base64), "end": true]
        let received = try ReceivedMessage(["type": "blob_chunk", "message": chunk])
        let error = #expect(throws: MessageError.self) { try received.outgoing() }
        #expect(error?.text == "Error serializing to JSON: \(mistake)")
    }

    @Test(
        "earlier releases had other models",
        arguments: [
            ("1.11.4", #"{"type":"file","message":{}}"#, "{}"),
            ("1.11.4", #"{"type":"json","message":{"json_object":[1]}}"#, "{}"),
            ("1.11.4", #"{"type":"json","message":{"a":1}}"#, "{}"),
            ("1.9.2", #"{"type":"json","message":{"json_object":{"a":1}}}"#, #"{"json_object":{"a":1}}"#),
            (
                "1.8.1", #"{"type":"log","message":{\#(log)}}"#,
                #"{"id":"1","label":"L","parent_id":null,"error":null,"status":"start","data":{},"metadata":null}"#
            ),
        ])
    func releases(_ release: String, _ message: String, _ body: String) throws {
        let received = try ReceivedMessage(try JSONParser.parse(message), profile: try Profile(release))
        #expect(try received.outgoing().body.description == body)
    }
}
