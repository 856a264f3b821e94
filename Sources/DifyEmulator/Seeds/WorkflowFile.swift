import DifyOpenAPI
import DifyProtocol

/// An app as Dify exports it ("DSL"), as far as a workflow tool made of it needs to be known.
///
/// What the file is, from Dify's own source (`api/services/app_dsl_service.py`, tags 1.0.0 to 1.15.0) and some 270
/// exported files of every version:
///
/// - YAML that PyYAML writes and reads (1.1: `yes` is true, `0.3` a number), keys sorted. At the top: `kind: app`,
///   which nobody checks; `version`, the file's format; `app` with `name`, `mode`, `description`, `icon`,
///   `icon_background` and, from 0.6.0 on, `icon_type`; `workflow` for the modes `workflow` and `advanced-chat`,
///   `model_config` for the others; from 0.1.5 on `dependencies`, the plugins that it needs.
/// - `workflow` holds `graph` (`nodes`, `edges`, and the canvas' `viewport`), `features`, `environment_variables`,
///   `conversation_variables` and, from 0.4.0 on, `rag_pipeline_variables`.
/// - What a node is stands in its `data`: `type`, `title`, and what belongs to the type. A `type` of its own, beside
///   `data`, is the canvas' (`custom`, `custom-note`). Remarks on the canvas are nodes whose type is "".
/// - The start node's `variables`: `variable`, `label`, `type`, `required`, `max_length`, `options`; for files
///   `allowed_file_types`, `allowed_file_extensions`, `allowed_file_upload_methods`; from 0.5.0 on `default`, `hint`,
///   `placeholder`, and in 0.6.0 `hide`, of which only `default` means something to a run.
/// - An end node's `outputs`: `variable`, `value_selector` and, from 0.3.1 on, in most files `value_type`.
/// - `features.file_upload` is on by its `enabled`; files up to 0.1.2 have a switch for images below `image`.
/// - A tool node names the tool by `provider_type`, `provider_id`, `provider_name` and `tool_name`: for a workflow tool
///   `workflow`, the id of the provider's row, which an import does not translate, and its label.
struct WorkflowFile {
    /// The app's name, description and icon, and its workflow.
    let source: WorkflowSource

    /// Largest file that Dify takes.
    private static let maximumSize = 10 * 1024 * 1024

    /// - Parameters:
    ///   - file: What messages call it.
    ///   - profile: The release of Dify that imports it.
    /// - Throws: ``SeedMistake`` with Dify's text, or what it does not publish.
    init(_ text: String, file: String, profile: Profile) throws(SeedMistake) {
        guard text.utf8.count <= Self.maximumSize else {
            throw SeedMistake(file: file, message: "File size exceeds the limit of 10MB")
        }
        let document = try WorkflowFileDocument(text, file: file)
        try WorkflowFileVersion.check(document, profile: profile)
        let app = try document.app()
        let workflow = try document.workflow(of: app)
        try document.checkVariables(of: workflow)
        source = try document.source(app: app, workflow: workflow)
    }
}

extension SeedReader {
    /// The file that a workflow's entry names, or its text.
    mutating func workflowFile(
        _ node: SeedNode, profile: Profile, read: ((String) -> Result<String, SeedFileError>)?
    ) -> WorkflowFile? {
        guard let given = text(node, what: "\"from\"") else { return nil }
        do throws(SeedMistake) {
            if given.contains("\n") {
                return try WorkflowFile(given, file: "the app in \(node.place.file)", profile: profile)
            }
            guard let read else {
                fail(node, "\"from\" names a file; only a seed can do that")
                return nil
            }
            switch read(given) {
            case .success(let text): return try WorkflowFile(text, file: given, profile: profile)
            case .failure(let error): fail(node, error.description)
            }
        } catch {
            fail(at: error.place, "this app cannot be published as a tool: \(error.message)")
        }
        return nil
    }
}
