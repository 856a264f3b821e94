extension ProfileChange {
    /// What is known of a change.
    struct Facts {
        let area: Area
        let since: Profile
        let before: String
        let after: String

        init(_ area: Area, _ since: Profile, before: String, after: String) {
            self.area = area
            self.since = since
            self.before = before
            self.after = after
        }
    }

    /// The table, in the order of the cases: by area, then by release.
    var facts: Facts {
        switch self {
        case .filesType:
            Facts(
                .import, Profile(1, 2, 0), before: "a list of files is a string",
                after: "a list of files is of type files")
        case .parameterReferences:
            Facts(
                .import, Profile(1, 4, 2), before: "a parameter that is a $ref refuses the document with 'name'",
                after: "it is replaced by what it points to, one hop")
        case .rootName:
            Facts(
                .import, Profile(1, 7, 0),
                before: "<uuid>_<method>, with a random UUID at each import (here: derived from the address)",
                after: "<root>_<method>")
        case .mergedAllOf:
            Facts(
                .import, Profile(1, 7, 1), before: "allOf of a body's property stays as it is and counts for nothing",
                after: "it is merged into the property when the body's schema is a $ref")
        case .allContentTypes:
            Facts(
                .import, Profile(1, 9, 1),
                before: "the last content type of a body gives the parameters, no content type is an error",
                after: "every content type gives parameters")
        case .arrayType:
            Facts(.import, Profile(1, 9, 2), before: "a list is a string", after: "a list is of type array")
        case .plainDefaults:
            Facts(
                .import, Profile(1, 9, 2), before: "a list or object as default refuses the document, true becomes 1.0",
                after: "a list or object becomes null, true stays true")
        case .structuredDefaults:
            Facts(
                .import, Profile(1, 11, 3),
                before: "the refusal of a default that is a date gives 4 reasons (before 1.9.2: 3)",
                after: "it gives 6, for lists and objects are possible types")
        case .headersAsText:
            Facts(
                .request, Profile(1, 4, 2),
                before: "a header that is no text fails: 'int' object has no attribute 'encode'",
                after: "it is written as Python text")
        case .optionalFieldsOmitted:
            Facts(
                .request, Profile(1, 7, 0), before: "an absent optional field of the body is sent as null",
                after: "it is left out")
        case .queryKey:
            Facts(
                .request, Profile(1, 7, 0), before: "only auth_type api_key signs calls",
                after: "so do api_key_header, which is the same, and api_key_query, which puts the key into the query")
        case .authorizationHeader:
            Facts(
                .request, Profile(1, 7, 0), before: "without api_key_header the key goes into the header api_key",
                after: "it goes into Authorization")
        case .optionsMethod:
            Facts(
                .request, Profile(1, 8, 0),
                before: "options fails: module 'core.helper.ssrf_proxy' has no attribute 'options'",
                after: "options fails: Invalid http method options")
        case .sharedCookies:
            Facts(
                .request, Profile(1, 9, 1), before: "each call starts without cookies",
                after: "a cookie that an answer sets goes out with later calls")
        case .noRetries:
            Facts(
                .request, Profile(1, 9, 2),
                before: "429, 500, 502, 503, 504 and failed connections are tried 4 times: Reached maximum retries (3)",
                after: "once: Reached maximum retries (0), or the connection's own error")
        case .squidRefusal:
            Facts(
                .request, Profile(1, 11, 2), before: "401 and 403 of a squid proxy are the API's",
                after: "they read: Access to '<url>' was blocked by SSRF protection")
        case .traceParent:
            Facts(
                .request, Profile(1, 11, 3), before: "no header traceparent", after: "every request has one")
        case .objectAsJSON:
            Facts(
                .messages, Profile(1, 7, 2), before: "JSON of any content type becomes one text, written anew",
                after: "an object sent as application/json becomes one json message, other JSON Python text")
        case .jsonAndText:
            Facts(
                .messages, Profile(1, 9, 0), before: "an object becomes one json message",
                after: "it becomes json, then a text as received")
        case .logMetadata:
            Facts(.messages, Profile(1, 9, 0), before: "a log without metadata has null", after: "it has {}")
        case .rawText:
            Facts(
                .messages, Profile(1, 9, 2), before: "a JSON list or scalar becomes Python text",
                after: "it becomes a text as received")
        case .quietWorkflowJSON:
            Facts(
                .messages, Profile(1, 10, 0), before: "json messages hold json_object alone",
                after: "they hold suppress_output too, true for workflow tools")
        case .nullVariables:
            Facts(
                .messages, Profile(1, 11, 2),
                before: "a variable that is null fails: Only basic types and lists are allowed.",
                after: "it is sent")
        case .typedMessages:
            Facts(
                .messages, Profile(1, 12, 0),
                before: "a file message's body is {}, and so is a json message's whose json_object is absent or a list",
                after: "it is {\"file_marker\": \"file_marker\"}, and json_object may be a list or the body itself")
        case .toolFileID:
            Facts(
                .messages, Profile(1, 14, 0), before: "links to stored files have the message's own meta",
                after: "their meta names the tool_file_id")
        case .strictInputs:
            Facts(
                .workflow, Profile(1, 8, 0), before: "a list or object passes for a number",
                after: "it is refused: expected value type int, float or str")
        case .checkboxInputs:
            Facts(
                .workflow, Profile(1, 10, 0), before: "unsupported variable type checkbox",
                after: "a checkbox is a boolean parameter")
        case .workflowDefaults:
            Facts(
                .workflow, Profile(1, 10, 1), before: "parameters have no defaults",
                after: "a parameter's default is that of the start node's variable")
        case .inputDefaults:
            Facts(
                .workflow, Profile(1, 10, 1), before: "an absent optional input is null",
                after: "it is the variable's default")
        case .lenientCheckboxes:
            Facts(
                .workflow, Profile(1, 10, 1),
                before: "a checkbox that is no boolean is refused: in input form must be a valid boolean value",
                after: "1, yes, on, 0, no, off and the like count, other values pass")
        case .outputVariables:
            Facts(
                .workflow, Profile(1, 11, 0), before: "outputs become text and json, output_schema is {}",
                after: "each output becomes a variable as well and stands in output_schema")
        case .emptyFileInputs:
            Facts(
                .workflow, Profile(1, 11, 0), before: "\"\" for an optional file is refused: must be a file",
                after: "it counts as absent")
        case .objectInputValues:
            Facts(
                .workflow, Profile(1, 11, 3), before: "a json_object must be JSON text", after: "it must be an object")
        case .namedInvalidInputs:
            Facts(
                .workflow, Profile(1, 11, 3), before: "Invalid input type", after: "Invalid input type for ['<name>']")
        case .workflowFilesFail:
            Facts(
                .workflow, Profile(1, 12, 0), before: "files in outputs become file messages",
                after: "they fail: Invalid FileMessage: missing file_marker")
        case .humanInputCheck:
            Facts(
                .workflow, Profile(1, 13, 0), before: "a workflow with human input can become a tool",
                after: "it is refused: workflow_tool_human_input_not_supported")
        case .objectInputs:
            Facts(
                .workflow, Profile(1, 13, 1), before: "unsupported variable type json_object",
                after: "a json_object is an object parameter")
        case .emptyFileLists:
            Facts(
                .workflow, .current,
                before: "null and \"\" for an optional list of files go to the workflow as they are",
                after: "they become []")
        case .nodeUsage:
            Facts(
                .app, Profile(1, 6, 0), before: "outputs of classifier and extractor have no usage",
                after: "they have usage and __usage")
        case .chatflowEndOrder:
            Facts(
                .app, Profile(1, 13, 1), before: "chatflows end with workflow_finished, message_end",
                after: "they end with message_end, workflow_finished")
        case .classLabel:
            Facts(
                .app, Profile(1, 14, 1), before: "a classifier's outputs have no class_label",
                after: "they have one: CLASS <n>")
        case .unknownConversation:
            Facts(
                .app, .current, before: "an unknown conversation is refused by chatflows too, with an empty message",
                after: "a chatflow starts a new one")
        case .appInfo:
            Facts(.innerAPI, Profile(1, 3, 0), before: "no such route", after: "gives an app's parameters")
        case .framesWithHeader:
            Facts(
                .innerAPI, Profile(1, 4, 2), before: "each item is JSON and two line feeds",
                after: "each item is a 14-byte header and JSON")
        case .structuredOutput:
            Facts(
                .innerAPI, Profile(1, 5, 1), before: "no route invoke/llm/structured-output",
                after: "chunks with structured_output")
        case .credentialID:
            Facts(
                .innerAPI, Profile(1, 7, 0),
                before: "the provider's first credential is used, none: builtin provider <id> not found",
                after: "the one named, else the default, none: no default provider for <id>")
        case .compactErrors:
            Facts(
                .innerAPI, Profile(1, 8, 0), before: "JSON has a space after , and :, and a 500 has no status",
                after: "it has none, and / is written \\/")
        case .endUsersOnly:
            Facts(
                .innerAPI, Profile(1, 9, 0),
                before: "user_id may be an account, an unknown one is refused: user not found",
                after: "it is an end user, an unknown one is made")
        case .tenantBeforeKey:
            Facts(
                .innerAPI, Profile(1, 9, 0), before: "the key is checked first",
                after: "tenant and user are resolved first")
        case .sessionUsers:
            Facts(
                .innerAPI, .current, before: "an end user is found by its id alone",
                after: "by its id, then by its session id")
        case .downloadRequest:
            Facts(.innerAPI, .current, before: "no such route", after: "gives a signed address to download from")
        case .authTypeNames:
            Facts(
                .console, Profile(1, 8, 0),
                before: "api_key_header and api_key_query (before 1.7.0: api_key), else: invalid mode value <x>",
                after: "api_key counts as api_key_header, else: invalid mode value '<x>', expected one of: …")
        case .cookieSignIn:
            Facts(
                .console, Profile(1, 9, 2), before: "a bearer token",
                after: "a cookie with a CSRF token, or a bearer token")
        case .unknownOriginal:
            Facts(
                .console, Profile(1, 14, 0), before: "api provider <new name> does not exists",
                after: "api provider <original name> does not exist")
        }
    }
}
