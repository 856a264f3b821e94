import DifyProtocol

/// What the emulator has to say about a call beside Dify's own text: what was looked up, what answered, what came
/// nearest and what to change.
public struct Diagnosis: Sendable, Hashable {
    /// What was called, in one line.
    public var call: String
    /// What answered: a script, a reply, a refusal.
    public var source: AnswerSource
    /// Findings, in the order in which they came up. Empty for a call about which there is nothing to say.
    public var notes: [String]

    init(call: String, source: AnswerSource = .none, notes: [String] = []) {
        self.call = call
        self.source = source
        self.notes = notes
    }
}

/// Where an answer came from.
public enum AnswerSource: Sendable, Hashable, CustomStringConvertible {
    /// A script, by its name.
    case script(String)
    /// The reply that stands with the tool, the model or the app.
    case reply
    /// The API of a custom tool itself, called at this address.
    case live(String)
    /// Made up from the document of a custom tool's API.
    case generated
    /// Made up from the call: a model, an app or a node without a reply.
    case derived
    /// The platform itself: storage and files are real.
    case platform
    /// A closure of a Swift program.
    case closure
    /// A placeholder for a tool without a reply (lenient).
    case placeholder
    /// The call was refused or failed before anything answered.
    case refusal
    /// Nothing answered: the tool has neither reply nor script.
    case none

    public var description: String {
        switch self {
        case .script(let name): "script \"\(name)\""
        case .reply: "reply"
        case .live(let url): "live request to \(url)"
        case .generated: "generated from the document"
        case .derived: "derived answer"
        case .platform: "platform"
        case .closure: "closure"
        case .placeholder: "placeholder"
        case .refusal: "refused"
        case .none: "no reply"
        }
    }
}
