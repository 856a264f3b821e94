/// What is wrong with a seed. Nothing of it was loaded.
public struct SeedError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Every mistake that was found, in the order of the file.
    public let mistakes: [SeedMistake]

    init(_ mistakes: [SeedMistake]) {
        let files = mistakes.map(\.file)
        self.mistakes = mistakes.sorted { first, second in
            guard first.file == second.file else {
                return (files.firstIndex(of: first.file) ?? 0) < (files.firstIndex(of: second.file) ?? 0)
            }
            return (first.place.line, first.place.column) < (second.place.line, second.place.column)
        }
    }

    /// One line for each mistake.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// One mistake in a seed file.
public struct SeedMistake: Error, Sendable, Hashable, CustomStringConvertible {
    let place: SeedPlace
    /// What is wrong and what would be accepted.
    public let message: String

    init(place: SeedPlace, message: String) {
        self.place = place
        self.message = message
    }

    /// A mistake that concerns a file as a whole.
    init(file: String, message: String) {
        self.init(place: SeedPlace(file: file, line: 0, column: 0), message: message)
    }

    /// The file, as it was named.
    public var file: String { place.file }
    /// The line, counted from 1; 0 when the mistake concerns the file as a whole.
    public var line: Int { place.line }

    /// `file:line: message`
    public var description: String {
        if place.file.isEmpty { return message }
        return place.line > 0 ? "\(place.file):\(place.line): \(message)" : "\(place.file): \(message)"
    }
}
