/// The parameters of an address to which a file is uploaded (`PluginUploadQuery` in `controllers/files/upload.py`).
package struct UploadQuery: Sendable, Hashable {
    let timestamp: String
    let nonce: String
    let sign: String
    let tenantID: String
    /// The end user's id; nil when the address names none.
    let userID: String?

    /// Reads a query.
    ///
    /// - Throws: ``FileRefusal`` for parameters that are missing.
    package init(_ query: String) throws(FileRefusal) {
        var checked = CheckedQuery(query)
        timestamp = checked.text("timestamp")
        nonce = checked.text("nonce")
        sign = checked.text("sign")
        tenantID = checked.text("tenant_id")
        userID = checked.optionalText("user_id")
        try checked.requireValid("PluginUploadQuery")
    }
}

/// The parameters of an address from which a file is fetched (`ToolFileQuery` in `controllers/files/tool_files.py`).
package struct PreviewQuery: Sendable, Hashable {
    let timestamp: String
    let nonce: String
    let sign: String
    /// Whether the answer tells a browser to save the file.
    package let asAttachment: Bool

    /// Reads a query.
    ///
    /// - Throws: ``FileRefusal`` for parameters that are missing, or that are no truth value where one is wanted.
    package init(_ query: String) throws(FileRefusal) {
        var checked = CheckedQuery(query)
        timestamp = checked.text("timestamp")
        nonce = checked.text("nonce")
        sign = checked.text("sign")
        asAttachment = checked.flag("as_attachment")
        try checked.requireValid("ToolFileQuery")
    }
}
