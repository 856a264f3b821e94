import DifyProtocol

/// One piece of an app's answer in the words of seeds and scripts, with the call's values filled in.
enum AppPart: Sendable {
    /// A piece of the answer's text, which streams as one object.
    case text(String)
    /// The outputs of a workflow; of a chatflow, what stands beside the answer.
    case outputs(JSONObject)
    /// A run that fails with this text.
    case failed(String)
    /// The end of a round of an agent: what it thought, and the tool that it called.
    case thought(AgentThought)
    /// A file that the app made: `url`, `type`, and if need be `filename`, `mime_type` and `size`.
    case file(JSONObject)
    /// What was retrieved for the answer.
    case retrieverResources([JSONValue])
    /// A text that takes the place of the whole answer.
    case replace(String)
    /// Events as they stand; members of the envelope are added.
    case events([JSONObject])
    /// What the model used, over what follows from the call.
    case usage(JSONObject)
    /// An exception of the platform, as an event.
    case error(AppError)
    /// One object as it stands.
    case raw(JSONObject)

    /// The part that a word stands for; nil for a word that means nothing here or a value that does not fit it.
    init?(_ word: ReplyWord, _ value: JSONValue) {
        switch (word, value) {
        case (.text, _): self = .text(PythonText.str(value))
        case (.failed, _): self = .failed(PythonText.str(value))
        case (.replace, _): self = .replace(PythonText.str(value))
        case (.outputs, .object(let outputs)): self = .outputs(outputs)
        case (.thought, .object(let thought)): self = .thought(AgentThought(thought))
        case (.file, .object(let file)): self = .file(file)
        case (.retrieverResources, .array(let resources)): self = .retrieverResources(resources)
        case (.events, .array(let events)): self = .events(events.compactMap(\.object))
        case (.usage, .object(let usage)): self = .usage(usage)
        case (.errorEvent, .object(let error)): self = .error(AppError(error))
        default: return nil
        }
    }

    /// The object of a part that is one as it stands.
    var raw: JSONObject? {
        if case .raw(let object) = self { object } else { nil }
    }

    /// Whether the part is what streams, letter for letter.
    var isVerbatim: Bool {
        switch self {
        case .events, .raw: true
        default: false
        }
    }
}

/// A part, and how long to wait before it.
struct TimedPart: Sendable {
    let delay: Duration
    let part: AppPart
}
