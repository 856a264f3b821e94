import DifyProtocol

/// One field of a credentials form as the console describes it (`ProviderConfig`,
/// `api/core/entities/provider_entities.py`).
struct CredentialField {
    enum FieldType: String {
        case select
        case text = "text-input"
        case secret = "secret-input"
    }

    let name: String
    let type: FieldType
    var isRequired = false
    var standard: String?
    var options: [(value: String, label: LocalizedText)]?
    var label: LocalizedText?
    var help: LocalizedText?
    var placeholder: LocalizedText?

    var json: JSONValue {
        let options = options.map { options -> JSONValue in
            .array(options.map { ["value": .string($0.value), "label": $0.label.json] })
        }
        return [
            "type": .string(type.rawValue), "name": .string(name), "scope": .null, "required": .bool(isRequired),
            "default": standard.map(JSONValue.string) ?? .null, "options": options ?? .null, "multiple": false,
            "label": label?.json ?? .null, "help": help?.json ?? .null, "url": .null,
            "placeholder": placeholder?.json ?? .null,
        ]
    }

    /// The form that the console shows beside a new API document. It is older than what is checked when the tools are
    /// tested, and nothing is checked when they are saved.
    static let apiForm = [
        CredentialField(
            name: "auth_type", type: .select, isRequired: true, standard: "none",
            options: [("none", LocalizedText("None", chinese: "无")), ("api_key", LocalizedText("Api Key"))],
            placeholder: LocalizedText("Select auth type", chinese: "选择认证方式")),
        CredentialField(
            name: "api_key_header", type: .text, standard: "api_key",
            help: LocalizedText("HTTP header name for api key", chinese: "HTTP 头部字段名，用于传递 api key"),
            placeholder: LocalizedText("Enter api key header", chinese: "输入 api key header，如：X-API-KEY")),
        CredentialField(
            name: "api_key_value", type: .text, standard: "",
            placeholder: LocalizedText("Enter api key", chinese: "输入 api key")),
    ]
}
