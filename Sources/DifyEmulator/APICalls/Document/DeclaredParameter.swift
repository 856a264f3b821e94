import DifyProtocol

/// A parameter as the document declares it.
struct DeclaredParameter {
    let name: String
    /// Where it belongs: `path`, `query`, `header`, `cookie`; in Swagger documents also `body` and `formData`.
    let place: String
    let isRequired: Bool
    /// Whether it is declared for the whole path. Dify reads those of the operation only.
    let isShared: Bool
    /// What is declared.
    let part: DocumentPart

    /// The parameters of an operation, with those of its path that it does not declare anew.
    static func all(in document: OperationDocument) -> [DeclaredParameter] {
        let own = list(document.operation, isShared: false, in: document)
        let shared = document.pathItem.map { list($0, isShared: true, in: document) } ?? []
        return own + shared.filter { one in !own.contains { $0.name == one.name && $0.place == one.place } }
    }

    private static func list(
        _ owner: DocumentPart, isShared: Bool, in document: OperationDocument
    ) -> [DeclaredParameter] {
        (owner["parameters"]?.elements ?? []).compactMap { entry in
            guard let part = document.resolved(entry), let name = part.value["name"]?.string,
                let place = part.value["in"]?.string
            else { return nil }
            return DeclaredParameter(
                name: name, place: place, isRequired: PythonText.isTruthy(part.value["required"] ?? false),
                isShared: isShared, part: part)
        }
    }

    /// How messages call it.
    var subject: String { "\(place) parameter \(name)" }

    /// What its value must be: under `schema`, under `content` as text of a type, or in Swagger's manner beside the
    /// name.
    var schema: DocumentPart? {
        if let schema = part["schema"] { return schema }
        if let (_, media) = part["content"]?.members.first { return media["schema"] }
        guard part.value["type"] != nil else { return nil }
        var own = part.value.object ?? [:]
        for key in ["name", "in", "required", "description"] { own[key] = nil }
        return DocumentPart(value: .object(own), pointer: part.pointer)
    }

    /// The type of text that `content` asks for.
    var contentType: String? { part["content"]?.members.first?.key }

    // MARK: - How lists and objects are written

    enum Style: String {
        case form, simple, spaceDelimited, pipeDelimited, deepObject, label, matrix
    }

    /// The way in which lists and objects are written, by OpenAPI's defaults and Swagger's `collectionFormat`.
    var style: Style {
        if let style = part.value["style"]?.string.flatMap(Style.init) { return style }
        switch part.value["collectionFormat"]?.string {
        case "ssv": return .spaceDelimited
        case "pipes": return .pipeDelimited
        default: return place == "query" || place == "cookie" ? .form : .simple
        }
    }

    /// Whether each item of a list, or member of an object, is written by itself.
    var isExploded: Bool {
        if let flag = part.value["explode"]?.bool { return flag }
        return style == .form && (part.value["type"] == nil || part.value["collectionFormat"] == "multi")
    }
}
