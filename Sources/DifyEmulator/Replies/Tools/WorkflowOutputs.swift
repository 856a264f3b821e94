import DifyProtocol

/// The messages that Dify makes of the outputs of a workflow run (`WorkflowTool._invoke`). Files among them become
/// links later, as those of all tools do.
struct WorkflowOutputs {
    let files: InputFiles
    let profile: Profile

    /// First the files; then one variable for each output but `text`, `json` and `files`; then all outputs as JSON
    /// text, and as an object that agents do not show.
    ///
    /// - Throws: ``StreamError`` for a file that is not there.
    func messages(_ outputs: JSONObject) throws(StreamError) -> [ToolInvokeMessage] {
        var outputs = outputs
        var messages = try takeFiles(from: &outputs).map { file in
            ToolInvokeMessage(type: .file, body: ["file_marker": "file_marker"], meta: ["file": .object(file.entity)])
        }
        if profile.has(.outputVariables) {
            messages += outputs.filter { !PublishedWorkflow.reservedOutputs.contains($0.key) }
                .map { .variable($0.key, $0.value) }
        }
        let whole = JSONValue.object(outputs)
        messages.append(.text(JSONWriter.string(whole, style: .python)))
        messages.append(.json(whole, suppressOutput: profile.has(.quietWorkflowJSON)))
        return messages
    }

    // MARK: - Files

    /// The files that stand alone or in a list. Each of them gains the key by which it is looked up.
    private func takeFiles(from outputs: inout JSONObject) throws(StreamError) -> [PlatformFile] {
        var found: [PlatformFile] = []
        for (name, value) in outputs {
            switch value {
            case .array(let elements):
                var named: [JSONValue] = []
                for element in elements { named.append(try take(element, into: &found)) }
                outputs[name] = .array(named)
            default: outputs[name] = try take(value, into: &found)
            }
        }
        if !found.isEmpty, profile.has(.workflowFilesFail) { throw StreamError(Self.missingMarker) }
        return found
    }

    private func take(_ value: JSONValue, into found: inout [PlatformFile]) throws(StreamError) -> JSONValue {
        guard var members = value.object, members["dify_model_identity"] == FileVariable.identity else {
            return value
        }
        let reference = try Self.reference(in: members)
        guard let word = members["transfer_method"]?.string else {
            throw StreamError("Workflow file mapping is missing a valid transfer_method")
        }
        guard let method = FileTransferMethod(rawValue: word) else {
            throw StreamError("\(PythonText.repr(word)) is not a valid FileTransferMethod")
        }
        if method == .toolFile || method == .localFile {
            members[method.idKey] = reference.flatMap(FileReference.recordID(in:)).map(JSONValue.string) ?? .null
        }
        do {
            found.append(try files.build(members))
        } catch {
            throw StreamError(error.text)
        }
        return .object(members)
    }

    /// How an output names a stored file; nil where it does not.
    private static func reference(in file: JSONObject) throws(StreamError) -> String? {
        let given = ["reference", "related_id"].lazy.compactMap { file[$0] }.first(where: PythonText.isTruthy)
        guard let given else { return nil }
        guard let text = given.string else {
            throw StreamError("'\(PythonText.typeName(given))' object has no attribute 'startswith'")
        }
        return text
    }

    /// What 1.12 said about every file.
    private static let missingMarker = PydanticReport(model: "FileMessage").with(
        "Value error, Invalid FileMessage: missing file_marker", type: "value_error", input: [:]
    ).text
}

extension WorkflowOutputs {
    /// The outputs of a run in a workspace. A seed may say what the server of a file elsewhere would say.
    init(in call: CallContext) {
        var files = call.inputFiles
        files.remote = { RemoteFile(describedBy: $0, url: $1) }
        self.init(files: files, profile: call.profile)
    }

    /// What there is to say about files elsewhere: their servers are not asked.
    static func notes(on outputs: JSONObject) -> [String] {
        let hasRemoteFile = FileVariable.files(in: outputs).contains { $0["transfer_method"] == "remote_url" }
        return hasRemoteFile
            ? [
                "files elsewhere are not asked for: filename, mime_type and size are what the outputs say of them, "
                    + "else what follows from the address"
            ] : []
    }
}

extension RemoteFile {
    /// What an output says of its file; nil where it says nothing.
    fileprivate init?(describedBy mapping: JSONObject, url: String) {
        let name = mapping["filename"]?.string
        let mimeType = mapping["mime_type"]?.string
        let size = mapping["size"]?.number?.integer
        guard name != nil || mimeType != nil || size != nil else { return nil }
        let guess = RemoteFile(guessedFrom: url)
        let ownName = name ?? guess.name
        let guessedType = MediaType.guessed(from: ownName)
        self.init(
            name: ownName, mimeType: guessedType.isEmpty ? mimeType ?? "" : guessedType, size: size ?? guess.size)
    }
}
