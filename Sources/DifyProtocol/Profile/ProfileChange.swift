/// A difference between releases of Dify in something that the emulator does.
///
/// This is the whole list; its sentences make the table in the README and of `dify-emulator profiles`. Each was read in
/// the source of the tagged releases before and after; the comments name the commit.
public enum ProfileChange: String, Sendable, Hashable, CaseIterable {
    // MARK: Import of API documents (core/tools/utils/parser.py)

    /// 8b89447549, 2025-03-27.
    case filesType = "files type"
    /// 8025ad0661, 2025-06-02.
    case parameterReferences = "parameter references"
    /// 32c541a9ed, 2025-07-15.
    case rootName = "name of the root path"
    /// bd5b938571, 2025-07-28.
    case mergedAllOf = "allOf of properties"
    /// 2025-09-29, the day of 1.9.1; before, the loop over content types ended too early.
    case allContentTypes = "all content types"
    /// 26ff59172e, 2025-10-22.
    case arrayType = "array type"
    /// 26ff59172e, 2025-10-22.
    case plainDefaults = "plain defaults"
    /// 9885e92854, 2025-12-25 (core/plugin/entities/parameters.py).
    case structuredDefaults = "structured defaults"

    // MARK: Requests of custom tools (core/tools/custom_tool/tool.py, core/helper/ssrf_proxy.py)

    /// c29cb503be, 2025-06-02; the text of the error is that of httpx 0.27.2.
    case headersAsText = "headers as text"
    /// f4df80e093, 2025-07-10.
    case optionalFieldsOmitted = "optional body fields"
    /// e576b989b8, 2025-07-11.
    case queryKey = "kinds of keys"
    /// e576b989b8, 2025-07-11.
    case authorizationHeader = "default key header"
    /// 99fec40117, 2025-08-26.
    case optionsMethod = "options method"
    /// e937c8c72e, 2025-09-24.
    case sharedCookies = "shared cookies"
    /// fdb53fdeb1, 2025-10-10. The retries wait 0.5, 1 and 2 seconds.
    case noRetries = "no retries"
    /// 2bf44057e9, 2025-12-15.
    case squidRefusal = "proxy refusals"
    /// 5362f69083, 2026-01-03.
    case traceParent = "traceparent"

    // MARK: Messages (custom_tool/tool.py, entities/tool_entities.py, utils/message_transformer.py)

    /// 3ff52f1809, 2025-08-07.
    case objectAsJSON = "objects as json"
    /// 4047a6bb12, 2025-09-19.
    case jsonAndText = "json and text"
    /// 85cda47c70, 2025-09-18.
    case logMetadata = "log metadata"
    /// 141ca8904a, 2025-10-19.
    case rawText = "raw text"
    /// 61a0fcc2ea, 2025-11-06.
    case quietWorkflowJSON = "suppress_output"
    /// a26b2d74d4, 2025-12-25.
    case nullVariables = "null variables"
    /// e8f9d64651, 2026-01-24.
    case typedMessages = "bodies by type"
    /// 56593f20b0, 2026-03-25.
    case toolFileID = "tool_file_id"

    // MARK: Workflow tools (core/tools/workflow_as_tool) and inputs (core/app/apps/base_app_generator.py)

    /// dac72b078d, 2025-08-26.
    case strictInputs = "strict inputs"
    /// 15c1db42dd, 2025-10-24.
    case checkboxInputs = "checkbox parameters"
    /// abc13ef762, 2025-11-25.
    case workflowDefaults = "workflow defaults"
    /// 3841e8578f, 2025-11-24.
    case inputDefaults = "input defaults"
    /// abc13ef762, 2025-11-25.
    case lenientCheckboxes = "lenient checkboxes"
    /// 820925a866, 2025-11-27.
    case outputVariables = "output variables"
    /// a849411978, 2025-12-05.
    case emptyFileInputs = "empty file inputs"
    /// 0711dd4159, 2026-01-09.
    case objectInputValues = "json_object inputs"
    /// 0711dd4159, 2026-01-09.
    case namedInvalidInputs = "invalid inputs"
    /// e8f9d64651, 2026-01-24; mended by 14251b249d, 2026-02-10.
    case workflowFilesFail = "workflow files fail"
    /// 03e3acfc71, 2026-01-30.
    case humanInputCheck = "human input check"
    /// 654e41d47f, 2026-03-09.
    case objectInputs = "json_object parameters"
    /// fad5656b2e, 2026-06-07.
    case emptyFileLists = "empty file lists"

    // MARK: Apps and nodes (core/app/apps/advanced_chat, core/workflow/nodes)

    /// Read in the tags 1.5.1 and 1.6.0.
    case nodeUsage = "usage of nodes"
    /// ad81513b6a, 2026-03-06.
    case chatflowEndOrder = "end of chatflows"
    /// graphon 0.3.1, which 1.14.1 pins.
    case classLabel = "class_label"
    /// 56d4d54c16, 2026-05-20.
    case unknownConversation = "unknown conversations"

    // MARK: Inner API (controllers/inner_api, libs/external_api.py)

    /// 358fd28c28, 2025-04-16.
    case appInfo = "fetch/app/info"
    /// d6d8cca053, 2025-06-11.
    case framesWithHeader = "framed stream"
    /// 87efe45240, 2025-06-27.
    case structuredOutput = "structured output"
    /// a4ef900916, 2025-07-17.
    case credentialID = "credential_id"
    /// 18dce66443, 2025-08-24: flask_restx writes with ujson.
    case compactErrors = "compact bodies"
    /// 720ecea737, 2025-09-09.
    case endUsersOnly = "end users only"
    /// 08dd3f7b50, 2025-09-10.
    case tenantBeforeKey = "tenant before key"
    /// e7be04fd58, 2026-06-01; first by 720ecea737, 2025-09-09, taken back before 1.9.1.
    case sessionUsers = "users by session id"
    /// a80bba2c35, 2026-06-09.
    case downloadRequest = "download/file/request"

    // MARK: Console (controllers/console, services/tools)

    /// af10b3c5fa, 2025-08-16.
    case authTypeNames = "names of auth_type"
    /// 9a5f214623, 2025-10-19.
    case cookieSignIn = "sign-in by cookie"
    /// af8ffa0654, 2026-04-17.
    case unknownOriginal = "update of unknown providers"

    /// What a change is about.
    public enum Area: String, Sendable, CaseIterable {
        case `import`
        case request
        case messages
        case workflow
        case app
        case innerAPI = "inner API"
        case console
    }
}

extension ProfileChange {
    /// What the change is about.
    public var area: Area { facts.area }

    /// The first release that has it.
    public var since: Profile { facts.since }

    /// For a fault that was mended: the first release without it.
    public var until: Profile? { self == .workflowFilesFail ? Profile(1, 13, 0) : nil }

    /// A release long before ``since`` that had it and lost it again.
    public var earlier: Profile? { self == .sessionUsers ? Profile(1, 9, 0) : nil }

    /// Whether it came to Dify's main branch in the month after 1.14.2, when the facts were recorded. It counts with
    /// 1.14.2.
    public var isAfterTag: Bool {
        switch self {
        case .emptyFileLists, .unknownConversation, .sessionUsers, .downloadRequest: true
        default: false
        }
    }

    /// What Dify did before.
    public var before: String { facts.before }

    /// What Dify does since.
    public var after: String { facts.after }

    /// The releases that have it, in words: `1.7.0`, `1.12.0 to 1.12.1`, or `1.14.2+` for what came after the tag.
    public var releases: String {
        if let until, let last = Profile.releases.last(where: { $0 < until }) { return "\(since) to \(last)" }
        return (earlier.map { "\($0), " } ?? "") + since.description + (isAfterTag ? "+" : "")
    }
}
