import DifyProtocol

/// A value within an API document, and where it stands.
struct DocumentPart: Sendable {
    let value: JSONValue
    /// The JSON pointer (RFC 6901) to it.
    let pointer: String

    /// A member of an object.
    subscript(key: String) -> DocumentPart? {
        value[key].map { DocumentPart(value: $0, pointer: pointer.appendingPointer(key)) }
    }

    /// A member of an object, or an element of a list by its number.
    func child(_ token: String) -> DocumentPart? {
        guard let elements = value.array else { return self[token] }
        guard let index = Int(token), elements.indices.contains(index) else { return nil }
        return DocumentPart(value: elements[index], pointer: "\(pointer)/\(index)")
    }

    /// The members of an object, in order.
    var members: [(key: String, part: DocumentPart)] {
        (value.object ?? [:]).map { key, value in
            (key, DocumentPart(value: value, pointer: pointer.appendingPointer(key)))
        }
    }

    /// The elements of a list.
    var elements: [DocumentPart] {
        (value.array ?? []).enumerated().map { index, element in
            DocumentPart(value: element, pointer: "\(pointer)/\(index)")
        }
    }
}

extension String {
    /// The keys that a JSON pointer goes by, unescaped.
    var pointerTokens: [String] {
        split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    /// The JSON pointer to a member of what this one points to.
    func appendingPointer(_ key: String) -> String {
        "\(self)/\(key.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }
}
