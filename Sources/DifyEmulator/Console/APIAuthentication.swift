import DifyProtocol

/// How calls of a custom tool provider sign in (Dify's `ApiProviderAuthType`), and which credentials go with it.
enum APIAuthentication: String, CaseIterable, Sendable {
    case none
    case header = "api_key_header"
    case query = "api_key_query"

    /// What the console sends as `auth_type`.
    ///
    /// - Throws: ``Refusal`` with Dify's text for credentials without one, or with another.
    init(of credentials: JSONObject, profile: Profile = .current) throws(Refusal) {
        guard let given = credentials["auth_type"] else { throw .invalidParameter("auth_type is required") }
        guard profile.has(.authTypeNames) else {
            self = try Self.literally(given, profile)
            return
        }
        let text: String
        switch given {
        case .string(let word): text = word
        // Python calls a method of texts on what is truthy.
        case _ where PythonText.isTruthy(given): throw .internalServerError
        default: text = ""
        }
        guard let known = Self.named(PythonText.strip(text).lowercased()) else {
            let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidParameter("invalid mode value '\(PythonText.str(given))', expected one of: \(words)")
        }
        self = known
    }

    /// What releases before 1.8.0 took: their own words as they stand.
    private static func literally(_ given: JSONValue, _ profile: Profile) throws(Refusal) -> APIAuthentication {
        let header = profile.has(.queryKey) ? "api_key_header" : "api_key"
        switch given {
        case "none": return .none
        case .string(header): return .header
        case "api_key_query" where profile.has(.queryKey): return .query
        default: throw .invalidParameter("invalid mode value \(PythonText.str(given))")
        }
    }

    /// Until 1.7.0 the header was called `api_key`.
    private static func named(_ word: String) -> APIAuthentication? {
        word == "api_key" ? .header : APIAuthentication(rawValue: word)
    }

    /// The credentials that are kept secret.
    var secrets: Set<String> { self == .none ? [] : ["api_key_value"] }

    /// One credential, as the check before a test knows it.
    struct Field: Sendable {
        let name: String
        let isRequired: Bool
        var standard: String?
        /// For one of a fixed set of words: each with what people read, in English and in Chinese.
        var options: [(value: String, english: String, chinese: String)]?
    }

    /// The credentials in Dify's order (`ApiToolProviderController.from_db`).
    var fields: [Field] {
        let type = Field(
            name: "auth_type", isRequired: true, standard: "none",
            options: [
                ("none", "None", "无"), ("api_key_header", "Header", "请求头"), ("api_key_query", "Query Param", "查询参数"),
            ])
        let key = Field(name: "api_key_value", isRequired: true)
        switch self {
        case .none: return [type]
        case .header:
            let prefixes = ["basic", "bearer", "custom"].map { word in
                let label = word.prefix(1).uppercased() + word.dropFirst()
                return (word, label, label)
            }
            return [
                type, Field(name: "api_key_header", isRequired: false, standard: "Authorization"), key,
                Field(name: "api_key_header_prefix", isRequired: false, standard: "basic", options: prefixes),
            ]
        case .query: return [type, Field(name: "api_key_query_param", isRequired: false, standard: "key"), key]
        }
    }
}
