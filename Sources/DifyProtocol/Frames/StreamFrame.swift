/// One piece of a streamed answer as Dify's inner API sends it to the plugin daemon
/// (`BaseBackwardsInvocationResponse`): an object of the answer, or the exception that ends it.
public enum StreamFrame: Sendable, Hashable {
    /// A piece of the answer.
    case data(JSONValue)
    /// The text of an exception. Nothing follows it.
    case error(String)

    /// The JSON text, as pydantic writes it: compact, UTF-8 unescaped.
    public var json: [UInt8] {
        var bytes: [UInt8] = []
        switch self {
        case .data(let value):
            bytes.append(contentsOf: #"{"data":"#.utf8)
            JSONWriter.append(NumberForm.pydantic.apply(to: value), to: &bytes)
            bytes.append(contentsOf: #","error":""}"#.utf8)
        case .error(let text):
            bytes.append(contentsOf: #"{"data":null,"error":"#.utf8)
            JSONWriter.append(text, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        return bytes
    }

    /// Reads a frame's JSON as the daemon does: an error counts when it has a text.
    ///
    /// - Returns: nil for what is no frame; the daemon drops such a one.
    public init?(json: some Collection<UInt8>) {
        guard let object = (try? JSONParser.parse(utf8: json))?.object else { return nil }
        if let text = object["error"]?.string, !text.isEmpty {
            self = .error(text)
        } else {
            self = .data(object["data"] ?? .null)
        }
    }
}
