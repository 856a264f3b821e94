extension ToolParameter {
    /// The parameter as Dify dumps its `ToolParameter`, which its console shows and its tables keep.
    ///
    /// - Parameter placeholder: What an empty field shows: the description for a custom tool, nothing for a workflow's.
    public func entity(placeholder: String = "") -> JSONValue {
        [
            "name": .string(name), "label": Self.inAllLanguages(label ?? name),
            "placeholder": Self.inAllLanguages(placeholder), "scope": nil, "auto_generate": nil, "template": nil,
            "required": .bool(required), "default": defaultValue, "min": nil, "max": nil, "precision": nil,
            "options": .array(options.map(Self.option)), "type": .string(type.rawValue),
            "human_description": Self.inAllLanguages(humanDescription), "form": .string(form.rawValue),
            "llm_description": llmDescription.map(JSONValue.string) ?? .null, "input_schema": nil,
        ]
    }

    private static func option(_ value: String) -> JSONValue {
        ["value": .string(value), "label": inAllLanguages(value), "icon": nil]
    }

    /// One text for the four languages of Dify's console (`I18nObject`).
    private static func inAllLanguages(_ text: String) -> JSONValue {
        ["en_US": .string(text), "zh_Hans": .string(text), "pt_BR": .string(text), "ja_JP": .string(text)]
    }
}
