import DifyOpenAPI
import DifyProtocol

/// What can go wrong before Dify sends a custom tool's request. It goes wrong for canned answers as well.
///
/// The order is Dify's: credentials, required parameters, placement of the operation's parameters, body, method.
private struct APICallCheck {
    let operation: APIOperation
    let arguments: JSONObject

    /// The address that Dify would call, path parameters filled in.
    ///
    /// - Throws: ``StreamError`` with Dify's text.
    func url() throws(StreamError) -> String {
        try checkCredentials()
        for parameter in operation.bundle.parameters where parameter.required && parameter.defaultValue.isNull {
            guard arguments[parameter.name] != nil else { throw missing(parameter.name) }
        }
        let url = try placedURL()
        try checkBody()
        guard ["get", "head", "post", "put", "delete", "patch"].contains(operation.bundle.method) else {
            throw StreamError("Invalid http method \(operation.bundle.method)")
        }
        return url
    }

    private func checkCredentials() throws(StreamError) {
        let credentials = operation.credentials
        guard let type = credentials["auth_type"] else { throw StreamError("Missing auth_type") }
        guard type == "api_key_header" || type == "api_key" else { return }
        guard let value = credentials["api_key_value"] else { throw StreamError("Missing api_key_value") }
        guard value.string != nil else { throw StreamError("api_key_value must be a string") }
    }

    private func placedURL() throws(StreamError) -> String {
        var url = operation.bundle.serverURL
        for entry in operation.bundle.operation["parameters"]?.array ?? [] {
            guard let name = entry["name"]?.string else { continue }
            let value = try placedValue(of: entry, name: name)
            guard let place = entry["in"] else { throw StreamError("'in'") }
            if place == "path" { url = url.replacingAll("{\(name)}", with: PythonText.str(value)) }
        }
        return url
    }

    private func placedValue(of entry: JSONValue, name: String) throws(StreamError) -> JSONValue {
        if let argument = arguments[name] { return argument }
        let fallback = operation.bundle.parameters.first { $0.name == name && $0.required }?.defaultValue ?? .null
        if !fallback.isNull { return fallback }
        if PythonText.isTruthy(entry["required"] ?? false) { throw missing(name) }
        return entry["schema"]?["default"] ?? ""
    }

    /// Only the first content type counts.
    private func checkBody() throws(StreamError) {
        guard let content = operation.bundle.operation["requestBody"]?["content"]?.object,
            let media = content.first(where: { _ in true })?.value
        else { return }
        guard let schema = media["schema"] else { throw StreamError("'schema'") }
        let required = schema["required"]?.array ?? []
        for property in schema["properties"]?.object ?? [:] {
            let isAbsent = arguments[property.key] == nil && property.value["default"] == nil
            if isAbsent, required.contains(.string(property.key)) {
                throw StreamError(
                    "Missing required parameter \(property.key) in operation "
                        + "\(operation.bundle.operationID ?? "None")")
            }
        }
    }

    private func missing(_ name: String) -> StreamError { StreamError("Missing required parameter \(name)") }
}

extension APIOperation {
    /// The address that Dify would call with these arguments.
    func url(for arguments: JSONObject) throws(StreamError) -> String {
        try APICallCheck(operation: self, arguments: arguments).url()
    }
}

extension String {
    fileprivate func replacingAll(_ pattern: String, with replacement: String) -> String {
        split(separator: pattern, omittingEmptySubsequences: false).joined(separator: replacement)
    }
}
