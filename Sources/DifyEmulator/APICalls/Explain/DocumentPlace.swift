import DifyOpenAPI
import DifyProtocol

/// A place in an API document.
public struct DocumentPlace: Sendable, Hashable, CustomStringConvertible {
    /// The JSON pointer (RFC 6901).
    public let pointer: String
    /// The line, counted from 1; nil where the document's text has none to tell.
    public let line: Int?
    /// The column, counted from 1.
    public let column: Int?

    /// `12:9 /paths/~1pets/get`
    public var description: String {
        let shown = pointer.isEmpty ? "(the document)" : pointer
        guard let line, let column else { return shown }
        return "\(line):\(column) \(shown)"
    }
}

/// Finds the lines of an API document.
struct DocumentPlaces {
    private let root: YAMLNode?

    /// - Parameter text: JSON or YAML. A text of a single line has no lines worth telling.
    init(_ text: String) {
        root = text.utf8.contains(UInt8(ascii: "\n")) ? (try? YAMLComposer.compose(text)) ?? nil : nil
    }

    /// Where a pointer leads; where it leads too far, the last place on the way.
    func place(of pointer: String) -> DocumentPlace {
        guard var node = root else { return DocumentPlace(pointer: pointer, line: nil, column: nil) }
        var place = node.place
        for key in pointer.pointerTokens {
            guard let (member, found) = node.member(key, depth: 0) else { break }
            (node, place) = (member, found)
        }
        return DocumentPlace(pointer: pointer, line: place.line, column: place.column)
    }
}

extension YAMLNode {
    /// What a mapping holds under a key, with the key's place, or the element of a list with its own.
    fileprivate func member(_ key: String, depth: Int) -> (YAMLNode, Place)? {
        switch self {
        case .scalar: return nil
        case .sequence(let elements, _, _):
            guard let index = Int(key), elements.indices.contains(index) else { return nil }
            return (elements[index], elements[index].place)
        case .mapping(let entries, _, _):
            // Of two equal keys the last one counts.
            if let entry = entries.last(where: { $0.key.isKey(key) }) { return (entry.value, entry.key.place) }
            guard depth < 8 else { return nil }
            let merged = entries.filter { $0.key.isKey("<<") }.flatMap { entry in
                if case .sequence(let elements, _, _) = entry.value { elements } else { [entry.value] }
            }
            return merged.lazy.compactMap { $0.member(key, depth: depth + 1) }.first
        }
    }

    /// Whether this stands for a key, which in YAML may be a number or a truth value.
    private func isKey(_ key: String) -> Bool {
        guard case .scalar(let scalar) = self else { return false }
        return scalar.text == key || (try? PyYAMLSchema.value(of: self))?.keyText == key
    }
}
