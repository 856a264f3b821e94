/// A place where Dify 1.14.2 cannot answer a plugin at all, or answers what the SDK refuses to read.
///
/// This is the whole list, and each use is told in the call's diagnosis: everything else is as in Dify under both ways.
public enum Quirk: String, Sendable, Hashable, CaseIterable {
    case completionApp = "completion apps"
    case speechToText = "speech2text"
    case multimodal = "multimodal calls"
    case continuedConversation = "continued conversations"
    case booleanParameter = "boolean parameters"
    case arrayParameter = "array parameters"
    case completionParams = "completion_params null"
    case binaryLink = "binary_link"
    case fileMessage = "file messages"
    case localFile = "uploads as local_file"
    case overQuota = "storage over quota"

    /// Whether the places where Dify cannot answer are answered usefully.
    public enum Treatment: String, Sendable, Hashable, CaseIterable {
        /// The call is answered as Dify's documentation describes it.
        case useful
        /// What Dify does.
        case dify
    }

    /// What the diagnosis of a call says that meets the quirk.
    func note(_ treatment: Treatment) -> String {
        switch treatment {
        case .useful: "Dify cannot answer this (\(rawValue)): \(inDify); here: \(usefully)"
        case .dify: "as in Dify (\(rawValue)): \(inDify); --quirks useful answers"
        }
    }

    /// What Dify does.
    public var inDify: String {
        switch self {
        case .completionApp: "HTTP 500: the platform reads a query that the call never carries"
        case .speechToText: "an error: the platform decodes the audio's hex twice"
        case .multimodal: "an error: the platform has no such routes, and its 404 page is not JSON"
        case .continuedConversation:
            "HTTP 400 with an empty message when the session names a user: each call makes a new end user (mended in 1.15.0)"
        case .booleanParameter: "the parameter extractor's types boolean and array[boolean] fail on the tag 'oneof'"
        case .arrayParameter: "the parameter extractor's arrays arrive as {value_type, value}"
        case .completionParams: "a node's model without completion_params, the SDK's own default: \"data is nil\""
        case .binaryLink: "a message type that the SDK refuses to read"
        case .fileMessage: "a message body, the file marker, that the SDK refuses to read"
        case .localFile: "SDK 0.7.4 names a plugin's upload as what it is not, and no app finds it"
        case .overQuota: "the value is refused and yet written"
        }
    }

    /// What the emulator does unless told otherwise.
    public var usefully: String {
        switch self {
        case .completionApp: "answers in the documented form"
        case .speechToText: "the transcript"
        case .multimodal: "vectors and scores in the documented form"
        case .continuedConversation: "the conversation goes on for the same user"
        case .booleanParameter: "both types are extracted"
        case .arrayParameter: "plain lists, as documented"
        case .completionParams: "counts as {}"
        case .binaryLink: "goes out as link"
        case .fileMessage: "travels with message null; the file is in meta.file"
        case .localFile: "apps find the upload"
        case .overQuota: "the value is refused and not written"
        }
    }
}
