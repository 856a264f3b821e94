import DifyProtocol

/// Dify's rule for the names of workflow tools: `^[a-zA-Z0-9_]+$`.
enum WorkflowToolName {
    /// Why a name is refused; nil for a good one.
    static func complaint(about name: String) -> String? {
        isValid(name) ? nil : "\(name) is not a valid alphanumeric value"
    }

    /// Python's `$` lets one line feed at the end through.
    private static func isValid(_ name: String) -> Bool {
        var bytes = Array(name.utf8)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return !bytes.isEmpty && bytes.allSatisfy(isWordByte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
