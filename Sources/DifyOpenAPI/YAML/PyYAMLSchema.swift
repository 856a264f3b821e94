internal import DifyProtocol
internal import OrderedCollections

/// What a YAML document means to PyYAML's safe loader (YAML 1.1), by which Dify reads API documents.
///
/// `yes`, `on` and `NO` are booleans, `012` is ten, `12:30` is 750, `2020-01-01` is a date, `1e3` is text.
package enum PyYAMLSchema {
    private static let core = "tag:yaml.org,2002:"

    /// The meaning of a document.
    ///
    /// - Throws: ``YAMLSyntaxError`` where PyYAML's constructor refuses.
    package static func value(of node: YAMLNode) throws(YAMLSyntaxError) -> DocumentValue {
        switch node {
        case .scalar(let scalar): try value(of: scalar)
        case .sequence(let elements, let tag, let place): try sequence(elements, tag: tag, place: place)
        case .mapping(let entries, let tag, let place): try mapping(entries, tag: tag, place: place)
        }
    }

    // MARK: - Collections

    private static func sequence(
        _ elements: [YAMLNode], tag: String?, place: YAMLNode.Place
    ) throws(YAMLSyntaxError) -> DocumentValue {
        guard tag == nil || tag == "!" || tag == core + "seq" else { throw unknownTag(tag ?? "", place) }
        var values: [DocumentValue] = []
        for element in elements { values.append(try value(of: element)) }
        return .list(values)
    }

    private static func mapping(
        _ entries: [YAMLNode.Entry], tag: String?, place: YAMLNode.Place
    ) throws(YAMLSyntaxError) -> DocumentValue {
        guard tag == nil || tag == "!" || tag == core + "map" else { throw unknownTag(tag ?? "", place) }
        var map = DocumentMap()
        for entry in try flattened(entries, place: place) {
            let key = try value(of: entry.key)
            if key.list != nil || key.map != nil {
                throw YAMLSyntaxError(
                    context: ("while constructing a mapping", place), problem: "found unhashable key",
                    place: entry.key.place)
            }
            map[key] = try value(of: entry.value)
        }
        return .map(map)
    }

    /// The pairs with merge keys (`<<`) replaced by what they stand for, which comes first and loses.
    private static func flattened(
        _ entries: [YAMLNode.Entry], place: YAMLNode.Place
    ) throws(YAMLSyntaxError) -> [YAMLNode.Entry] {
        guard entries.contains(where: { isMergeKey($0.key) }) else { return entries }
        var merged: [YAMLNode.Entry] = []
        for entry in entries where isMergeKey(entry.key) {
            switch entry.value {
            case .mapping(let inner, _, let innerPlace): merged += try flattened(inner, place: innerPlace)
            case .sequence(let elements, _, _):
                for element in elements.reversed() {
                    guard case .mapping(let inner, _, let innerPlace) = element else {
                        throw mergeError("expected a mapping for merging", place, element.place)
                    }
                    merged += try flattened(inner, place: innerPlace)
                }
            case .scalar(let scalar):
                throw mergeError("expected a mapping or list of mappings for merging", place, scalar.place)
            }
        }
        return merged + entries.filter { !isMergeKey($0.key) }
    }

    private static func isMergeKey(_ node: YAMLNode) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.tag == core + "merge" || (scalar.tag == nil && scalar.isPlain && scalar.text == "<<")
    }

    private static func mergeError(
        _ problem: String, _ mapping: YAMLNode.Place, _ place: YAMLNode.Place
    ) -> YAMLSyntaxError {
        YAMLSyntaxError(context: ("while constructing a mapping", mapping), problem: problem, place: place)
    }

    // MARK: - Scalars

    private static func value(of scalar: YAMLNode.Scalar) throws(YAMLSyntaxError) -> DocumentValue {
        guard let tag = scalar.tag else {
            return scalar.isPlain ? try implicit(scalar) : .string(scalar.text)
        }
        switch tag {
        case "!": return .string(scalar.text)
        case core + "str": return .string(scalar.text)
        case core + "null": return .null
        case core + "bool":
            guard let flag = booleans[scalar.text.lowercased()] else { throw unknownTag(tag, scalar.place) }
            return .bool(flag)
        case core + "int":
            guard let number = PyYAMLNumber.integer(scalar.text) else { throw unreadable(scalar) }
            return .number(number)
        case core + "float":
            guard let number = PyYAMLNumber.float(scalar.text) else { throw unreadable(scalar) }
            return .number(number)
        case core + "timestamp":
            guard let timestamp = PyYAMLTimestamp.value(scalar.text) else { throw unreadable(scalar) }
            return .timestamp(timestamp)
        case core + "binary": return .bytes(Array(scalar.text.utf8))
        default: throw unknownTag(tag, scalar.place)
        }
    }

    private static func implicit(_ scalar: YAMLNode.Scalar) throws(YAMLSyntaxError) -> DocumentValue {
        let text = scalar.text
        if let word = words[text] { return word }
        guard let first = text.utf8.first, "+-.0123456789=<".utf8.contains(first) else { return .string(text) }
        if PyYAMLNumber.looksLikeFloat(text), let number = PyYAMLNumber.float(text) { return .number(number) }
        if PyYAMLNumber.looksLikeInteger(text), let number = PyYAMLNumber.integer(text) { return .number(number) }
        if PyYAMLTimestamp.looksLikeTimestamp(text) {
            guard let timestamp = PyYAMLTimestamp.value(text) else { throw unreadable(scalar) }
            return .timestamp(timestamp)
        }
        // Plain signs with a tag of their own, for which the safe loader has no constructor.
        if text == "=" { throw unknownTag(core + "value", scalar.place) }
        if text == "<<" { throw unknownTag(core + "merge", scalar.place) }
        return .string(text)
    }

    private static let booleans = [
        "yes": true, "true": true, "on": true, "no": false, "false": false, "off": false,
    ]

    /// Plain scalars that are no text. Of `yes` only `yes`, `Yes` and `YES` count, not `yEs`.
    private static let words: [String: DocumentValue] = {
        var words: [String: DocumentValue] = ["": .null, "~": .null, "null": .null, "Null": .null, "NULL": .null]
        for (word, flag) in booleans {
            for spelling in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
                words[spelling] = .bool(flag)
            }
        }
        return words
    }()

    private static func unknownTag(_ tag: String, _ place: YAMLNode.Place) -> YAMLSyntaxError {
        YAMLSyntaxError(problem: "could not determine a constructor for the tag '\(tag)'", place: place)
    }

    private static func unreadable(_ scalar: YAMLNode.Scalar) -> YAMLSyntaxError {
        YAMLSyntaxError(problem: "no such value: \(PythonText.repr(scalar.text))", place: scalar.place)
    }
}
