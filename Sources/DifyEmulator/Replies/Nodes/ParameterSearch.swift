import DifyProtocol

/// Finds values for parameters in a query by name and type, in place of a model that would understand it.
///
/// Text needs an announcement (`town: Perth`, `town is Perth`, `town="Perth"`); numbers may stand beside the name
/// (`3 days`, `days 3`); a select is the first option that occurs; a truth value follows from yes or no beside the
/// name, else from the name itself; a list follows its name (`tags a, b and c`).
struct ParameterSearch {
    private let query: QueryWords
    private let parameters: [ExtractedParameter]
    /// Where each parameter's name stands.
    private let places: [[Range<Int>]]
    /// All these places, in the order of the text.
    private let names: [(start: String.Index, parameter: Int)]
    /// Words that are some parameter's number.
    private var taken: Set<Int> = []

    private init(_ parameters: [ExtractedParameter], _ text: String) {
        let query = QueryWords(text)
        self.query = query
        self.parameters = parameters
        let places = parameters.map { query.places(of: QueryWords.nameWords($0.name)) }
        self.places = places
        names = places.enumerated()
            .flatMap { index, places in places.map { (query.words[$0.lowerBound].range.lowerBound, index) } }
            .sorted { $0.0 < $1.0 }
    }

    /// Most parameters that are looked for.
    private static let maximumParameters = 200

    /// The values that were found, in the order of the parameters.
    static func values(of all: [ExtractedParameter], in text: String) -> JSONObject {
        let parameters = Array(all.prefix(maximumParameters))
        var search = ParameterSearch(parameters, text)
        var found: [Int: JSONValue] = [:]
        // In the order of the text, so that in "3 days 2 nights" each name gets the number before it.
        let order = parameters.indices.sorted { (search.firstPlace(of: $0), $0) < (search.firstPlace(of: $1), $1) }
        for index in order { found[index] = search.value(of: index) }
        return JSONObject(parameters.indices.compactMap { index in found[index].map { (parameters[index].name, $0) } })
    }

    private func firstPlace(of index: Int) -> Int { places[index].first?.lowerBound ?? Int.max }

    private mutating func value(of index: Int) -> JSONValue? {
        switch parameters[index].segmentType {
        case .string where !parameters[index].options.isEmpty: option(index)
        case .string: phrase(index).map(JSONValue.string)
        case .number: number(index).map(JSONValue.number)
        case .boolean: truth(index).map(JSONValue.bool)
        case .arrayString, .arrayNumber, .arrayBoolean: list(index)
        case .arrayObject: []
        case .object: nil
        }
    }

    /// Where the next name of another parameter begins.
    private func nextName(from start: String.Index, except index: Int) -> String.Index? {
        names.first { $0.start >= start && $0.parameter != index }?.start
    }

    // MARK: - By type

    private func phrase(_ index: Int) -> String? {
        for place in places[index] {
            guard let start = query.announcement(behind: place.upperBound - 1) else { continue }
            let text = query.clause(from: start, before: nextName(from: start, except: index))
            if !text.isEmpty { return text }
        }
        return nil
    }

    private func option(_ index: Int) -> JSONValue? {
        let options = parameters[index].options
        let named = phrase(index)?.lowercased()
        let option = options.first { $0.lowercased() == named } ?? options.first(where: query.holds)
        return option.map(JSONValue.string)
    }

    private mutating func number(_ index: Int) -> JSONNumber? {
        for place in places[index] {
            let (before, last) = (place.lowerBound - 1, place.upperBound - 1)
            let candidates =
                announcedNumber(behind: last) + (query.isJoined(before) ? [before] : [])
                + (query.isJoined(last) ? [last + 1] : [])
            for word in candidates where !taken.contains(word) {
                guard let number = query.words[word].number else { continue }
                taken.insert(word)
                return number
            }
        }
        return nil
    }

    /// The first number of the few words that an announcement is followed by: "days is about 3".
    private func announcedNumber(behind word: Int) -> [Int] {
        guard let start = query.announcement(behind: word),
            let first = query.words.indices.first(where: { $0 > word && query.words[$0].range.lowerBound >= start })
        else { return [] }
        var clause = [first]
        while clause.count < 3, let last = clause.last, query.isJoined(last) { clause.append(last + 1) }
        return clause.first { query.words[$0].number != nil }.map { [$0] } ?? []
    }

    private func list(_ index: Int) -> JSONValue? {
        let element = parameters[index].segmentType.element
        for place in places[index] {
            let last = place.upperBound - 1
            let start = query.announcement(behind: last) ?? query.words[last].range.upperBound
            let values = query.items(from: start, before: nextName(from: start, except: index))
                .compactMap { Self.item($0, of: element) }
            if !values.isEmpty { return .array(values) }
        }
        return nil
    }

    private static func item(_ text: String, of type: SegmentType?) -> JSONValue? {
        switch type {
        case .number: QueryWords(text).words.first?.number.map(JSONValue.number)
        case .boolean: QueryWords(text).words.first.flatMap { truths[$0.folded] }.map(JSONValue.bool)
        default: .string(text)
        }
    }

    // MARK: - Truth

    private static let truths = [
        "yes": true, "true": true, "on": true, "no": false, "false": false, "off": false, "not": false,
    ]
    private static let negations: Set<String> = [
        "no", "not", "without", "never", "isn't", "don't", "doesn't", "false",
    ]

    private func truth(_ index: Int) -> Bool? {
        guard let place = places[index].first else { return nil }
        if let behind = wordOfValue(behind: place.upperBound - 1), let truth = Self.truths[query.words[behind].folded] {
            return truth
        }
        let before = place.lowerBound - 1
        return !(query.isJoined(before) && Self.negations.contains(query.words[before].folded))
    }

    /// The word behind a name, or behind what announces its value.
    private func wordOfValue(behind word: Int) -> Int? {
        guard let start = query.announcement(behind: word) else { return query.isJoined(word) ? word + 1 : nil }
        return query.words.indices.first { $0 > word && query.words[$0].range.lowerBound >= start }
    }
}
