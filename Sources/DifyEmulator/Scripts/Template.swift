import DifyProtocol
import Foundation
import Mustache

/// A text in which `{{name}}` stands for a parameter of the call.
///
/// Mustache in text mode, nothing escaped. A name is looked up as it stands, dots included, then as a dotted path.
/// Sections (`{{#items}}…{{/items}}`) work as well.
struct TextTemplate: Sendable {
    private enum Form: Sendable {
        case literal(String)
        /// The whole text is one name in braces.
        case reference(String, MustacheTemplate)
        case template(MustacheTemplate)
    }

    private let form: Form

    /// - Throws: ``TemplateError`` for braces that do not close and the like.
    init(_ text: String) throws(TemplateError) {
        guard let opening = text.range(of: "{{", options: .backwards) else {
            form = .literal(text)
            return
        }
        // Mustache takes a text that ends within braces for one that ends before them.
        guard text[opening.upperBound...].contains("}}") else { throw TemplateError(text: text) }
        do {
            let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
            if let name = Self.soleName(text) {
                form = .reference(name, template)
            } else {
                form = .template(template)
            }
        } catch {
            throw TemplateError(text: text)
        }
    }

    /// A text that is taken as it stands.
    init(literal text: String) { form = .literal(text) }

    /// The text with the call's values filled in.
    func render(_ context: TemplateContext) -> String {
        switch form {
        case .literal(let text): text
        case .reference(_, let template), .template(let template): template.render(TemplateScope(context))
        }
    }

    /// The value itself where the text is nothing but a reference, so that a number stays a number.
    func value(_ context: TemplateContext) -> JSONValue {
        guard case .reference(let name, _) = form else { return .string(render(context)) }
        return context.lookUp(name) ?? ""
    }

    private static func soleName(_ text: String) -> String? {
        guard text.hasPrefix("{{"), text.hasSuffix("}}") else { return nil }
        let inner = text.dropFirst(2).dropLast(2).trimmingCharacters(in: .whitespaces)
        let isName =
            !inner.isEmpty && !inner.contains("{") && !inner.contains("}") && !"#^/!>&%".contains(inner.first ?? "#")
        return isName ? inner : nil
    }
}

/// A template that cannot be read.
struct TemplateError: Error {
    let text: String
}

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
