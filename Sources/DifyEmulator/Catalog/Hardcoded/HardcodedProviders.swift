import DifyProtocol

/// The four tool providers that are part of Dify itself and hence exist in every workspace.
///
/// Declarations as in Dify 1.14.2 (`core/tools/builtin_tool/providers`). The time tools compute what Dify computes,
/// from the workspace's clock; the others would need models, a sandbox or the network, and answer with a fixed text
/// that says so.
enum HardcodedProviders {
    /// Their names, matched letter by letter before anything is taken for a plugin's id.
    static let names: Set<String> = ["audio", "code", "time", "webscraper"]

    /// The providers in Dify's order.
    static let all: [BuiltinProvider] = [
        provider("audio", [speechToText, textToSpeech]), provider("code", [simpleCode]),
        provider("time", [currentTime, localToTimestamp, timestampToLocal, timezoneConversion, weekday]),
        provider("webscraper", [webscraper]),
    ]

    /// A tool before it has a provider.
    private struct Declaration {
        let name: String
        let description: String
        let parameters: [ToolParameter]
        let answer: CannedAnswer
    }

    private static func provider(_ name: String, _ tools: [Declaration]) -> BuiltinProvider {
        BuiltinProvider(
            id: name, credentials: nil,
            tools: tools.map { tool in
                CatalogTool(
                    identity: ToolIdentity(kind: .builtin, provider: name, tool: tool.name), providerName: name,
                    nameOrigin: .declared, description: tool.description, parameters: tool.parameters, operation: nil,
                    answer: tool.answer)
            })
    }

    private static func parameter(
        _ name: String, _ type: ToolParameter.ParameterType = .string, required: Bool = true,
        form: ToolParameter.Form = .llm, default value: JSONValue = .null, options: [String] = [],
        about description: String
    ) -> ToolParameter {
        ToolParameter(
            name: name, type: type, required: required, form: form, defaultValue: value, options: options,
            humanDescription: description, llmDescription: description)
    }

    private static func fixed(_ messages: ToolInvokeMessage...) -> CannedAnswer { .computed { _, _ in messages } }

    // MARK: - audio

    private static let speechToText = Declaration(
        name: "asr", description: "Convert audio file to text.",
        parameters: [parameter("audio_file", .file, about: "The audio file to be converted.")],
        answer: fixed(.text("[dify-emulator] the transcript of the audio file")))

    private static let textToSpeech = Declaration(
        name: "tts", description: "Convert text to audio file.",
        parameters: [parameter("text", about: "The text to be converted.")],
        answer: fixed(
            .text("Audio generated successfully"),
            // A WAV file with no samples.
            .blob(
                base64: "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=",
                meta: ["mime_type": "audio/x-wav"])))

    // MARK: - code and webscraper

    private static let simpleCode = Declaration(
        name: "simple_code",
        description: "Run code and get the result back. When you're using a lower quality model, please make sure "
            + "there are some tips help LLM to understand how to write the code.",
        parameters: [
            parameter("language", options: ["python3", "javascript"], about: "The programming language of the code"),
            parameter("code", about: "The code to be executed"),
        ],
        answer: .computed { parameters, _ throws(StreamError) in
            let language = parameters["language"].map(PythonText.str) ?? "python3"
            guard ["python3", "javascript"].contains(language) else {
                throw StreamError("Only python3 and javascript are supported, not \(language)")
            }
            return [.text("[dify-emulator] the output of the \(language) program\n")]
        })

    private static let webscraper = Declaration(
        name: "webscraper", description: "A tool for scraping webpages.",
        parameters: [
            parameter("url", about: "used for linking to webpages"),
            parameter(
                "user_agent", required: false, form: .form,
                default: .string(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Chrome/100.0.1000.0 Safari/537.36"), about: "used for identifying the browser."),
            parameter(
                "generate_summary", .boolean, required: false, form: .form, default: "false",
                options: ["true", "false"],
                about: "If true, the crawler will only return the page summary content."),
        ],
        answer: .computed { parameters, _ in
            let url = parameters["url"].map(PythonText.str) ?? ""
            return [.text(url.isEmpty ? "Please input url" : "[dify-emulator] the text of \(url)")]
        })

    // MARK: - time

    private static let timezones = [
        "UTC", "America/New_York", "America/Los_Angeles", "America/Chicago", "America/Sao_Paulo", "Asia/Shanghai",
        "Asia/Ho_Chi_Minh", "Asia/Tokyo", "Asia/Dubai", "Asia/Kolkata", "Asia/Seoul", "Asia/Singapore",
        "Europe/London", "Europe/Berlin", "Europe/Moscow", "Australia/Sydney", "Pacific/Auckland", "Africa/Cairo",
    ]

    private static let currentTime = Declaration(
        name: "current_time", description: "A tool for getting the current time.",
        parameters: [
            parameter(
                "format", required: false, form: .form, default: "%Y-%m-%d %H:%M:%S",
                about: "Time format in strftime standard."),
            parameter(
                "timezone", .select, required: false, form: .form, default: "UTC", options: timezones, about: "Timezone"
            ),
        ],
        answer: .computed(TimeTools.currentTime))

    private static let localToTimestamp = Declaration(
        name: "localtime_to_timestamp", description: "A tool for localtime convert to timestamp",
        parameters: [
            parameter("localtime", about: "localtime, such as 2024-1-1 0:0:0"),
            parameter("timezone", required: false, default: "Asia/Shanghai", about: "Timezone, such as Asia/Shanghai"),
        ],
        answer: .computed(TimeTools.localToTimestamp))

    private static let timestampToLocal = Declaration(
        name: "timestamp_to_localtime", description: "A tool for timestamp convert to localtime",
        parameters: [
            parameter("timestamp", .number, about: "Timestamp"),
            parameter("timezone", required: false, default: "Asia/Shanghai", about: "Timezone, such as Asia/Shanghai"),
        ],
        answer: .computed(TimeTools.timestampToLocal))

    private static let timezoneConversion = Declaration(
        name: "timezone_conversion", description: "A tool to convert time to equivalent time zone",
        parameters: [
            parameter("current_time", about: "current time, such as 2024-1-1 0:0:0"),
            parameter("current_timezone", default: "Asia/Shanghai", about: "Current Timezone, such as Asia/Shanghai"),
            parameter("target_timezone", default: "Asia/Tokyo", about: "Target Timezone, such as Asia/Tokyo"),
        ],
        answer: .computed(TimeTools.timezoneConversion))

    private static let weekday = Declaration(
        name: "weekday", description: "A tool for calculating the weekday of a given date.",
        parameters: [
            parameter("year", .number, about: "Year"), parameter("month", .number, about: "Month"),
            parameter("day", .number, about: "day"),
        ],
        answer: .computed(TimeTools.weekday))
}
