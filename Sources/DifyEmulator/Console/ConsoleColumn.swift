import DifyProtocol

/// Dify's database keeps names, icons and privacy policies in columns of 255 characters (`api/models/tools.py`).
enum ConsoleColumn {
    private static let width = 255

    /// - Throws: ``Refusal``: the database's complaint shows as HTTP 500.
    static func check(_ values: String...) throws(Refusal) {
        guard values.allSatisfy({ $0.unicodeScalars.count <= width }) else { throw .internalServerError }
    }

    /// An object as the column holds it: `json.dumps` writes what is not ASCII as `\uXXXX`.
    static func json(_ value: JSONObject) -> String {
        JSONWriter.string(.object(value), style: .python).unicodeScalars.reduce(into: "") { text, scalar in
            let escapes = scalar.isASCII ? 0 : scalar.value > 0xFFFF ? 2 : 1
            text += escapes == 0 ? String(scalar) : String(repeating: "\\uXXXX", count: escapes)
        }
    }
}
