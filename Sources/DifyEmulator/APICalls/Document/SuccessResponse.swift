import DifyProtocol

/// The response that a document describes for a call that succeeds.
struct SuccessResponse {
    let status: Int
    /// The content type; nil for a response without a body.
    let contentType: String?
    /// What describes the body, for the first content type in the document's order.
    let media: DocumentPart?
    /// Where the response stands; nil when the document describes none.
    let pointer: String?
    /// What there is to say about it.
    let notes: [String]

    /// The first status from 200 to 299 in the document's order, then `2XX`, then `default`.
    init(of document: OperationDocument) {
        let all = document.operation["responses"]?.members ?? []
        let chosen =
            all.first { Self.status($0.key) != nil } ?? all.first { $0.key.uppercased() == "2XX" }
            ?? all.first { $0.key == "default" }
        guard let chosen else {
            self.init(
                status: 200, notes: ["the document describes no success of \(document.shortPointer); the body is empty"]
            )
            return
        }
        let status = Self.status(chosen.key) ?? 200
        guard let response = document.resolved(chosen.part) else {
            let reference = chosen.part.value["$ref"]?.description ?? ""
            self.init(
                status: status, pointer: chosen.part.pointer,
                notes: ["\(chosen.part.pointer): the reference \(reference) points to nothing; the body is empty"])
            return
        }
        if let (type, media) = response["content"]?.members.first {
            self.init(
                status: status, contentType: Self.concrete(type), media: document.resolved(media) ?? media,
                pointer: response.pointer)
        } else if response["schema"] != nil || response["examples"] != nil {
            let type = Self.swaggerType(of: response, in: document)
            self.init(status: status, contentType: type, media: response, pointer: response.pointer)
        } else {
            self.init(status: status, pointer: response.pointer)
        }
    }

    private init(
        status: Int, contentType: String? = nil, media: DocumentPart? = nil, pointer: String? = nil,
        notes: [String] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.media = media
        self.pointer = pointer
        self.notes = notes
    }

    private static func status(_ key: String) -> Int? {
        key.utf8.count == 3 ? Int(key).flatMap { (200...299).contains($0) ? $0 : nil } : nil
    }

    /// A type that a response can have: a range such as `*/*` is none.
    private static func concrete(_ type: String) -> String {
        switch type {
        case "*/*", "application/*": "application/json"
        case "text/*": "text/plain"
        case "image/*": "image/png"
        case "audio/*": "audio/mpeg"
        case "video/*": "video/mp4"
        default: type
        }
    }

    /// In Swagger's manner: the first type that is produced, or that has an example.
    private static func swaggerType(of response: DocumentPart, in document: OperationDocument) -> String {
        let produced = document.operation["produces"] ?? document.root["produces"]
        return produced?.value.array?.first?.string ?? response["examples"]?.members.first?.key ?? "application/json"
    }
}

extension OperationDocument {
    /// How notes call the operation.
    var shortPointer: String { operation.pointer.isEmpty ? "the operation" : operation.pointer }
}
