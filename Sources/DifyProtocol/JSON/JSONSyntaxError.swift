/// Why a text is no JSON, and where.
///
/// The description is worded like Python's `json` module, because Dify shows that text when it refuses an
/// API document.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: String, Sendable {
        case valueExpected = "Expecting value"
        case keyExpected = "Expecting property name enclosed in double quotes"
        case colonExpected = "Expecting ':' delimiter"
        case commaExpected = "Expecting ',' delimiter"
        case extraData = "Extra data"
        case unterminatedString = "Unterminated string starting at"
        case controlCharacter = "Invalid control character at"
        case invalidEscape = "Invalid \\escape"
        case invalidUTF8 = "Invalid UTF-8 in string"
        case loneSurrogate = "Lone surrogate in string"
        case numberOutOfRange = "Number out of range"
        case tooDeep = "Too many nested values"
    }

    /// What is wrong.
    public let problem: Problem
    /// Line, counted from 1.
    public let line: Int
    /// Column in characters, counted from 1.
    public let column: Int
    /// Characters before the mistake.
    public let offset: Int

    init(_ problem: Problem, offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        self.problem = problem
        var line = 1
        var column = 1
        var characters = 0
        for byte in bytes.prefix(offset) where byte & 0xC0 != 0x80 {
            characters += 1
            column += 1
            if byte == 0x0A {
                line += 1
                column = 1
            }
        }
        self.line = line
        self.column = column
        self.offset = characters
    }

    public var description: String { "\(problem.rawValue): line \(line) column \(column) (char \(offset))" }
}
