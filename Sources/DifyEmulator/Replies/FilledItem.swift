import DifyProtocol

/// One item of an answer with its templates filled in: what all derived, canned and scripted answers to anything but
/// tools are made of.
struct FilledItem: Sendable {
    enum Content: Sendable {
        case part(ReplyWord, JSONValue)
        /// The data of one response as it stands.
        case raw(JSONValue)
        /// An exception of the platform.
        case error(String)
        /// An error text that reaches the plugin as it stands.
        case rawError(String)
        /// A refusal before the first byte.
        case refuse(Refusal)
    }

    let delay: Duration
    let content: Content

    init(_ content: Content, delay: Duration = .zero) {
        self.content = content
        self.delay = delay
    }

    /// A word with its value, at once.
    static func part(_ word: ReplyWord, _ value: JSONValue) -> FilledItem { FilledItem(.part(word, value)) }

    /// The value, when this is a part with this word.
    func value(of word: ReplyWord) -> JSONValue? {
        if case .part(word, let value) = content { value } else { nil }
    }
}

extension ReplyItem {
    /// The item with the call's values filled in; nil for what only tools answer.
    func filled(_ context: TemplateContext) -> FilledItem? {
        switch content {
        case .part(let word, let template): FilledItem(.part(word, template.render(context)), delay: delay)
        case .raw(let template): FilledItem(.raw(template.render(context)), delay: delay)
        case .error(let template): FilledItem(.error(template.render(context)), delay: delay)
        case .rawError(let text): FilledItem(.rawError(text), delay: delay)
        case .refuse(let refusal): FilledItem(.refuse(refusal), delay: delay)
        case .message, .outputs, .failed, .response: nil
        }
    }
}

extension [FilledItem] {
    /// The values of a word, in order.
    func values(of word: ReplyWord) -> [JSONValue] { compactMap { $0.value(of: word) } }

    /// The texts of a word, joined.
    func text(of word: ReplyWord) -> String { values(of: word).map(\.templateText).joined() }

    /// The time that passes until the last item, in seconds.
    var duration: Double { reduce(Duration.zero) { $0 + $1.delay }.seconds }
}

extension Duration {
    /// In seconds, to the microsecond.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return (Double(seconds) * 1_000_000 + Double(attoseconds / 1_000_000_000_000)) / 1_000_000
    }
}
