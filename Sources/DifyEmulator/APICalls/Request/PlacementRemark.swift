import DifyProtocol

/// What may surprise about the way of an argument, in words.
enum PlacementRemark {
    /// What the cast to the parameter's type did.
    static func cast(from given: JSONValue?, to cast: JSONValue?) -> String? {
        guard let given, let cast, given != cast else { return nil }
        switch (given, cast) {
        case (.null, .string): return "null became an empty text"
        case (.object, .string), (.array, .string), (.bool, .string): return "\(kind(given)) became Python text"
        case (.null, .bool): return "null became false"
        case (.string(let text), true) where !["true", "yes", "y", "1"].contains(text.lowercased()):
            return "a text that says neither yes nor no counts as true"
        case (.array(let elements), _) where elements == [cast]: return "the only element of the list is taken"
        case (_, .null): return "\(kind(given)) is no number and became null"
        case (_, .array(let elements)) where elements == [given]: return "it became a list of one element"
        default: return nil
        }
    }

    /// Dify casts once for each declaration of a name, so that the last one's type counts.
    static func declared(_ types: [ToolParameter.ParameterType]) -> String? {
        guard let last = types.last, types.count > 1 else { return nil }
        return "the name is declared \(types.count) times; every place gets the value cast to \(last.rawValue)"
    }

    /// An optional parameter of the operation without an argument.
    static func absent(_ entry: JSONValue) -> String {
        if entry["schema"]?["default"] != nil { return "it is not given, so the schema's default is sent" }
        switch entry["in"] {
        case "path": return "it is not given; nothing stands in its place"
        case "header": return "it is not given; the header is sent all the same, empty"
        case "cookie": return "it is not given; the cookie is sent all the same, empty"
        default: return "it is not given and left out"
        }
    }

    /// The text is put into the address as it stands.
    static func path(_ name: String, _ text: String, in address: String) -> String? {
        var remarks: [String] = []
        if !hasPlaceholder(name, in: address) { remarks.append("the address has no {\(name)}") }
        if let sign = text.unicodeScalars.first(where: { $0 == "?" || $0 == "#" }) {
            remarks.append("\(sign) and what follows are lost")
        }
        if text.utf8.contains(UInt8(ascii: "/")) { remarks.append("slashes are not encoded") }
        if text.utf8.split(separator: UInt8(ascii: "/")).contains(where: {
            $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
        }) {
            remarks.append("segments of dots are resolved")
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    static func hasPlaceholder(_ name: String, in address: String) -> Bool {
        Array(address.utf8).contains(Array("{\(name)}".utf8))
    }

    static func query(_ value: JSONValue) -> String? {
        switch value {
        case "": "an empty value is left out"
        case .null: "null is sent as an empty value"
        case .array([]): "an empty list sends nothing"
        case .object: "an object is sent as Python text"
        default: nil
        }
    }

    static func header(_ name: String, _ text: String) -> String? {
        let isASCII = (name + text).utf8.allSatisfy { $0 < 0x80 }
        guard !isASCII || WireFraming.complaint(about: WireHeader(name, text)) != nil else { return nil }
        return "a header cannot hold that, so the call fails"
    }

    static func cookie(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text):
            return text.utf8.allSatisfy { $0 < 0x80 } ? nil : "cookies hold ASCII only, so the call fails"
        case .null: return "null is sent as a name without a value"
        default: return "\(kind(value)) cannot be sent as a cookie, so the call fails"
        }
    }

    /// A property that is a reference has the import type of text.
    static func reference(_ given: JSONValue?, _ value: JSONValue) -> String? {
        guard case .number? = given, case .string = value else { return nil }
        return "a property given by reference is sent as text"
    }

    /// What the property's own schema made of a value.
    static func conversion(
        of given: JSONValue?, _ value: JSONValue, to converted: JSONValue, by property: JSONValue
    ) -> String? {
        switch (value, converted) {
        case (_, .null) where property["type"] == nil && property["anyOf"]?.array == nil && !value.isNull:
            return "the property has neither type nor anyOf, so null is sent"
        case (_, .null) where property["type"] == "null" && !value.isNull:
            return "the property is null whatever is given"
        case (.number(let old), .number(let new)) where old.double != new.double: return "the number is cut off"
        case (.bool, .number): return "the boolean became a number"
        case (.string, .string) where property["type"] == "object" && given?.object != nil:
            return "only an object given as JSON text is sent as an object"
        default: return nil
        }
    }

    private static func kind(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
