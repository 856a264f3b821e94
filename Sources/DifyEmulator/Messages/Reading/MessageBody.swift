import DifyProtocol
import Foundation

/// What a tool's message holds, once Dify's model has read it.
enum MessageBody: Sendable, Hashable {
    /// Null.
    case none
    case text(String)
    /// A value; `blob` stands in place of its member of that name, when that was decoded. Releases before 1.10.0 know
    /// no `suppress_output`.
    case json(JSONValue, blob: [UInt8]?, suppressOutput: Bool?)
    case blob([UInt8])
    case blobChunk(BlobChunk)
    /// Anything that passes as it is: a log, a variable, a file's marker, resources.
    case fields(JSONObject, model: String)

    /// Dify's name for the model.
    var modelName: String {
        switch self {
        case .none: "NoneType"
        case .text: MessageModels.textName
        case .json: MessageModels.jsonName
        case .blob: MessageModels.blobName
        case .blobChunk: MessageModels.blobChunkName
        case .fields(_, let model): model
        }
    }

    /// The body as it travels.
    ///
    /// - Throws: ``MessageError`` where bytes stand for text and are none.
    func wire() throws(MessageError) -> JSONValue {
        switch self {
        case .none: return .null
        case .text(let text): return ["text": .string(text)]
        case .json(let value, let blob, let suppressOutput):
            var value = value
            if let blob, var object = value.object {
                object["blob"] = .string(try Self.text(of: blob))
                value = .object(object)
            }
            var body: JSONObject = ["json_object": value]
            if let suppressOutput { body["suppress_output"] = .bool(suppressOutput) }
            return .object(body)
        case .blob(let bytes): return ["blob": .string(Data(bytes).base64EncodedString())]
        case .blobChunk(let chunk):
            return [
                "id": .string(chunk.id), "sequence": .number(chunk.sequence),
                "total_length": .number(chunk.totalLength), "blob": .string(try Self.text(of: chunk.bytes)),
                "end": .bool(chunk.isLast),
            ]
        case .fields(let fields, _): return .object(fields)
        }
    }

    private static func text(of bytes: [UInt8]) throws(MessageError) -> String {
        if let mistake = UTF8Mistake(in: bytes) { throw MessageError("Error serializing to JSON: \(mistake)") }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A piece of a file that a tool sends in pieces.
struct BlobChunk: Sendable, Hashable {
    let id: String
    /// Its number; Dify goes by the order of arrival.
    let sequence: JSONNumber
    /// How long the file will be.
    let totalLength: JSONNumber
    let bytes: [UInt8]
    let isLast: Bool
}
