/// The characters that may stand at one place.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isInverted = false

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = ScalarSet(ranges: [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2028...0x2029, 0xFEFF...0xFEFF])
    /// `.`: everything but the end of a line.
    static let any = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isInverted: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isInverted
    }

    /// Characters of the set to write a text with, the most readable kind of those it has.
    var samples: [Unicode.Scalar] {
        let kinds = [
            "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890",
            " -_.,:;/@#+*!?()[]{}<>=%&$'\"|~^`\\", "éñøßдщλ日本語한글你好€½\t\n",
        ]
        for kind in kinds {
            let samples = kind.unicodeScalars.filter(contains)
            if !samples.isEmpty { return Array(samples) }
        }
        guard !isInverted else { return [] }
        return Array(ranges.lazy.flatMap { $0.prefix(64) }.prefix(64).compactMap { Unicode.Scalar($0) })
    }

    /// The ranges between those of the set, which must be in order.
    func complement() -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            result.append(next...(range.lowerBound - 1))
            next = range.upperBound + 1
        }
        return result + [next...0x10FFFF]
    }
}
