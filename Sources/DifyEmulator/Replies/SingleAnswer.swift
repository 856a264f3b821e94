import DifyProtocol

/// Calls that Dify answers with exactly one object.
protocol SingleAnswerCall: AnswerableCall {
    /// The object that the parts of an answer make.
    ///
    /// - Throws: ``FailedCall`` for parts that fail as Dify's platform or daemon would.
    func data(of items: [FilledItem]) throws(FailedCall) -> JSONObject

    /// How an exception while answering reaches the plugin.
    func failure(exception text: String) -> ReplyFailure
}

extension SingleAnswerCall {
    func failure(exception text: String) -> ReplyFailure { subject.type.failure(exception: text) }

    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled] {
        // What ends the answer decides; everything before it takes only time.
        var wait = Duration.zero
        for item in items {
            wait += item.delay
            switch item.content {
            case .raw(let data): return [.init(delay: wait, event: .response(data), isVerbatim: true)]
            case .error(let text): return [.error(failure(exception: text), delay: wait)]
            case .rawError(let text): return [.error(text, delay: wait)]
            case .refuse(let refusal): return [.error(subject.type.failure(refusal: refusal), delay: wait)]
            case .part: continue
            }
        }
        do {
            return [.response(try data(of: items), delay: wait)]
        } catch {
            return [.error(error.failure, delay: wait)]
        }
    }
}
