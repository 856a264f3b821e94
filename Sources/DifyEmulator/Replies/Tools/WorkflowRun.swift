import DifyProtocol

/// A call of a workflow tool up to where the run starts (`WorkflowTool._invoke`, `WorkflowAppGenerator.generate`).
struct WorkflowRun {
    /// What a run cannot do without, and what Dify says once it is gone. A workspace of the emulator never loses it.
    enum Prerequisite: String {
        case app = "app not found"
        case workflow = "workflow not found or not published"
        case user = "User not found"
    }

    /// What the run gets from the call, before its form is looked at.
    let given: WorkflowInputs
    /// The declared parameters as scripts and templates see them: checked and converted, files as the caller named
    /// them, without those that nobody filled.
    let parameters: JSONObject
    let notes: [String]

    /// - Parameters:
    ///   - arguments: What the caller gave, cast to the types of the parameters.
    ///   - lost: What is gone since the tool was published.
    /// - Throws: ``StreamError`` with Dify's text, which arrives once the answer has started.
    init(
        of workflow: PublishedWorkflow, with arguments: JSONObject, files: InputFiles, nesting: WorkflowNesting,
        profile: Profile = .current, lost: Prerequisite? = nil
    ) throws(StreamError) {
        if let lost { throw StreamError(lost.rawValue) }
        let given = WorkflowInputs(arguments, for: workflow.parameters, files: files, profile: profile)
        self.given = given
        let inputs: JSONObject
        do throws(InputFailure) {
            _ = try files.build(given.files, through: workflow.definition.fileUpload)
            inputs = try AppInputs.prepare(given.inputs, for: workflow.variables, files: files, profile: profile)
        } catch {
            throw StreamError(error.text)
        }
        if let failure = nesting.failure(of: workflow) { throw StreamError(failure) }
        parameters = Self.parameters(of: workflow, arguments: arguments, inputs: inputs)
        notes = given.notes + nesting.notes(on: workflow) + Self.notes(onDropped: arguments, workflow)
    }

    private static func parameters(
        of workflow: PublishedWorkflow, arguments: JSONObject, inputs: JSONObject
    ) -> JSONObject {
        let values = workflow.parameters.compactMap { parameter -> (String, JSONValue)? in
            let name = parameter.name
            if [.file, .files, .systemFiles].contains(parameter.type) { return arguments[name].map { (name, $0) } }
            guard let value = inputs[name], !value.isNull || arguments[name] != nil else { return nil }
            return (name, value)
        }
        return JSONObject(values)
    }

    private static func notes(onDropped arguments: JSONObject, _ workflow: PublishedWorkflow) -> [String] {
        let declared = Set(workflow.parameters.map(\.name))
        return arguments.keys.filter { !declared.contains($0) }
            .map { "the workflow has no parameter \($0): Dify drops the argument" }
    }
}

extension WorkflowRun {
    /// A run in a workspace.
    init(of workflow: PublishedWorkflow, with arguments: JSONObject, in call: CallContext) throws(StreamError) {
        let catalog = call.catalog
        let nesting = WorkflowNesting { provider in catalog.publishedWorkflow(provider) }
        try self.init(of: workflow, with: arguments, files: call.inputFiles, nesting: nesting, profile: call.profile)
    }
}

extension CallContext {
    /// The files of the call's workspace.
    var inputFiles: InputFiles {
        let (platform, workspace) = (platform, workspace)
        return InputFiles(
            stored: { platform.uploadedFile($0, in: workspace) }, findsLocalFiles: options.quirks == .useful)
    }
}

extension Catalog {
    /// The workflow tool with a provider's id, or with a name that a seed uses for it.
    fileprivate func publishedWorkflow(_ provider: String) -> PublishedWorkflow? {
        if let id = ProviderUUID(provider) { return workflows[id]?.workflow }
        return workflows.values.first { $0.providerName == provider }?.workflow
    }
}
