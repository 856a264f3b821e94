/// A text or an image, for models that read both.
public struct MultimodalContent: Sendable, Hashable {
    /// The text, or the image in base64.
    public let content: String
    /// `text` or `image`.
    public let contentType: String

    /// A text or an image.
    public init(content: String, contentType: String) {
        self.content = content
        self.contentType = contentType
    }

    init(reading fields: RequestFields) {
        content = fields.text("content", as: "Content", .required)
        contentType = fields.text(
            "content_type", as: "ContentType", .required,
            .oneOf(["text", "image"], tag: "multimodal_content_type"), type: "model_entities.MultimodalContentType")
    }

    /// The content as the SDK sends it.
    var value: JSONValue { ["content": .string(content), "content_type": .string(contentType)] }
}
