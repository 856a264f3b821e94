/// An embedding made of the words of a text: texts that share words lie closer together than texts that do not.
///
/// Each word adds one or takes one away at a few places that its hash chooses; the sum is brought to length 1. Only
/// whole numbers, a division and a square root take part, which every machine computes alike.
enum WordVector {
    /// How many places one word changes. With several, no two words look alike by one collision.
    private static let placesOfAWord = 8

    /// The vector of a text. The empty text has the first unit vector, a text without words that of its bytes.
    static func vector(of text: String, dimension: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: max(dimension, 1))
        if text.isEmpty {
            sums[0] = 1
            return sums
        }
        for word in WordRuns.words(of: text) {
            let hash = FNVHash(word)
            for place in 0..<placesOfAWord {
                let number = hash.spread(place)
                sums[Int((number >> 1) % UInt64(sums.count))] += number & 1 == 0 ? 1 : -1
            }
        }
        return normalized(sums) ?? vector(ofBytes: Array(text.utf8), dimension: dimension)
    }

    /// The vector of a file's bytes, which depends on all of them in every component.
    static func vector(ofBytes bytes: [UInt8], dimension: Int) -> [Double] {
        let hash = FNVHash(bytes)
        let components = (0..<max(dimension, 1)).map { place in
            // Odd, hence never zero, and small enough that the sum of squares stays exact up to a million components.
            Double(Int(hash.spread(place) >> 48) * 2 - 0xFFFF)
        }
        return normalized(components) ?? components
    }

    /// The vector at length 1; nil for the zero vector.
    private static func normalized(_ vector: [Double]) -> [Double]? {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : nil
    }
}
