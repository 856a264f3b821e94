/// What Python's `bytes.fromhex` reads: pairs of hexadecimal digits of either case, white space between the pairs.
enum PythonHex {
    /// - Throws: The `ValueError` that Python raises.
    static func bytes(in text: String) throws(PythonException) -> [UInt8] {
        if let position = text.unicodeScalars.firstIndex(where: { !$0.isASCII }) {
            throw invalid(at: text.unicodeScalars.distance(from: text.unicodeScalars.startIndex, to: position))
        }
        var bytes: [UInt8] = []
        var high: UInt8?
        var position = 0
        for character in text.utf8 {
            defer { position += 1 }
            if high == nil, isSpace(character) { continue }
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue.map({ UInt8($0) }) else {
                throw invalid(at: position)
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { throw invalid(at: position) }
        return bytes
    }

    private static func invalid(at position: Int) -> PythonException {
        .value("non-hexadecimal number found in fromhex() arg at position \(position)")
    }

    private static func isSpace(_ character: UInt8) -> Bool { character == 0x20 || (0x09...0x0D).contains(character) }
}
