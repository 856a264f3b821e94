/// One message of a tool's answer, the way it travels: a type, a body whose shape follows from it, and meta data.
public struct ToolInvokeMessage: Sendable, Hashable {
    /// What a message is.
    public enum MessageType: String, Sendable, Hashable, CaseIterable {
        case text
        case link
        case image
        case imageLink = "image_link"
        /// Legal in Dify, refused by the SDK's parser.
        case binaryLink = "binary_link"
        case json
        case variable
        case log
        case blob
        case blobChunk = "blob_chunk"
        case file
        case retrieverResources = "retriever_resources"
    }

    /// What the message is.
    public var type: MessageType
    /// The body: `{"text": …}`, `{"json_object": …}` and so on; null for a file, which lives in ``meta``.
    public var body: JSONValue
    /// What goes with the message, for example a blob's `mime_type`.
    public var meta: JSONObject?

    /// A message with a body of the caller's making.
    public init(type: MessageType, body: JSONValue, meta: JSONObject? = nil) {
        self.type = type
        self.body = body
        self.meta = meta
    }

    /// The message as it travels.
    public var wire: JSONValue {
        [
            "type": .string(type.rawValue), "message": body, "meta": meta.map(JSONValue.object) ?? .null,
        ]
    }

    /// Reads a message off the wire.
    ///
    /// - Returns: nil when the value is no message.
    public init?(wire: JSONValue) {
        guard let type = wire["type"]?.string.flatMap(MessageType.init), let body = wire["message"] else { return nil }
        self.init(type: type, body: body, meta: wire["meta"]?.object)
    }
}

// MARK: - Making messages

extension ToolInvokeMessage {
    /// Plain text.
    public static func text(_ text: String) -> Self { Self(type: .text, body: ["text": .string(text)]) }

    /// A link to follow.
    public static func link(_ url: String) -> Self { Self(type: .link, body: ["text": .string(url)]) }

    /// An image by its address. Dify downloads it and sends an ``MessageType/imageLink`` instead.
    public static func image(_ url: String) -> Self { Self(type: .image, body: ["text": .string(url)]) }

    /// An image that the platform stores, by its address.
    public static func imageLink(_ url: String) -> Self { Self(type: .imageLink, body: ["text": .string(url)]) }

    /// A stored file that is no image, by its address. The SDK refuses this type.
    public static func binaryLink(_ url: String) -> Self { Self(type: .binaryLink, body: ["text": .string(url)]) }

    /// An object or a list.
    ///
    /// - Parameter suppressOutput: Whether Dify keeps the value out of an agent's text (workflow tools do).
    public static func json(_ value: JSONValue, suppressOutput: Bool = false) -> Self {
        Self(type: .json, body: ["json_object": value, "suppress_output": .bool(suppressOutput)])
    }

    /// A named value.
    ///
    /// - Parameter stream: Whether the value is one piece of a text that arrives in pieces.
    public static func variable(_ name: String, _ value: JSONValue, stream: Bool = false) -> Self {
        Self(
            type: .variable,
            body: ["variable_name": .string(name), "variable_value": value, "stream": .bool(stream)])
    }

    /// Bytes, in standard base64.
    ///
    /// - Parameter meta: `mime_type` and `filename`, as far as they are known.
    public static func blob(base64: String, meta: JSONObject? = nil) -> Self {
        Self(type: .blob, body: ["blob": .string(base64)], meta: meta)
    }

    /// A file that the platform stores. The SDK reads it from `meta.file`.
    public static func file(_ file: JSONObject) -> Self {
        Self(type: .file, body: .null, meta: ["file": .object(file)])
    }
}

// MARK: - Reading messages

extension ToolInvokeMessage {
    /// The text of a text, link or image message.
    public var text: String? { body["text"]?.string }

    /// The value of a json message.
    public var jsonObject: JSONValue? { body["json_object"] }

    /// The name and value of a variable message.
    public var variable: (name: String, value: JSONValue)? {
        guard let name = body["variable_name"]?.string, let value = body["variable_value"] else { return nil }
        return (name, value)
    }
}
