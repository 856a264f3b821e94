/// What a tool, a model, an app or a script answers: one list of items, or one list for each successive call.
struct ReplySequence: Sendable {
    /// What comes after the last list of a sequence.
    enum Continuation: String, Sendable, CaseIterable {
        /// The last one again.
        case `repeat`
        /// The first one, and so on.
        case cycle
        /// An error.
        case refuse
    }

    let lists: [[ReplyItem]]
    let continuation: Continuation

    /// Whether it matters which call this is.
    var isSequence: Bool { lists.count > 1 || continuation == .refuse }

    /// The list for the call with this number, counted from 0.
    ///
    /// - Returns: nil when the sequence is used up.
    func items(forCall number: Int) -> [ReplyItem]? {
        if number < lists.count { return lists[number] }
        switch continuation {
        case .repeat: return lists.last ?? []
        case .cycle: return lists.isEmpty ? [] : lists[number % lists.count]
        case .refuse: return nil
        }
    }
}

extension ReplySequence {
    /// What a call is told that comes after the last list.
    func usedUp(by owner: String) -> String {
        "dify-emulator: the sequence of \(owner) is used up after \(lists.count) calls"
    }

    /// What to say about words that an app of this mode would drop.
    func wordsThatDoNotFit(_ mode: CatalogApp.Mode) -> [String] {
        lists.joined().compactMap { item in
            if case .part(let word, _) = item.content { word.complaint(about: mode) } else { nil }
        }
    }
}
