import Foundation

/// Walks through the bytes of a form. Lines may end in CR LF, in LF or in CR.
struct MultipartReader {
    private let bytes: Data
    private let delimiter: Data
    /// Where the next piece starts.
    private var position = 0
    /// Where the delimiter after the last content ends, and whether it is the form's last; nil before the first part.
    private var next: (end: Int, isLast: Bool)?

    /// - Parameter bytes: The form, with indices that start at 0.
    init(_ bytes: Data, boundary: String) {
        self.bytes = bytes
        delimiter = Data("--\(boundary)".utf8)
    }

    /// Moves behind the next delimiter.
    ///
    /// - Returns: Whether a part follows; otherwise the form is at its end.
    mutating func takeDelimiter() throws(MultipartForm.Fault) -> Bool {
        if next == nil { next = try findDelimiter(from: 0, needsLineBreak: false).next }
        guard let found = next else { return false }
        position = found.end
        next = nil
        return !found.isLast
    }

    /// Takes the header of a part. The second line break of its empty line stays: it may belong to a delimiter.
    mutating func takeHeader(upTo limit: Int) throws(MultipartForm.Fault) -> Data {
        for index in position..<min(bytes.count, position + limit) {
            guard let half = halfOfEmptyLine(at: index) else { continue }
            let header = bytes[position..<index]
            position = index + half
            return header
        }
        throw MultipartForm.Fault.malformed("a part's header has no end, or is larger than \(limit) bytes")
    }

    /// Takes the content of a part, up to the line break before the next delimiter.
    mutating func takeContent() throws(MultipartForm.Fault) -> Data {
        let start = position + lineBreak(at: position)
        let found = try findDelimiter(from: position, needsLineBreak: true)
        next = found.next
        return bytes[start..<max(start, found.start)]
    }

    // MARK: - Delimiters

    /// Finds a line that holds nothing but the delimiter, `--` after the last part, and white space.
    ///
    /// - Returns: Where it starts, with the line break before it, and what follows.
    private func findDelimiter(
        from start: Int, needsLineBreak: Bool
    ) throws(MultipartForm.Fault) -> (start: Int, next: (end: Int, isLast: Bool)) {
        var searched = start
        while searched < bytes.count,
            let range = bytes.range(of: delimiter, options: [], in: searched..<bytes.count)
        {
            let lineBreak = lineBreak(before: range.lowerBound, from: start)
            if lineBreak > 0 || !needsLineBreak, let next = end(ofDelimiter: range.upperBound) {
                return (range.lowerBound - lineBreak, next)
            }
            searched = range.lowerBound + 1
        }
        throw MultipartForm.Fault.malformed("the form's last boundary is missing")
    }

    /// Where a delimiter's line ends; nil when something else stands in it.
    private func end(ofDelimiter start: Int) -> (end: Int, isLast: Bool)? {
        let dash = UInt8(ascii: "-")
        let isLast = start + 1 < bytes.count && bytes[start] == dash && bytes[start + 1] == dash
        var index = isLast ? start + 2 : start
        while index < bytes.count, [0x20, 0x09, 0x0B, 0x0C].contains(bytes[index]) { index += 1 }
        let lineBreak = lineBreak(at: index)
        // After the last part nothing needs to follow.
        return isLast || lineBreak > 0 ? (index + lineBreak, isLast) : nil
    }

    // MARK: - Line breaks

    /// The length of one line break when two of a kind stand at a place; nil otherwise.
    private func halfOfEmptyLine(at index: Int) -> Int? {
        let next = bytes[index...].prefix(4)
        if next.elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) { return 2 }
        let isPair = next.starts(with: [0x0D, 0x0D]) || next.starts(with: [0x0A, 0x0A])
        return isPair ? 1 : nil
    }

    /// The length of the line break at a place; 0 for none.
    private func lineBreak(at index: Int) -> Int {
        guard index < bytes.count else { return 0 }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        default: return 0
        }
    }

    /// The length of the line break that ends at a place; 0 for none.
    private func lineBreak(before index: Int, from start: Int) -> Int {
        guard index > start else { return 0 }
        switch bytes[index - 1] {
        case 0x0A: return index - 1 > start && bytes[index - 2] == 0x0D ? 2 : 1
        case 0x0D: return 1
        default: return 0
        }
    }
}
