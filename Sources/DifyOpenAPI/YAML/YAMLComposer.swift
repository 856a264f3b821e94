// Yams' own composer refuses mappings with a repeated key, which PyYAML and hence Dify accept (the last one
// counts), and takes four times as long. The libyaml that Yams ships gives the events directly.
internal import CYaml

/// Builds a ``YAMLNode`` from text.
package struct YAMLComposer: ~Copyable {
    /// Deepest nesting that is read.
    private static let maximumDepth = 256
    /// Most nodes that a document may unfold to. Aliases count with everything below them, so that a few lines
    /// cannot stand for billions of nodes.
    private static let maximumNodes = 5_000_000

    /// libyaml keeps a pointer to the parser inside it, so it must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    private var count = 0

    /// Reads one document.
    ///
    /// - Returns: nil for a text without a document.
    /// - Throws: ``YAMLSyntaxError``.
    package static func compose(_ text: String) throws(YAMLSyntaxError) -> YAMLNode? {
        var bytes = Array(text.utf8)
        let result: Result<YAMLNode?, YAMLSyntaxError> = bytes.withUnsafeMutableBufferPointer { buffer in
            do throws(YAMLSyntaxError) {
                var composer = YAMLComposer()
                yaml_parser_set_encoding(composer.parser, YAML_UTF8_ENCODING)
                yaml_parser_set_input_string(composer.parser, buffer.baseAddress, buffer.count)
                return .success(try composer.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init() {
        parser = .allocate(capacity: 1)
        yaml_parser_initialize(parser)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private mutating func document() throws(YAMLSyntaxError) -> YAMLNode? {
        _ = try next()  // stream start
        let start = try next()
        guard start.type == YAML_DOCUMENT_START_EVENT else { return nil }
        let root = try node(from: try next(), depth: 0)
        _ = try next()  // document end
        let end = try next()
        guard end.type == YAML_STREAM_END_EVENT else {
            throw YAMLSyntaxError(
                context: ("expected a single document in the stream", root.place),
                problem: "but found another document", place: end.place)
        }
        return root
    }

    private mutating func node(from event: Event, depth: Int) throws(YAMLSyntaxError) -> YAMLNode {
        guard depth < Self.maximumDepth else {
            throw YAMLSyntaxError(problem: "nested more than \(Self.maximumDepth) levels deep", place: event.place)
        }
        let before = count
        let node: YAMLNode
        switch event.type {
        case YAML_ALIAS_EVENT: return try alias(event)
        case YAML_SEQUENCE_START_EVENT: node = try sequence(event, depth: depth)
        case YAML_MAPPING_START_EVENT: node = try mapping(event, depth: depth)
        default: node = .scalar(event.scalar)
        }
        try grow(by: 1, at: event.place)
        if let anchor = event.anchor { anchors[anchor] = (node, count - before) }
        return node
    }

    private mutating func alias(_ event: Event) throws(YAMLSyntaxError) -> YAMLNode {
        guard let name = event.anchor, let anchored = anchors[name] else {
            throw YAMLSyntaxError(problem: "found undefined alias '\(event.anchor ?? "")'", place: event.place)
        }
        try grow(by: anchored.size, at: event.place)
        return anchored.node
    }

    private mutating func sequence(_ start: Event, depth: Int) throws(YAMLSyntaxError) -> YAMLNode {
        var elements: [YAMLNode] = []
        while true {
            let event = try next()
            if event.type == YAML_SEQUENCE_END_EVENT { break }
            elements.append(try node(from: event, depth: depth + 1))
        }
        return .sequence(elements, tag: start.tag, place: start.place)
    }

    private mutating func mapping(_ start: Event, depth: Int) throws(YAMLSyntaxError) -> YAMLNode {
        var entries: [YAMLNode.Entry] = []
        while true {
            let event = try next()
            if event.type == YAML_MAPPING_END_EVENT { break }
            let key = try node(from: event, depth: depth + 1)
            let value = try node(from: try next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: key, value: value))
        }
        return .mapping(entries, tag: start.tag, place: start.place)
    }

    private mutating func grow(by size: Int, at place: YAMLNode.Place) throws(YAMLSyntaxError) {
        count += size
        guard count <= Self.maximumNodes else {
            throw YAMLSyntaxError(problem: "more than \(Self.maximumNodes) nodes, aliases unfolded", place: place)
        }
    }

    // MARK: - Events

    /// A libyaml event copied into Swift values.
    private struct Event {
        let type: yaml_event_type_t
        let place: YAMLNode.Place
        var anchor: String?
        var tag: String?
        var text = ""
        var isPlain = false

        var scalar: YAMLNode.Scalar { YAMLNode.Scalar(text: text, tag: tag, isPlain: isPlain, place: place) }
    }

    private mutating func next() throws(YAMLSyntaxError) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw syntaxError() }
        defer { yaml_event_delete(&raw) }
        var event = Event(type: raw.type, place: Self.place(raw.start_mark))
        switch raw.type {
        case YAML_ALIAS_EVENT:
            event.anchor = Self.text(raw.data.alias.anchor)
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            event.anchor = Self.text(scalar.anchor)
            event.tag = Self.text(scalar.tag)
            event.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            event.text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        case YAML_SEQUENCE_START_EVENT:
            event.anchor = Self.text(raw.data.sequence_start.anchor)
            event.tag = Self.text(raw.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            event.anchor = Self.text(raw.data.mapping_start.anchor)
            event.tag = Self.text(raw.data.mapping_start.tag)
        default:
            break
        }
        return event
    }

    private func syntaxError() -> YAMLSyntaxError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not readable as YAML"
        let context = parser.pointee.context.map { (String(cString: $0), Self.place(parser.pointee.context_mark)) }
        return YAMLSyntaxError(context: context, problem: problem, place: Self.place(parser.pointee.problem_mark))
    }

    private static func place(_ mark: yaml_mark_t) -> YAMLNode.Place {
        YAMLNode.Place(line: mark.line + 1, column: mark.column + 1)
    }

    private static func text(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
