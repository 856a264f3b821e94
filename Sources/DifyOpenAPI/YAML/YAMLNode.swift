/// A YAML document as it is written: raw scalars with their style, mappings in order with repeated keys kept,
/// and the place of everything.
///
/// What a plain scalar means is left to a schema: Dify reads API documents by YAML 1.1 (``PyYAMLSchema``), the
/// emulator's own files by YAML 1.2. JSON is read as YAML flow style and gives the same tree.
package indirect enum YAMLNode: Sendable {
    case scalar(Scalar)
    case sequence([YAMLNode], tag: String?, place: Place)
    case mapping([Entry], tag: String?, place: Place)

    /// One pair of a mapping.
    package struct Entry: Sendable {
        package let key: YAMLNode
        package let value: YAMLNode
    }

    /// A scalar before it means anything.
    package struct Scalar: Sendable {
        package let text: String
        /// An explicit tag such as `tag:yaml.org,2002:str`; `!` for the non-specific one.
        package let tag: String?
        /// Whether it stands without quotes and is no block scalar, so that its text decides its type.
        package let isPlain: Bool
        package let place: Place
    }

    /// A position in the text.
    package struct Place: Sendable, Hashable {
        /// Counted from 1.
        package let line: Int
        /// In Unicode scalars, counted from 1.
        package let column: Int
    }

    package var place: Place {
        switch self {
        case .scalar(let scalar): scalar.place
        case .sequence(_, _, let place), .mapping(_, _, let place): place
        }
    }
}

/// Why a text is no YAML, and where. Worded like PyYAML, whose text Dify shows.
package struct YAMLSyntaxError: Error, Sendable {
    /// The surrounding construct, for example `while parsing a flow sequence`, and its place.
    package let context: (text: String, place: YAMLNode.Place)?
    /// What is wrong.
    package let problem: String
    /// Where it is wrong.
    package let place: YAMLNode.Place

    package init(context: (text: String, place: YAMLNode.Place)? = nil, problem: String, place: YAMLNode.Place) {
        self.context = context
        self.problem = problem
        self.place = place
    }

    /// The text that PyYAML gives for a string as input, without its excerpts.
    package var pythonText: String {
        var lines: [String] = []
        if let context {
            lines.append(context.text)
            lines.append(Self.location(context.place))
        }
        lines.append(problem)
        lines.append(Self.location(place))
        return lines.joined(separator: "\n")
    }

    private static func location(_ place: YAMLNode.Place) -> String {
        "  in \"<unicode string>\", line \(place.line), column \(place.column)"
    }
}
