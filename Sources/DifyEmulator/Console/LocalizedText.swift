import DifyProtocol

/// A text in the languages of Dify's console (`I18nObject`). What is not translated is English.
struct LocalizedText: Sendable {
    let english: String
    let chinese: String

    init(_ english: String, chinese: String? = nil) {
        self.english = english
        self.chinese = chinese ?? english
    }

    /// As pydantic writes the model.
    var json: JSONValue {
        [
            "en_US": .string(english), "zh_Hans": .string(chinese), "pt_BR": .string(english),
            "ja_JP": .string(english),
        ]
    }

    /// As a provider's item holds it, where Chinese comes first.
    var itemJSON: JSONValue {
        [
            "zh_Hans": .string(chinese), "en_US": .string(english), "pt_BR": .string(english),
            "ja_JP": .string(english),
        ]
    }
}
