import DifyProtocol

/// A JSON value whose texts are templates.
indirect enum JSONTemplate: Sendable {
    case literal(JSONValue)
    /// A text that takes on the type of the value, where it is nothing but a reference.
    case reference(TextTemplate)
    /// A text that stays text.
    case text(TextTemplate)
    case array([JSONTemplate])
    case object([(key: String, value: JSONTemplate)])

    /// - Throws: ``TemplateError`` for the first text that cannot be read.
    init(_ value: JSONValue) throws(TemplateError) {
        switch value {
        case .string(let text) where text.contains("{{"): self = .reference(try TextTemplate(text))
        case .array(let elements) where Self.holdsTemplate(value):
            var templates: [JSONTemplate] = []
            for element in elements { templates.append(try JSONTemplate(element)) }
            self = .array(templates)
        case .object(let object) where Self.holdsTemplate(value):
            var members: [(String, JSONTemplate)] = []
            for (key, member) in object { members.append((key, try JSONTemplate(member))) }
            self = .object(members)
        default: self = .literal(value)
        }
    }

    /// A message's body, in which some members must be text whatever they refer to.
    init(body: JSONObject, textMembers: Set<String>) throws(TemplateError) {
        guard Self.holdsTemplate(.object(body)) else {
            self = .literal(.object(body))
            return
        }
        var members: [(String, JSONTemplate)] = []
        for (key, value) in body {
            if let text = value.string, textMembers.contains(key) {
                members.append((key, .text(try TextTemplate(text))))
            } else {
                members.append((key, try JSONTemplate(value)))
            }
        }
        self = .object(members)
    }

    /// The value with the call's values filled in.
    func render(_ context: TemplateContext) -> JSONValue {
        switch self {
        case .literal(let value): value
        case .reference(let template): template.value(context)
        case .text(let template): .string(template.render(context))
        case .array(let elements): .array(elements.map { $0.render(context) })
        case .object(let members): .object(JSONObject(members.map { ($0.key, $0.value.render(context)) }))
        }
    }

    private static func holdsTemplate(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.contains("{{")
        case .array(let elements): elements.contains(where: holdsTemplate)
        case .object(let object): object.contains { holdsTemplate($0.value) }
        default: false
        }
    }
}
