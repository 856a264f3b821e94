public import DifyProtocol

extension CallExplanation {
    /// The explanation for machines.
    public var json: JSONValue {
        [
            "call": .string(call), "tool": tool?.json ?? .null, "request": request?.json ?? .null,
            "arguments": .array(arguments.map(\.json)), "traps": .array(traps.map(\.json)),
            "violations": .array(violations.map(\.json)), "error": failure?.json ?? .null,
            "answer": .string(answer), "notes": .array(notes.map(JSONValue.string)),
        ]
    }
}

extension ToolIdentity {
    fileprivate var json: JSONValue {
        ["kind": .string(kind.rawValue), "provider": .string(provider), "tool": .string(tool)]
    }
}

extension CallExplanation.Request {
    fileprivate var json: JSONValue {
        [
            "method": .string(method), "url": .string(url),
            "headers": .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "body": .string(body),
        ]
    }
}

extension CallExplanation.Argument {
    fileprivate var json: JSONValue {
        let members: JSONObject = [
            "name": .string(name), "type": .optional(type), "in": .optional(destination),
            "given": given ?? .null, "is_given": .bool(given != nil), "cast": cast ?? .null,
            "sent": .optional(sent), "remark": .optional(remark),
        ]
        return .object(members.merging(place?.members ?? [:]))
    }
}

extension CallExplanation.Trap {
    fileprivate var json: JSONValue {
        .object(place.members.merging(["problem": .string(problem), "remedy": .string(remedy)]))
    }
}

extension CallExplanation.Violation {
    fileprivate var json: JSONValue {
        .object(place.members.merging(["subject": .string(subject), "problem": .string(problem)]))
    }
}

extension CallExplanation.Failure {
    fileprivate var json: JSONValue { ["stage": .string(stage.rawValue), "message": .string(message)] }
}

extension DocumentPlace {
    fileprivate var members: JSONObject {
        [
            "pointer": .string(pointer), "line": line.map(JSONValue.integer) ?? .null,
            "column": column.map(JSONValue.integer) ?? .null,
        ]
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
