public import DifyProtocol

/// What Dify would do with a call of a tool: where each argument goes, the HTTP request of a custom tool, and the traps
/// on the way. Nothing is sent and nothing is answered.
///
/// ```swift
/// let call = ToolInvocation(kind: .api, provider: id, tool: "addPet", parameters: ["name": "Rex"])
/// let explanation = platform.explain(call)
/// print(explanation.request?.url ?? explanation.failure?.message ?? "")
/// ```
public struct CallExplanation: Sendable {
    /// The HTTP request of a custom tool, secrets masked.
    public struct Request: Sendable, Hashable {
        /// One line of the head.
        public struct Header: Sendable, Hashable {
            /// The name as it is written.
            public let name: String
            /// The value; of a secret only both ends are shown.
            public let value: String
        }

        /// The method, in capitals.
        public let method: String
        /// The address on the line.
        public let url: String
        /// The head, in order.
        public let headers: [Header]
        /// The body as text.
        public let body: String
    }

    /// What became of an argument.
    public struct Argument: Sendable, Hashable {
        /// The parameter's name.
        public let name: String
        /// Its type in Dify; nil for an argument that is no parameter.
        public let type: String?
        /// Where it goes: `path`, `query`, `header`, `cookie`, `body` or `nowhere`; nil for tools that are not called
        /// over HTTP, and for requests that cannot be built.
        public let destination: String?
        /// What the caller gives; nil when it gives nothing.
        public let given: JSONValue?
        /// What Dify's cast makes of it.
        public let cast: JSONValue?
        /// The text in the request; nil when it is left out.
        public let sent: String?
        /// What happened on the way, where that may surprise.
        public let remark: String?
        /// Where the document declares it.
        public let place: DocumentPlace?
    }

    /// Something that Dify does to this call and that its caller hardly meant.
    public struct Trap: Sendable, Hashable {
        /// What it comes from.
        public let place: DocumentPlace
        /// What happens.
        public let problem: String
        /// What to do about it.
        public let remedy: String
    }

    /// Something that the API would reject by its own document.
    public struct Violation: Sendable, Hashable {
        /// What of the request it is about.
        public let subject: String
        /// What is wrong with it.
        public let problem: String
        /// What in the document says so.
        public let place: DocumentPlace
    }

    /// Why no request comes about.
    public struct Failure: Sendable, Hashable {
        /// How far the call came.
        public enum Stage: String, Sendable, Hashable {
            /// The tool is looked for.
            case lookup
            /// The arguments are cast.
            case cast
            /// The request is built.
            case request
        }

        /// What failed.
        public let stage: Stage
        /// Dify's text.
        public let message: String
    }

    /// The call in one line.
    public let call: String
    /// The tool; nil when none is found.
    public let tool: ToolIdentity?
    /// The request; nil for other kinds than custom tools, and when it cannot be built.
    public internal(set) var request: Request?
    /// The arguments, in the order in which Dify places them.
    public internal(set) var arguments: [Argument] = []
    /// The traps that this call meets.
    public internal(set) var traps: [Trap] = []
    /// What the API would reject.
    public internal(set) var violations: [Violation] = []
    /// Why there is no request.
    public internal(set) var failure: Failure?
    /// What would answer the call.
    public internal(set) var answer: String = ""
    /// What else there is to say.
    public internal(set) var notes: [String] = []

    init(call: String, tool: ToolIdentity?) {
        self.call = call
        self.tool = tool
    }
}
