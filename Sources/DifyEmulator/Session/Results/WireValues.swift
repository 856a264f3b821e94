import DifyProtocol

/// The SDK's lenient reading of values.
extension JSONValue {
    /// A whole number, also when it is written with a fraction of zero.
    var wholeNumber: Int? { number.flatMap { $0.integer ?? Int(exactly: $0.double) } }

    /// A decimal: its text, or a number's.
    var decimalText: String? { string ?? number?.literal }
}

extension ToolCallRequest {
    /// A call in an assistant's message. Names that are null count as empty.
    init?(wire: JSONValue) {
        guard let function = wire["function"] else { return nil }
        self.init(
            id: wire["id"]?.string ?? "", name: function["name"]?.string ?? "",
            arguments: function["arguments"]?.string ?? "")
    }
}
