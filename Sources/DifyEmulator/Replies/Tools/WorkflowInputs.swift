import DifyProtocol

/// The arguments of a workflow tool as its run gets them (`WorkflowTool._transform_args`). Nothing is checked here.
struct WorkflowInputs {
    /// A value for every declared parameter, null where none was given. What is not declared is dropped.
    private(set) var inputs: JSONObject = [:]
    /// Files that belong to no variable.
    private(set) var files: [JSONObject] = []
    /// What Dify only writes to its log.
    private(set) var notes: [String] = []

    /// - Parameter arguments: What the caller gave, cast to the types of the parameters.
    init(_ arguments: JSONObject, for parameters: [ToolParameter], files: InputFiles, profile: Profile = .current) {
        for parameter in parameters {
            let value = arguments[parameter.name] ?? .null
            switch parameter.type {
            case .systemFiles: add(value, of: parameter, files)
            case .files:
                inputs[parameter.name] =
                    !parameter.required && value.holdsNoFile && profile.has(.emptyFileLists) ? [] : value
            default: inputs[parameter.name] = value
            }
        }
    }

    /// One file that cannot be read drops all files of its parameter.
    private mutating func add(_ value: JSONValue, of parameter: ToolParameter, _ files: InputFiles) {
        do {
            var read: [JSONObject] = []
            for mapping in (value.array ?? []).compactMap(\.object) { read.append(try files.reference(to: mapping)) }
            self.files += read
        } catch {
            notes.append("the files of \(parameter.name) are dropped, which Dify tells nobody: \(error.text)")
        }
    }
}

extension JSONValue {
    /// Whether an optional list of files was left empty, in one of the ways in which forms do that.
    fileprivate var holdsNoFile: Bool {
        switch self {
        case .null, .string(""): true
        case .array(let elements): elements.allSatisfy { $0 == nil || $0 == "" }
        default: false
        }
    }
}

extension InputFiles {
    /// How a run is told of a file: by the id of what is stored, or by an address (`build_file_from_stored_mapping`).
    fileprivate func reference(to given: JSONObject) throws(InputFailure) -> JSONObject {
        guard let word = given["transfer_method"] else { throw .value("'transfer_method'") }
        guard let method = word.string.flatMap(FileTransferMethod.init(rawValue:)) else {
            throw .value("\(PythonText.repr(word)) is not a valid FileTransferMethod")
        }
        var mapping = given
        let recordID = ["reference", "related_id"].lazy.compactMap { given[$0]?.string }
            .compactMap(FileReference.recordID(in:)).first
        if let recordID {
            mapping[method == .remoteURL ? FileTransferMethod.localFile.idKey : method.idKey] = .string(recordID)
        } else if method == .remoteURL {
            return try addressOnly(given)
        }
        let file = try build(mapping)
        var reference: JSONObject = [
            "transfer_method": .string(file.method.rawValue), "type": .string(file.kind.rawValue),
        ]
        let isAddress = file.method == .remoteURL
        reference[file.method.idKey] = isAddress ? .string(file.url) : file.recordID.map(JSONValue.string)
        return reference
    }

    /// A file elsewhere is passed on without a look at it.
    private func addressOnly(_ mapping: JSONObject) throws(InputFailure) -> JSONObject {
        guard let word = (mapping["file_type"] ?? mapping["type"])?.string else {
            throw .value("file type is required in file mapping")
        }
        guard let kind = FileKind(rawValue: word) else {
            throw .value("\(PythonText.repr(word)) is not a valid FileType")
        }
        let url = ["remote_url", "url"].lazy.compactMap { mapping[$0]?.string }.first { !$0.isEmpty } ?? ""
        guard url.hasPrefix("http") else { throw .value(url.isEmpty ? "Missing file url" : "Invalid file url") }
        return [
            "transfer_method": .string(FileTransferMethod.remoteURL.rawValue), "type": .string(kind.rawValue),
            "url": .string(url),
        ]
    }
}

extension FileTransferMethod {
    /// Under which key a mapping names the file.
    var idKey: String {
        switch self {
        case .remoteURL: "url"
        case .localFile: "upload_file_id"
        case .toolFile: "tool_file_id"
        case .datasourceFile: "datasource_file_id"
        }
    }
}
