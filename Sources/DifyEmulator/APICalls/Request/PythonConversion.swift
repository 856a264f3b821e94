import DifyProtocol
import Foundation

/// Python's `int()`, `float()` and `json.dumps()`.
enum PythonConversion {
    /// What a conversion raises. Dify passes over a `ValueError` and lets everything else end the call.
    enum Failure: Error {
        case valueError
        case other(String)
    }

    /// `int(value)`
    static func integer(_ value: JSONValue) throws(Failure) -> JSONValue {
        switch value {
        case .bool(let flag): return .integer(flag ? 1 : 0)
        case .number(let number) where number.isInteger: return .number(plain(number))
        case .number(let number): return .number(try whole(number.double))
        case .string(let text):
            guard let number = PythonNumber.integer(from: text) else { throw .valueError }
            return .number(number)
        default:
            throw .other(
                "int() argument must be a string, a bytes-like object or a real number, not "
                    + "'\(PythonText.typeName(value))'")
        }
    }

    /// `float(value)` if `str(value)` has a point, else `int(value)`: so `1e20` is taken for a whole number.
    static func number(_ value: JSONValue) throws(Failure) -> JSONValue {
        guard PythonText.str(value).utf8.contains(UInt8(ascii: ".")) else { return try integer(value) }
        switch value {
        case .number(let number): return .number(JSONNumber(number.double))
        case .string(let text):
            guard let number = PythonNumber.float(from: text) else { throw .valueError }
            return .number(JSONNumber(number))
        default:
            throw .other(
                "float() argument must be a string or a real number, not '\(PythonText.typeName(value))'")
        }
    }

    /// The digits before the point, each of them: `int(1e22)` is exact.
    private static func whole(_ number: Double) throws(Failure) -> JSONNumber {
        if number.isNaN { throw .valueError }
        if number.isInfinite { throw .other("cannot convert float infinity to integer") }
        if let small = Int(exactly: number.rounded(.towardZero)) { return JSONNumber(small) }
        return JSONNumber(literal: String(format: "%.0f", number))
    }

    /// `json.dumps(value)`: only ASCII, `", "` and `": "`, numbers as Python writes them.
    static func json(_ value: JSONValue) -> String {
        var text = ""
        for scalar in JSONWriter.string(plain(value), style: .python).unicodeScalars {
            if (" "..."~").contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                for unit in scalar.utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            }
        }
        return text
    }

    /// The value with its numbers as Python holds them, not as they were written.
    private static func plain(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(plain(number))
        case .array(let elements): .array(elements.map(plain))
        case .object(let object): .object(JSONObject(object.map { ($0.key, plain($0.value)) }))
        default: value
        }
    }

    private static func plain(_ number: JSONNumber) -> JSONNumber {
        number.isInteger ? JSONNumber(literal: PythonNumber.repr(number)) : JSONNumber(number.double)
    }
}
