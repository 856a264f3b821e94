import DifyProtocol

/// The credentials of a custom tool provider on their way in and out of the store.
struct APICredentials {
    let authentication: APIAuthentication
    let values: JSONObject

    /// Credentials as the console sends them.
    ///
    /// - Throws: ``Refusal`` for a missing or unknown `auth_type`.
    init(_ values: JSONObject, profile: Profile = .current) throws(Refusal) {
        authentication = try APIAuthentication(of: values, profile: profile)
        self.values = values
    }

    /// The credentials that mean something, and that an entry of a seed may hold.
    private static let names: Set = [
        "auth_type", "api_key_header", "api_key_header_prefix", "api_key_value", "api_key_query_param",
    ]

    /// What is stored: of secrets, nothing becomes an empty text. Dify encrypts them, which takes a text.
    ///
    /// - Throws: ``Refusal``: HTTP 500 for a secret that is no text.
    func stored() throws(Refusal) -> JSONObject {
        var stored = JSONObject(values.filter { Self.names.contains($0.key) }.map { ($0.key, $0.value) })
        for name in authentication.secrets {
            switch stored[name] {
            case nil, .string: continue
            case .some(let value) where PythonText.isTruthy(value): throw .internalServerError
            case .some: stored[name] = ""
            }
        }
        return stored
    }

    /// With what is stored in place of each value that is still written as the console shows it.
    func keeping(_ earlier: JSONObject) throws(Refusal) -> APICredentials {
        let masked = CredentialMask.masked(earlier, secrets: authentication.secrets)
        let values = self.values.map { name, value in
            (name, value == masked[name] ? earlier[name] ?? value : value)
        }
        return try APICredentials(JSONObject(values))
    }

    /// The check before a test: what may be there, and of which form; what is left out gets its default
    /// (`validate_credentials_format`, `api/core/tools/__base/tool_provider.py`).
    ///
    /// - Parameter provider: The provider's name; empty for one that is not saved.
    func checked(provider: String) throws(Refusal) -> JSONObject {
        var missing = authentication.fields
        for (name, value) in values {
            guard let index = missing.firstIndex(where: { $0.name == name }) else {
                throw .invalidParameter("credential \(name) not found in provider \(provider)")
            }
            let field = missing[index]
            // Dify goes on to the next one before it notes that this one was there.
            if !field.isRequired, value.isNull { continue }
            guard let text = value.string else { throw .invalidParameter("credential \(name) should be string") }
            if let options = field.options, !options.contains(where: { $0.value == text }) {
                let list = options.map(Self.repr).joined(separator: ", ")
                throw .invalidParameter("credential \(name) should be one of [\(list)]")
            }
            missing.remove(at: index)
        }
        var checked = values
        for field in missing {
            if field.isRequired { throw .invalidParameter("credential \(field.name) is required") }
            if let standard = field.standard { checked[field.name] = .string(standard) }
        }
        return checked
    }

    /// An option as Python shows it.
    private static func repr(_ option: (value: String, english: String, chinese: String)) -> String {
        let (english, chinese) = (PythonText.repr(option.english), PythonText.repr(option.chinese))
        let label = "I18nObject(en_US=\(english), zh_Hans=\(chinese), pt_BR=\(english), ja_JP=\(english))"
        return "Option(value=\(PythonText.repr(option.value)), label=\(label))"
    }
}
