import DifyProtocol

/// The bodies of a tool's messages as Dify's models describe them (`ToolInvokeMessage` and
/// `RetrievalSourceMetadata` in `api/core`).
struct MessageModels: Sendable {
    /// The models in the order in which pydantic tries them.
    let all: [PydanticModel]
    /// Whether the type of a message has a say in what its body is.
    let goesByType: Bool

    private static let current = MessageModels(.current)

    /// The models of a release.
    static func of(_ profile: Profile) -> MessageModels { profile == .current ? current : MessageModels(profile) }

    private init(_ profile: Profile) {
        goesByType = profile.has(.typedMessages)
        all = [
            Self.json(profile), Self.text, Self.blobChunk, Self.blob, Self.log(profile), Self.file(profile),
            Self.variable(profile), Self.retrieverResources,
        ]
    }

    // MARK: - Names

    static let jsonName = "JsonMessage"
    static let textName = "TextMessage"
    static let blobChunkName = "BlobChunkMessage"
    static let blobName = "BlobMessage"
    static let fileName = "FileMessage"

    // MARK: - Models

    private static func json(_ profile: Profile) -> PydanticModel {
        let object = PydanticModel.Field(
            name: "json_object", type: profile.has(.typedMessages) ? .objectOrList : .object)
        let quiet = PydanticModel.Field(name: "suppress_output", type: .boolean, standard: false)
        return PydanticModel(name: jsonName, fields: [object] + (profile.has(.quietWorkflowJSON) ? [quiet] : []))
    }

    private static let text = PydanticModel(name: textName, fields: [.init(name: "text", type: .string)])

    private static let blobChunk = PydanticModel(
        name: blobChunkName,
        fields: [
            .init(name: "id", type: .string), .init(name: "sequence", type: .integer),
            .init(name: "total_length", type: .integer), .init(name: "blob", type: .bytes),
            .init(name: "end", type: .boolean),
        ])

    private static let blob = PydanticModel(name: blobName, fields: [.init(name: "blob", type: .bytes)])

    private static func log(_ profile: Profile) -> PydanticModel {
        let metadata =
            profile.has(.logMetadata)
            ? PydanticModel.Field(
                name: "metadata", type: .object, standard: [:], prepare: { $0.isTruthy ? $0 : .json([:]) })
            : optional("metadata", .object)
        return PydanticModel(
            name: "LogMessage",
            fields: [
                .init(name: "id", type: .string), .init(name: "label", type: .string), optional("parent_id", .string),
                optional("error", .string), .init(name: "status", type: .choice(["start", "error", "success"])),
                .init(name: "data", type: .object), metadata,
            ])
    }

    /// Before 1.12.0 a model without fields, which everything is that is nothing else.
    private static func file(_ profile: Profile) -> PydanticModel {
        guard profile.has(.typedMessages) else { return PydanticModel(name: fileName, fields: []) }
        return PydanticModel(
            name: fileName, fields: [.init(name: "file_marker", type: .string, standard: "file_marker")],
            check: { body throws(PythonException) in
                guard body["file_marker"] != nil else {
                    throw .value("Invalid FileMessage: missing file_marker")
                }
            })
    }

    private static func variable(_ profile: Profile) -> PydanticModel {
        let takesNull = profile.has(.nullVariables)
        return PydanticModel(
            name: "VariableMessage",
            fields: [
                .init(name: "variable_name", type: .string, prepare: unreserved),
                .init(name: "variable_value", type: .any),
                .init(name: "stream", type: .boolean, standard: false),
            ],
            check: { body throws(PythonException) in
                let value = body["variable_value"] ?? .json(.null)
                if !takesNull, value == .json(.null) { throw .value("Only basic types and lists are allowed.") }
                guard body["stream"]?.isTruthy == true, value.json?.string == nil else { return }
                throw .value("When 'stream' is True, 'variable_value' must be a string.")
            })
    }

    @Sendable
    private static func unreserved(_ name: PythonValue) throws(PythonException) -> PythonValue {
        switch name.json {
        case .string(let text)? where ["json", "text", "files"].contains(text):
            throw .value("The variable name '\(text)' is reserved.")
        case .array?, .object?: throw .other("unhashable type: '\(name.typeName)'")
        default: return name
        }
    }

    private static let retrieverResources = PydanticModel(
        name: "RetrieverResourceMessage",
        fields: [
            .init(name: "retriever_resources", type: .elements(.model(source))),
            .init(name: "context", type: .string),
        ])

    private static let source = PydanticModel(
        name: "RetrievalSourceMetadata",
        fields: [
            optional("position", .integer), optional("dataset_id", .string), optional("dataset_name", .string),
            optional("document_id", .string), optional("document_name", .string),
            optional("data_source_type", .string), optional("segment_id", .string),
            optional("retriever_from", .string), optional("score", .float), optional("hit_count", .integer),
            optional("word_count", .integer), optional("segment_position", .integer),
            optional("index_node_hash", .string), optional("content", .string), optional("page", .integer),
            optional("doc_metadata", .object), optional("title", .string),
            optional("files", .elements(.object)), optional("summary", .string),
        ])

    private static func optional(_ name: String, _ type: PydanticType) -> PydanticModel.Field {
        .init(name: name, type: .optional(type), standard: .null)
    }
}
