public import DifyProtocol

/// An output of a workflow, as one of its end nodes declares it.
public struct WorkflowOutput: Sendable, Hashable {
    /// What an output may be declared as (graphon's `OutputVariableType`).
    public enum OutputType: String, Sendable, Hashable, CaseIterable {
        case string
        case number
        case integer
        case secret
        case boolean
        case object
        case file
        case array
        case arrayOfStrings = "array[string]"
        case arrayOfNumbers = "array[number]"
        case arrayOfObjects = "array[object]"
        case arrayOfBooleans = "array[boolean]"
        case arrayOfFiles = "array[file]"
        case any
        case arrayOfAnything = "array[any]"

        /// The type with a name.
        init?(name: String) { self.init(rawValue: Self.normal(name)) }

        /// Older editors wrote `Array[String]`.
        static func normal(_ name: String) -> String { name.hasPrefix("Array[") ? name.lowercased() : name }
    }

    /// The name under which a run gives it.
    public let name: String
    /// What it is; ``OutputType/any`` where the node does not say, as before DSL 0.2.
    public let type: OutputType

    /// An output.
    public init(name: String, type: OutputType = .any) {
        self.name = name
        self.type = type
    }

    /// Reads an entry of an end node's `outputs` (`OutputVariableEntity`).
    ///
    /// - Throws: ``PydanticReport`` for one that Dify cannot read.
    init(entity value: JSONValue) throws(PydanticReport) {
        var fields = try ModelFields(value, model: "OutputVariableEntity")
        let name = fields.text("variable")
        var type: OutputType?
        if fields["value_type"] != nil {
            type = fields.word("value_type", of: OutputType.allCases, normal: OutputType.normal)
        }
        if fields["value_selector"] == nil {
            fields.missing("value_selector")
        } else {
            fields.requireTexts("value_selector")
        }
        try fields.finish()
        self.init(name: name, type: type ?? .any)
    }
}

extension [WorkflowOutput] {
    /// What the tool says of its result: each name once, as the last end node declares it at the place of the first.
    /// The names of messages are left out.
    var schema: JSONObject {
        let named = filter { !PublishedWorkflow.reservedOutputs.contains($0.name) }
        let properties = named.map { output -> (String, JSONValue) in
            (output.name, ["type": .string(output.type.rawValue), "description": ""])
        }
        return ["type": "object", "properties": .object(JSONObject(properties))]
    }
}
