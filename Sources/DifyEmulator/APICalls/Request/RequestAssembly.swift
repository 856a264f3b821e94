import DifyOpenAPI
import DifyProtocol

/// Dify's way from a call to what its HTTP client is given (`ApiTool`), step by step, and where each argument goes.
///
/// A step that fails does not keep the later ones from telling where the other arguments would go; the first failure
/// is the call's.
struct RequestAssembly {
    let operation: APIOperation
    let profile: Profile
    /// The arguments as the caller wrote them.
    let given: JSONObject
    /// The arguments after the casts, with the defaults that were filled in.
    var arguments: JSONObject
    var draft: RequestDraft
    var placements: [APIPlacement] = []
    /// The text for each placeholder of the address, by the parameter's name.
    var pathValues = JSONObject()
    /// The name of the header that carries the API key.
    private(set) var keyHeader: String?
    /// A header's name that is no text: credentials may hold anything.
    private var hasNameThatIsNoText = false
    private(set) var failure: StreamError?

    init(_ operation: APIOperation, arguments: JSONObject, given: JSONObject?, profile: Profile) {
        self.operation = operation
        self.profile = profile
        self.given = given ?? arguments
        self.arguments = arguments
        draft = RequestDraft(url: operation.bundle.serverURL)
        attempt { assembly throws(StreamError) in try assembly.addKeyHeader() }
        attempt { assembly throws(StreamError) in try assembly.fillDefaults() }
        attempt { assembly throws(StreamError) in try assembly.addKeyToQuery() }
        placeParameters()
        placeBody()
        passUnknownArguments()
        attempt { assembly throws(StreamError) in try assembly.fillPath() }
        encodeBody()
        attempt { assembly throws(StreamError) in try assembly.checkMethod() }
    }

    /// The request, or the first failure.
    func request() throws(StreamError) -> APIRequest {
        if let failure { throw failure }
        let wire = try ClientRequest(
            draft, traceParent: profile.has(.traceParent) ? traceParent : nil
        ).wire()
        return APIRequest(method: draft.method, url: draft.url, wire: wire, placements: placements)
    }

    /// Takes a step, whose failure counts unless an earlier one failed.
    mutating func attempt(_ step: (inout RequestAssembly) throws(StreamError) -> Void) {
        do throws(StreamError) {
            try step(&self)
        } catch {
            failure = failure ?? error
        }
    }

    // MARK: - Credentials

    /// Before 1.7.0 there was one kind of key, in a header called `api_key` by default.
    private mutating func addKeyHeader() throws(StreamError) {
        let credentials = operation.credentials
        guard let type = credentials["auth_type"] else { throw StreamError("Missing auth_type") }
        guard type == "api_key" || type == "api_key_header" && profile.has(.queryKey) else { return }
        guard let key = credentials["api_key_value"] else { throw StreamError("Missing api_key_value") }
        guard let key = key.string else { throw StreamError("api_key_value must be a string") }
        let value: String
        switch credentials["api_key_header_prefix"] {
        case "basic" where !key.isEmpty: value = "Basic \(key)"
        case "bearer" where !key.isEmpty: value = "Bearer \(key)"
        default: value = key
        }
        let usual: JSONValue = profile.has(.authorizationHeader) ? "Authorization" : "api_key"
        let header = credentials["api_key_header"] ?? usual
        if let name = header.string {
            draft.headers[name] = .string(value)
            keyHeader = name
        } else {
            try Self.requireHashable(header)
            hasNameThatIsNoText = true
        }
    }

    private mutating func addKeyToQuery() throws(StreamError) {
        let credentials = operation.credentials
        guard profile.has(.queryKey), credentials["auth_type"] == "api_key_query" else { return }
        let key = credentials["api_key_value"] ?? .null
        guard PythonText.isTruthy(key) else { return }
        let name = credentials["api_key_query_param"] ?? "key"
        try Self.requireHashable(name)
        // The client makes text of names.
        draft.query[PythonText.str(name)] = key
    }

    private static func requireHashable(_ value: JSONValue) throws(StreamError) {
        switch value {
        case .array, .object: throw StreamError("unhashable type: '\(PythonText.typeName(value))'")
        default: break
        }
    }

    // MARK: - Defaults

    private mutating func fillDefaults() throws(StreamError) {
        for parameter in operation.bundle.parameters where parameter.required && arguments[parameter.name] == nil {
            guard !parameter.defaultValue.isNull else { throw .missing(parameter.name) }
            arguments[parameter.name] = parameter.defaultValue
        }
    }

    // MARK: - Path

    /// Longest address that is put together; the client refuses much shorter ones.
    private static let longestAddress = 8 << 20

    /// Puts the values into the address, one name after the other and without encoding them. A value that holds
    /// another placeholder has that one filled too.
    private mutating func fillPath() throws(StreamError) {
        for (name, value) in pathValues {
            let text = Array((value.string ?? "").utf8)
            let pieces = Array(draft.url.utf8)
                .split(separator: Array("{\(name)}".utf8), omittingEmptySubsequences: false)
            guard draft.url.utf8.count + (pieces.count - 1) * text.count <= Self.longestAddress else {
                throw ClientURL.tooLong
            }
            draft.url = String(decoding: Array(pieces.joined(separator: text)), as: UTF8.self)
        }
    }

    // MARK: - The rest

    private mutating func encodeBody() {
        guard case .form(let fields) = draft.body else { return }
        switch draft.headers["Content-Type"] {
        case "application/json": draft.body = .text(PythonConversion.json(.object(fields)))
        case "application/x-www-form-urlencoded":
            draft.body = .text(QueryText.encode(fields.map { ($0.key, PythonText.str($0.value)) }))
        default: break
        }
    }

    private mutating func checkMethod() throws(StreamError) {
        let method = operation.bundle.method
        draft.method = method.uppercased()
        guard ["get", "head", "post", "put", "delete", "patch"].contains(method) else {
            guard method == "options", !profile.has(.optionsMethod) else {
                throw StreamError("Invalid http method \(method)")
            }
            throw StreamError("module 'core.helper.ssrf_proxy' has no attribute 'options'")
        }
        guard !hasNameThatIsNoText else {
            throw StreamError("headers must be a mapping of string keys to string values")
        }
    }

    /// The header by which services find each other's logs. Dify makes it up at random; here it follows from the call,
    /// so that the same call gives the same request.
    private var traceParent: String {
        let hash = FNVHash("\(operation.bundle.toolName) \(JSONValue.object(arguments))")
        let digits = (0..<3).flatMap { place in
            withUnsafeBytes(of: hash.spread(place).bigEndian) { HexText.encode($0) }
        }
        return "00-\(String(digits.prefix(32)))-\(String(digits.suffix(16)))-01"
    }
}

extension StreamError {
    /// A required parameter has neither an argument nor a default.
    static func missing(_ name: String) -> StreamError { StreamError("Missing required parameter \(name)") }
}
