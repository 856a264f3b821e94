import DifyProtocol
import Foundation
import Mustache

/// A text in which `{{name}}` stands for a parameter of the call.
///
/// Text mode, nothing escaped. A name is any text without braces: it is looked up as it stands, then as a dotted path.
/// A text with sections (`{{#items}}…{{/items}}`) or other forms of Mustache is rendered by Mustache.
struct TextTemplate: Sendable {
    private enum Piece: Sendable {
        case literal(String)
        case reference(String)
    }

    private enum Form: Sendable {
        case pieces([Piece])
        case mustache(MustacheTemplate)
    }

    private let form: Form

    /// - Throws: ``TemplateError`` for braces that do not close and the like.
    init(_ text: String) throws(TemplateError) {
        guard Self.needsMustache(text) else {
            form = .pieces(try Self.pieces(of: text))
            return
        }
        do {
            form = .mustache(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text))
        } catch {
            throw TemplateError(text: text)
        }
    }

    /// A text that is taken as it stands.
    init(literal text: String) { form = .pieces([.literal(text)]) }

    /// The text with the call's values filled in.
    func render(_ context: TemplateContext) -> String {
        switch form {
        case .mustache(let template): template.render(TemplateScope(context))
        case .pieces(let pieces):
            pieces.reduce(into: "") { text, piece in
                switch piece {
                case .literal(let literal): text += literal
                case .reference(let name): text += context.lookUp(name)?.templateText ?? ""
                }
            }
        }
    }

    /// The value itself where the text is nothing but a reference, so that a number stays a number.
    func value(_ context: TemplateContext) -> JSONValue {
        guard case .pieces(let pieces) = form, pieces.count == 1, case .reference(let name) = pieces[0] else {
            return .string(render(context))
        }
        return context.lookUp(name) ?? ""
    }

    /// Sections and unescaped names are Mustache's; `{{>` and `{{=` have no meaning here and are refused by ``pieces(of:)``.
    private static func needsMustache(_ text: String) -> Bool {
        ["{{#", "{{^", "{{{", "{{&", "{{!"].contains { text.contains($0) }
    }

    private static func pieces(of text: String) throws(TemplateError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let opening = rest.range(of: "{{") {
            guard let closing = rest[opening.upperBound...].range(of: "}}") else { throw TemplateError(text: text) }
            if opening.lowerBound > rest.startIndex { pieces.append(.literal(String(rest[..<opening.lowerBound]))) }
            let name = rest[opening.upperBound..<closing.lowerBound].trimmingCharacters(in: .whitespaces)
            guard let first = name.first, !">=/%".contains(first), !name.contains("{"), !name.contains("}") else {
                throw TemplateError(text: text)
            }
            pieces.append(.reference(name))
            rest = rest[closing.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }
}

/// A template that cannot be read.
struct TemplateError: Error {
    let text: String
}
