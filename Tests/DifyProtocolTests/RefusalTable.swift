import DifyProtocol

/// What Dify's daemon refuses, found by asking its own types, decoder and validator.
enum RefusalTable {
    /// A member that has to be there, and the Go field that the validator names.
    static let required: [(InvocationType, String, String)] = [
        (.tool, "tool_type", "InvokeToolRequest.ToolType"),
        (.tool, "provider", "InvokeToolRequest.InvokeToolSchema.Provider"),
        (.tool, "tool", "InvokeToolRequest.InvokeToolSchema.Tool"),
        (.llm, "provider", "InvokeLLMRequest.BaseRequestInvokeModel.Provider"),
        (.llm, "model", "InvokeLLMRequest.BaseRequestInvokeModel.Model"),
        (.llm, "mode", "InvokeLLMRequest.InvokeLLMSchema.Mode"),
        (.llmStructuredOutput, "provider", "InvokeLLMWithStructuredOutputRequest.BaseRequestInvokeModel.Provider"),
        (.llmStructuredOutput, "model", "InvokeLLMWithStructuredOutputRequest.BaseRequestInvokeModel.Model"),
        (.llmStructuredOutput, "mode", "InvokeLLMWithStructuredOutputRequest.InvokeLLMSchema.Mode"),
        (
            .llmStructuredOutput, "structured_output_schema",
            "InvokeLLMWithStructuredOutputRequest.StructuredOutputSchema"
        ),
        (.textEmbedding, "provider", "InvokeTextEmbeddingRequest.BaseRequestInvokeModel.Provider"),
        (.textEmbedding, "model", "InvokeTextEmbeddingRequest.BaseRequestInvokeModel.Model"),
        (.textEmbedding, "texts", "InvokeTextEmbeddingRequest.InvokeTextEmbeddingSchema.Texts"),
        (.textEmbedding, "input_type", "InvokeTextEmbeddingRequest.InvokeTextEmbeddingSchema.InputType"),
        (.multimodalEmbedding, "provider", "InvokeMultimodalEmbeddingRequest.BaseRequestInvokeModel.Provider"),
        (.multimodalEmbedding, "model", "InvokeMultimodalEmbeddingRequest.BaseRequestInvokeModel.Model"),
        (
            .multimodalEmbedding, "documents",
            "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.Documents"
        ),
        (
            .multimodalEmbedding, "input_type",
            "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.InputType"
        ),
        (.rerank, "provider", "InvokeRerankRequest.BaseRequestInvokeModel.Provider"),
        (.rerank, "model", "InvokeRerankRequest.BaseRequestInvokeModel.Model"),
        (.rerank, "query", "InvokeRerankRequest.InvokeRerankSchema.Query"),
        (.rerank, "docs", "InvokeRerankRequest.InvokeRerankSchema.Docs"),
        (.multimodalRerank, "provider", "InvokeMultimodalRerankRequest.BaseRequestInvokeModel.Provider"),
        (.multimodalRerank, "model", "InvokeMultimodalRerankRequest.BaseRequestInvokeModel.Model"),
        (.multimodalRerank, "docs", "InvokeMultimodalRerankRequest.InvokeMultimodalRerankSchema.Docs"),
        (.tts, "provider", "InvokeTTSRequest.BaseRequestInvokeModel.Provider"),
        (.tts, "model", "InvokeTTSRequest.BaseRequestInvokeModel.Model"),
        (.tts, "content_text", "InvokeTTSRequest.InvokeTTSSchema.ContentText"),
        (.tts, "voice", "InvokeTTSRequest.InvokeTTSSchema.Voice"),
        (.speechToText, "provider", "InvokeSpeech2TextRequest.BaseRequestInvokeModel.Provider"),
        (.speechToText, "model", "InvokeSpeech2TextRequest.BaseRequestInvokeModel.Model"),
        (.speechToText, "file", "InvokeSpeech2TextRequest.InvokeSpeech2TextSchema.File"),
        (.moderation, "provider", "InvokeModerationRequest.BaseRequestInvokeModel.Provider"),
        (.moderation, "model", "InvokeModerationRequest.BaseRequestInvokeModel.Model"),
        (.moderation, "text", "InvokeModerationRequest.InvokeModerationSchema.Text"),
        (.systemSummary, "text", "InvokeSummaryRequest.InvokeSummarySchema.Text"),
        (.app, "app_id", "InvokeAppRequest.InvokeAppSchema.AppId"),
        (.fetchApp, "app_id", "FetchAppRequest.AppId"),
        (.parameterExtractor, "parameters", "InvokeParameterExtractorRequest.Parameters"),
        (.parameterExtractor, "query", "InvokeParameterExtractorRequest.Query"),
        (.questionClassifier, "classes", "InvokeQuestionClassifierRequest.Classes"),
        (.questionClassifier, "query", "InvokeQuestionClassifierRequest.Query"),
        (.storage, "opt", "InvokeStorageRequest.Opt"),
        (.storage, "key", "InvokeStorageRequest.Key"),
        (.uploadFile, "filename", "UploadFileRequest.Filename"),
        (.uploadFile, "mimetype", "UploadFileRequest.MimeType"),
    ]

    /// The Go types of all members: `map` and `slice` by their kinds.
    static let types: [(InvocationType, [String: String])] = [
        (
            .tool,
            [
                "tool_type": "requests.ToolType", "provider": "string", "tool": "string", "tool_parameters": "map",
                "credential_id": "string", "credential_type": "string",
            ]
        ),
        (
            .llm,
            [
                "provider": "string", "model": "string", "mode": "string", "completion_params": "map",
                "prompt_messages": "slice", "tools": "slice", "tool_choice": "map", "stop": "slice", "stream": "bool",
            ]
        ),
        (
            .llmStructuredOutput,
            [
                "provider": "string", "model": "string", "mode": "string", "completion_params": "map",
                "prompt_messages": "slice", "structured_output_schema": "map", "tools": "slice",
                "tool_choice": "map", "stop": "slice", "stream": "bool",
            ]
        ),
        (.textEmbedding, ["provider": "string", "model": "string", "texts": "slice", "input_type": "string"]),
        (
            .multimodalEmbedding,
            ["provider": "string", "model": "string", "documents": "slice", "input_type": "string"]
        ),
        (
            .rerank,
            [
                "provider": "string", "model": "string", "query": "string", "docs": "slice",
                "score_threshold": "float64", "top_n": "int",
            ]
        ),
        (
            .multimodalRerank,
            [
                "provider": "string", "model": "string", "query": "map", "docs": "slice",
                "score_threshold": "float64", "top_n": "int",
            ]
        ),
        (.tts, ["provider": "string", "model": "string", "content_text": "string", "voice": "string"]),
        (.speechToText, ["provider": "string", "model": "string", "file": "string"]),
        (.moderation, ["provider": "string", "model": "string", "text": "string"]),
        (.systemSummary, ["text": "string", "instruction": "string"]),
        (
            .app,
            [
                "app_id": "string", "inputs": "map", "query": "string", "response_mode": "string",
                "conversation_id": "string", "user": "string",
            ]
        ),
        (.fetchApp, ["app_id": "string"]),
        (.parameterExtractor, ["parameters": "slice", "model": "map", "query": "string", "instruction": "string"]),
        (.questionClassifier, ["classes": "slice", "model": "map", "query": "string", "instruction": "string"]),
        (.storage, ["opt": "dify_invocation.StorageOpt", "key": "string", "value": "string"]),
        (.uploadFile, ["filename": "string", "mimetype": "string"]),
    ]

    /// Other changes to a good request that the validator refuses, and what it finds: the Go field and the tag.
    static let invalid: [(InvocationType, JSONObject, [String])] = [
        (.tool, ["tool_type": "app"], ["InvokeToolRequest.ToolType tool_type"]),
        (
            .llm, ["tools": [["name": ""], ["name": "ok"], nil]],
            [
                "InvokeLLMRequest.InvokeLLMSchema.Tools[0].Name required",
                "InvokeLLMRequest.InvokeLLMSchema.Tools[2].Name required",
            ]
        ),
        (.llm, ["tool_choice": [:]], ["InvokeLLMRequest.InvokeLLMSchema.ToolChoice.Mode required"]),
        (.llm, ["tool_choice": ["mode": "any"]], ["InvokeLLMRequest.InvokeLLMSchema.ToolChoice.Mode oneof"]),
        (
            .llm, ["tool_choice": ["mode": "tool", "name": " \t"]],
            ["InvokeLLMRequest.InvokeLLMSchema.ToolChoice.name required_for_tool"]
        ),
        (
            .multimodalEmbedding,
            ["documents": [[:], ["content": "x", "content_type": "audio"]], "input_type": "question"],
            [
                "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.Documents[0].Content required",
                "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.Documents[0].ContentType required",
                "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.Documents[1].ContentType "
                    + "multimodal_content_type",
                "InvokeMultimodalEmbeddingRequest.InvokeMultimodalEmbeddingSchema.InputType oneof",
            ]
        ),
        (
            .multimodalRerank, ["query": nil],
            [
                "InvokeMultimodalRerankRequest.InvokeMultimodalRerankSchema.Query.Content required",
                "InvokeMultimodalRerankRequest.InvokeMultimodalRerankSchema.Query.ContentType required",
            ]
        ),
        (
            .parameterExtractor,
            [
                "parameters": [nil, ["name": "a", "type": "boolean"], ["name": "b", "type": "array[boolean]"]],
                "model": nil, "query": "",
            ],
            [
                "InvokeParameterExtractorRequest.Parameters[0].Name required",
                "InvokeParameterExtractorRequest.Parameters[0].Type required",
                "InvokeParameterExtractorRequest.Parameters[1].Type oneof",
                "InvokeParameterExtractorRequest.Parameters[2].Type oneof",
                "InvokeParameterExtractorRequest.Model.Provider required",
                "InvokeParameterExtractorRequest.Model.Name required",
                "InvokeParameterExtractorRequest.Model.Mode required",
                "InvokeParameterExtractorRequest.Query required",
            ]
        ),
        (
            .questionClassifier, ["classes": [["id": "1"], ["name": "x"]], "model": ["name": "m", "mode": "chat"]],
            [
                "InvokeQuestionClassifierRequest.Classes[0].Name required",
                "InvokeQuestionClassifierRequest.Classes[1].ID required",
                "InvokeQuestionClassifierRequest.Model.Provider required",
            ]
        ),
        (
            .storage, ["opt": "drop", "key": ""],
            ["InvokeStorageRequest.Opt storage_opt", "InvokeStorageRequest.Key required"]
        ),
    ]

    /// Other changes to a good request that the decoder refuses, and its lines.
    static let undecodable: [(InvocationType, JSONObject, [String])] = [
        (
            .llm,
            [
                "prompt_messages": [
                    [
                        "role": 7, "name": 5, "tool_call_id": [],
                        "tool_calls": [
                            ["id": 5, "function": ["name": 1, "arguments": ["a": 1]]], 5, ["function": "x"],
                        ], "opaque_body": ["a": 1],
                    ],
                    "hi", [], ["opaque_body": [1, "a"]],
                ]
            ],
            [
                "'prompt_messages[0].name' expected type 'string', got unconvertible type 'float64', value: '5'",
                "'prompt_messages[0].opaque_body': source data must be an array or slice, got map",
                "'prompt_messages[0].role' expected type 'model_entities.PromptMessageRole', "
                    + "got unconvertible type 'float64', value: '7'",
                "'prompt_messages[0].tool_call_id' expected type 'string', "
                    + "got unconvertible type '[]interface {}', value: '[]'",
                "'prompt_messages[0].tool_calls[0].function.arguments' expected type 'string', "
                    + "got unconvertible type 'map[string]interface {}', value: 'map[a:1]'",
                "'prompt_messages[0].tool_calls[0].function.name' expected type 'string', "
                    + "got unconvertible type 'float64', value: '1'",
                "'prompt_messages[0].tool_calls[0].id' expected type 'string', "
                    + "got unconvertible type 'float64', value: '5'",
                "'prompt_messages[0].tool_calls[1]' expected a map, got 'float64'",
                "'prompt_messages[0].tool_calls[2].function' expected a map, got 'string'",
                "'prompt_messages[1]' expected a map, got 'string'",
                "'prompt_messages[2]' expected a map, got 'slice'",
                "'prompt_messages[3].opaque_body[1]' expected type 'uint8', "
                    + "got unconvertible type 'string', value: 'a'",
            ]
        ),
        (
            .llm, ["tools": [["name": 5, "parameters": "x"], "x"], "tool_choice": ["mode": 5], "stop": ["a", 5]],
            [
                "'stop[1]' expected type 'string', got unconvertible type 'float64', value: '5'",
                "'tool_choice.mode' expected type 'model_entities.ToolChoiceMode', "
                    + "got unconvertible type 'float64', value: '5'",
                "'tools[0].name' expected type 'string', got unconvertible type 'float64', value: '5'",
                "'tools[0].parameters' expected a map, got 'string'",
                "'tools[1]' expected a map, got 'string'",
            ]
        ),
        (
            .textEmbedding, ["texts": ["a", nil, true]],
            ["'texts[2]' expected type 'string', got unconvertible type 'bool', value: 'true'"]
        ),
        (
            .multimodalEmbedding, ["documents": [["content": "x", "content_type": 5], "x"]],
            [
                "'documents[0].content_type' expected type 'model_entities.MultimodalContentType', "
                    + "got unconvertible type 'float64', value: '5'",
                "'documents[1]' expected a map, got 'string'",
            ]
        ),
        (
            .rerank, ["top_n": true, "query": ""],
            ["'top_n' expected type 'int', got unconvertible type 'bool', value: 'true'"]
        ),
        (
            .parameterExtractor,
            [
                "parameters": [["name": "a", "type": "string", "options": [5], "required": "true"], ["options": "x"]],
                "model": ["provider": 5, "completion_params": []],
            ],
            [
                "'model.completion_params' expected a map, got 'slice'",
                "'model.provider' expected type 'string', got unconvertible type 'float64', value: '5'",
                "'parameters[0].options[0]' expected type 'string', got unconvertible type 'float64', value: '5'",
                "'parameters[0].required' expected type 'bool', got unconvertible type 'string', value: 'true'",
                "'parameters[1].options': source data must be an array or slice, got string",
            ]
        ),
        (
            .questionClassifier, ["classes": [["id": 1, "name": "x"]], "model": []],
            [
                "'classes[0].id' expected type 'string', got unconvertible type 'float64', value: '1'",
                "'model' expected a map, got 'slice'",
            ]
        ),
    ]
}
