import DifyProtocol

/// Who made the tools that are part of Dify, and how the console calls them
/// (`api/core/tools/builtin_tool/providers`, Dify 1.14.2). Translations are left out.
enum HardcodedTitles {
    struct Provider {
        let author: String
        let label: String
        let description: String
        let tag: String
    }

    static func provider(_ id: String) -> Provider? { providers[id] }

    /// The author and the label of a tool.
    static func tool(_ name: String) -> (author: String, label: String)? { tools[name] }

    private static let providers = [
        "audio": Provider(
            author: "hjlarry", label: "Audio", description: "A tool for tts and asr.", tag: "utilities"),
        "code": Provider(
            author: "Dify", label: "Code Interpreter", description: "Run a piece of code and get the result back.",
            tag: "productivity"),
        "time": Provider(
            author: "Dify", label: "CurrentTime", description: "A tool for getting the current time.",
            tag: "utilities"),
        "webscraper": Provider(
            author: "Dify", label: "WebScraper", description: "Web Scraper tool kit is used to scrape web",
            tag: "productivity"),
    ]

    private static let tools = [
        "asr": ("hjlarry", "Speech To Text"), "tts": ("hjlarry", "Text To Speech"),
        "simple_code": ("Dify", "Code Interpreter"), "current_time": ("Dify", "Current Time"),
        "localtime_to_timestamp": ("zhuhao", "localtime to timestamp"),
        "timestamp_to_localtime": ("zhuhao", "Timestamp to localtime"),
        "timezone_conversion": ("zhuhao", "convert time to equivalent time zone"),
        "weekday": ("Bowen Liang", "Weekday Calculator"), "webscraper": ("Dify", "Web Scraper"),
    ]
}
