import DifyProtocol
import Foundation

/// A file as a variable of a run (graphon's `File`).
enum FileVariable {
    /// What marks an object as a file.
    static let identity = JSONValue.string("__dify__file__")

    /// The object as it stands among inputs and outputs.
    ///
    /// - Parameter recordID: The id of a stored file; nil for one that only has an address.
    static func object(
        type: String, transferMethod: String, recordID: String?, url: String, remoteURL: String?, filename: String,
        fileExtension: String? = nil, mimeType: String, size: Int, messageFileID: JSONValue = .null
    ) -> JSONObject {
        [
            "dify_model_identity": identity, "id": messageFileID, "type": .string(type),
            "transfer_method": .string(transferMethod), "remote_url": remoteURL.map(JSONValue.string) ?? .null,
            "reference": recordID.map { .string(reference(to: $0)) } ?? .null, "filename": .string(filename),
            "extension": .string(fileExtension ?? AppFile.fileExtension(of: filename)),
            "mime_type": .string(mimeType), "size": .integer(size),
            "related_id": recordID.map(JSONValue.string) ?? .null, "url": .string(url),
        ]
    }

    /// How Dify's graphs name a stored file without telling what it is.
    static func reference(to recordID: String) -> String {
        let payload = JSONWriter.string(["record_id": .string(recordID)])
        return "dify-file-ref:" + Base64URL.encode(Data(payload.utf8))
    }

    /// The files among outputs, single ones and those in lists (`fetch_files_from_node_outputs`).
    static func files(in outputs: JSONObject) -> [JSONValue] {
        let values = outputs.flatMap { $0.value.array ?? [$0.value] }
        return values.filter { $0["dify_model_identity"] == identity }
    }
}
