import DifyProtocol
import Foundation

/// One label of a host's name, checked by RFC 5891 to 5893. Texts are those of Python's idna.
struct InternationalLabel {
    private let scalars: [Unicode.Scalar]

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// What is wrong with the label; nil when it is valid.
    var complaint: String? {
        guard let first = scalars.first, let last = scalars.last else { return "Empty Label" }
        if !text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(text.utf8) {
            return "Label must be in Normalization Form C"
        }
        if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" {
            return "Label has disallowed hyphens in 3rd and 4th position"
        }
        if first == "-" || last == "-" { return "Label must not start or end with a hyphen" }
        if first.isMark { return "Label begins with an illegal combining character" }
        return scalars.indices.lazy.compactMap(complaint(at:)).first ?? complaintAboutDirection
    }

    private var text: String { String(String.UnicodeScalarView(scalars)) }

    private func complaint(at index: Int) -> String? {
        let scalar = scalars[index]
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let label = PythonText.repr(text)
        switch scalar.standing {
        case .valid: return nil
        case .joiner where !joins(at: index): return "Joiner \(code) not allowed at position \(index + 1) in \(label)"
        case .contextual where !fits(at: index):
            return "Codepoint \(code) not allowed at position \(index + 1) in \(label)"
        case .joiner, .contextual: return nil
        case .disallowed: return "Codepoint \(code) at position \(index + 1) of \(label) not allowed"
        }
    }

    // MARK: - Context

    /// Whether a zero-width joiner or non-joiner has something to do between its neighbours.
    private func joins(at index: Int) -> Bool {
        if index > 0, scalars[index - 1].properties.canonicalCombiningClass == .virama { return true }
        guard scalars[index] == "\u{200C}" else { return false }
        let before = scalars[..<index].last { $0.joining != .transparent }
        let after = scalars[(index + 1)...].first { $0.joining != .transparent }
        guard let before, let after else { return false }
        return [.left, .dual].contains(before.joining) && [.right, .dual].contains(after.joining)
    }

    /// Whether a character that is allowed in some company only has that company.
    private func fits(at index: Int) -> Bool {
        let before = index > 0 ? scalars[index - 1] : nil
        let after = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalars[index].value {
        case 0xB7: return before == "l" && after == "l"
        case 0x375: return after.map(ScalarSet.greek.contains) ?? false
        case 0x5F3, 0x5F4: return before.map(ScalarSet.hebrew.contains) ?? false
        case 0x30FB: return scalars.contains { $0 != "\u{30FB}" && ScalarSet.japanese.contains($0) }
        case 0x660...0x669: return !scalars.contains { (0x6F0...0x6F9).contains($0.value) }
        case 0x6F0...0x6F9: return !scalars.contains { (0x660...0x669).contains($0.value) }
        default: return false
        }
    }

    // MARK: - Direction

    /// The rules of RFC 5893, which count once a label has letters that are written from right to left.
    private var complaintAboutDirection: String? {
        let directions = scalars.map(\.direction)
        if let index = directions.firstIndex(of: .unknown) {
            return "Unknown directionality in label \(PythonText.repr(text)) at position \(index + 1)"
        }
        guard directions.contains(where: { [.right, .arabicNumber].contains($0) }) else { return nil }
        guard let first = directions.first, [.left, .right].contains(first) else {
            return "First codepoint in label \(PythonText.repr(text)) must be directionality L, R or AL"
        }
        var numbers: ScalarDirection?
        for (index, direction) in directions.enumerated() {
            if first == .right {
                if direction == .left {
                    return "Invalid direction for codepoint at position \(index + 1) in a right-to-left label"
                }
                guard [.arabicNumber, .number].contains(direction) else { continue }
                if numbers ?? direction != direction { return "Can not mix numeral types in a right-to-left label" }
                numbers = direction
            } else if [.right, .arabicNumber].contains(direction) {
                return "Invalid direction for codepoint at position \(index + 1) in a left-to-right label"
            }
        }
        let last = directions.last { $0 != .mark }
        let endings: [ScalarDirection] = first == .right ? [.right, .number, .arabicNumber] : [.left, .number]
        return last.map(endings.contains) == true ? nil : "Label ends with illegal codepoint directionality"
    }
}
