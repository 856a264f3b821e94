import DifyOpenAPI
import DifyProtocol
import Foundation

/// An API document, seen from one of its operations.
///
/// Dify keeps its own copy of an operation, with some references replaced and schemas merged. What the API itself
/// expects and answers stands in the document, so that is what is read here.
struct OperationDocument {
    /// The operation as the document has it.
    let operation: DocumentPart
    /// What its path has in common for all methods; nil when the document cannot be searched.
    let pathItem: DocumentPart?
    /// The path with its placeholders, without the server's address.
    let path: String?
    private let references: ReferenceTargets

    /// - Parameter operation: Where its document cannot be read, Dify's copy of the operation stands for it.
    init(_ operation: APIOperation) {
        let bundle = operation.bundle
        let root = operation.document.root
        guard let found = Self.find(bundle, in: root) else {
            let copy = JSONValue.object(bundle.operation)
            self.operation = DocumentPart(value: copy, pointer: "")
            (pathItem, path) = (nil, nil)
            references = ReferenceTargets(root: copy)
            return
        }
        (path, pathItem, self.operation) = (found.path, found.item, found.operation)
        references = ReferenceTargets(root: root)
    }

    /// The whole document.
    var root: DocumentPart { DocumentPart(value: references.root, pointer: "") }

    /// The place where server and path give the tool's address. The first server is the one that Dify takes, unless a
    /// request header named another when the document was imported.
    private static func find(
        _ bundle: ToolBundle, in root: JSONValue
    ) -> (path: String, item: DocumentPart, operation: DocumentPart)? {
        let paths = DocumentPart(value: root, pointer: "")["paths"]
        for server in (root["servers"]?.array ?? []).compactMap({ $0["url"]?.string }) {
            guard bundle.serverURL.hasPrefix(server) else { continue }
            let path = String(bundle.serverURL.dropFirst(server.count))
            guard let item = paths?[path], let operation = item[bundle.method], operation.value.object != nil else {
                continue
            }
            return (path, item, operation)
        }
        return nil
    }

    // MARK: - References

    /// Longest chain of references that is followed.
    private static let longestChain = 16

    /// The part, or what its reference leads to in the end; nil for a reference that leads nowhere.
    func resolved(_ part: DocumentPart) -> DocumentPart? {
        var part = part
        for _ in 0..<Self.longestChain {
            guard let reference = part.value["$ref"]?.string else { return part }
            guard let target = target(of: reference) else { return nil }
            part = target
        }
        return nil
    }

    /// What a pointer leads to in the document, references followed: one within the operation, or after a `#` from the
    /// document's root.
    func part(at pointer: String) -> DocumentPart? {
        guard !pointer.isEmpty else { return nil }
        var part = pointer.hasPrefix("#") ? root : operation
        for token in pointer.pointerTokens {
            guard let next = resolved(part)?.child(token) else { return nil }
            part = next
        }
        return part
    }

    /// What a reference names. As in Dify, the name of a file before `#` is taken for the document's own.
    func target(of reference: String) -> DocumentPart? { references[reference] }
}

/// What the references of a document lead to, each looked up once.
private final class ReferenceTargets {
    let root: JSONValue
    /// Looks references up, within bounds.
    private let document: SchemaDocument
    private var known: [String: DocumentPart?] = [:]

    init(root: JSONValue) {
        self.root = root
        document = SchemaDocument(root: root)
    }

    subscript(reference: String) -> DocumentPart? {
        if let known = known[reference] { return known }
        let target = lookUp(reference)
        known[reference] = .some(target)
        return target
    }

    private func lookUp(_ reference: String) -> DocumentPart? {
        guard let sign = reference.firstIndex(of: "#") else { return nil }
        let local = String(reference[sign...])
        guard let value = document.target(of: ["$ref": .string(local)]) else { return nil }
        let fragment = String(local.dropFirst())
        return DocumentPart(value: value, pointer: fragment.removingPercentEncoding ?? fragment)
    }
}
