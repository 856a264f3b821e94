import DifyProtocol

/// A tool as the console shows it (`ToolApiEntity`, `api/core/tools/entities/api_entities.py`).
struct ToolItem {
    var author = ""
    let name: String
    let label: LocalizedText
    let description: LocalizedText
    let parameters: [JSONValue]
    var labels: [String] = []
    var outputSchema: JSONObject = [:]

    var json: JSONObject {
        [
            "author": .string(author), "name": .string(name), "label": label.json, "description": description.json,
            "parameters": .array(parameters), "labels": .array(labels.map(JSONValue.string)),
            "output_schema": .object(outputSchema),
        ]
    }
}
