import DifyProtocol

/// `upload_file`: an address to which the plugin may post a file.
struct UploadCall: SingleAnswerCall {
    private let call: UploadFileInvocation
    private let context: CallContext
    let facts: JSONObject

    init(_ call: UploadFileInvocation, in context: CallContext) {
        self.call = call
        self.context = context
        facts = ["filename": .string(call.filename), "mimetype": .string(call.mimeType)]
    }

    var subject: CallSubject { .platform(.uploadFile) }
    var title: String { "upload_file \(call.filename)" }

    func derived() -> [FilledItem] {
        let url = context.platform.uploadURL(
            filename: call.filename, mimeType: call.mimeType,
            userID: context.catalog.endUser(context.caller.user).id, in: context.workspace,
            callID: context.identity().id("upload"))
        return [FilledItem(.raw(["url": .string(url)]))]
    }

    func data(of items: [FilledItem]) -> JSONObject { [:] }
}
