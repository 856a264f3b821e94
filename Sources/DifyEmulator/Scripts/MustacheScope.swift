import DifyProtocol
import Mustache

/// The call's parameters as Mustache reaches into them.
struct TemplateScope: MustacheParent, MustacheCustomRenderable {
    let context: TemplateContext

    init(_ context: TemplateContext) { self.context = context }

    /// What `{{.}}` gives outside of a section.
    var renderText: String { "" }

    var isNull: Bool { false }

    func child(named name: String) -> Any? {
        if let value = context.parameters[name] { return TemplateValue.wrap(value, path: name, context: context) }
        // The first part of a dotted name may exist only as a prefix: `user.name` is a parameter of its own.
        let isPrefix = context.parameters.contains { $0.key.hasPrefix(name + ".") }
        if !isPrefix { context.note(missing: name) }
        return isPrefix ? TemplateValue(value: nil, path: name, context: context) : nil
    }
}

/// A value within a template, with the name by which it was reached.
private struct TemplateValue: MustacheParent, MustacheCustomRenderable {
    let value: JSONValue?
    let path: String
    let context: TemplateContext

    static func wrap(_ value: JSONValue, path: String, context: TemplateContext) -> Any {
        switch value {
        case .bool(let flag): flag
        case .array(let elements): TemplateList(elements: elements, path: path, context: context)
        default: TemplateValue(value: value, path: path, context: context)
        }
    }

    func child(named name: String) -> Any? {
        let full = "\(path).\(name)"
        if let exact = context.parameters[full] { return Self.wrap(exact, path: full, context: context) }
        if let member = TemplateContext.member(name, of: value) {
            return Self.wrap(member, path: full, context: context)
        }
        if value == nil { return TemplateValue(value: nil, path: full, context: context) }
        context.note(missing: full)
        return nil
    }

    var renderText: String { value?.templateText ?? "" }

    var isNull: Bool { value == nil || value == .null }
}

/// A list within a template: it can be walked in a section, and written out as JSON.
private struct TemplateList: MustacheSequence, MustacheCustomRenderable, MustacheParent {
    let elements: [JSONValue]
    let path: String
    let context: TemplateContext

    func makeIterator() -> IndexingIterator<[Any]> {
        elements.map { TemplateValue.wrap($0, path: path, context: context) }.makeIterator()
    }

    func child(named name: String) -> Any? {
        TemplateContext.member(name, of: .array(elements)).map {
            TemplateValue.wrap($0, path: "\(path).\(name)", context: context)
        }
    }

    var renderText: String { JSONValue.array(elements).templateText }

    var isNull: Bool { false }
}
