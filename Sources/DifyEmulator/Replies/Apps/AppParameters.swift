import DifyProtocol

/// The answer to `fetch_app`: what the service API's `/parameters` tells about an app
/// (`get_parameters_from_feature_dict`).
enum AppParameters {
    /// The parameters of an app for which no features are saved, its input form, and the seed's `parameters` over both.
    static func of(_ app: CatalogApp) -> JSONObject {
        var parameters = defaults
        parameters["user_input_form"] = .array(app.inputs.map(form))
        return lay(app.parameters, over: parameters)
    }

    /// The parameters with those of one call's reply over them.
    static func of(_ app: CatalogApp, with reply: JSONObject) -> JSONObject {
        lay(reply, over: of(app))
    }

    /// Objects are laid over objects member by member, everything else takes its place.
    private static func lay(_ upper: JSONObject, over lower: JSONObject) -> JSONObject {
        var result = lower
        for (key, value) in upper {
            if let object = value.object, let below = lower[key]?.object {
                result[key] = .object(lay(object, over: below))
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// A variable as start nodes and easy apps save it: under its type.
    private static func form(_ input: AppInput) -> JSONValue {
        var variable: JSONObject = [
            "variable": .string(input.name), "label": .string(input.label), "type": .string(input.type.rawValue),
            "required": .bool(input.required), "options": .array(input.options.map(JSONValue.string)),
        ]
        if let length = input.maxLength { variable["max_length"] = .integer(length) }
        if !input.defaultValue.isNull { variable["default"] = input.defaultValue }
        return .object([input.type.rawValue: .object(variable)])
    }

    private static let defaults: JSONObject = [
        "opening_statement": .null,
        "suggested_questions": [],
        "suggested_questions_after_answer": ["enabled": false],
        "speech_to_text": ["enabled": false],
        "text_to_speech": ["enabled": false],
        "retriever_resource": ["enabled": false],
        "annotation_reply": ["enabled": false],
        "more_like_this": ["enabled": false],
        "user_input_form": [],
        "sensitive_word_avoidance": ["enabled": false, "type": "", "configs": []],
        "file_upload": [
            "image": [
                "enabled": false, "number_limits": 3, "detail": "high",
                "transfer_methods": ["remote_url", "local_file"],
            ]
        ],
        "system_parameters": [
            "image_file_size_limit": 10, "video_file_size_limit": 100, "audio_file_size_limit": 50,
            "file_size_limit": 15, "workflow_file_upload_limit": 10,
        ],
    ]
}
