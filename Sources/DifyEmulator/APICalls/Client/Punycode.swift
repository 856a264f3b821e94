/// Unicode labels in ASCII (RFC 3492).
enum Punycode {
    private static let base = 36
    private static let lowestThreshold = 1
    private static let highestThreshold = 26
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// The label without its prefix.
    static func encode(_ label: [Unicode.Scalar]) -> String {
        var output = label.filter(\.isASCII).map { UInt8($0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var (next, delta, bias, handled) = (UInt32(0x80), 0, 72, basicCount)
        while let scalar = label.filter({ $0.value >= next }).min() {
            delta += Int(scalar.value - next) * (handled + 1)
            next = scalar.value
            for other in label {
                if other.value < next { delta += 1 }
                guard other.value == next else { continue }
                output += number(delta, bias: bias)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The label that the text, in ASCII, stands for.
    ///
    /// - Returns: nil for a text that stands for none, or for a surrogate.
    static func decode(_ text: String) -> [Unicode.Scalar]? {
        var rest = Array(text.utf8)[...]
        var label: [Unicode.Scalar] = []
        if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
            label = rest[..<hyphen].map { Unicode.Scalar($0) }
            rest = rest[(hyphen + 1)...]
        }
        var (value, position, bias, isFirst) = (0x80, -1, 72, true)
        while !rest.isEmpty {
            guard let delta = takeNumber(of: &rest, bias: bias) else { return nil }
            position += delta + 1
            let count = label.count + 1
            value += position / count
            guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else { return nil }
            position %= count
            label.insert(scalar, at: position)
            bias = adapted(delta, count: count, isFirst: isFirst)
            isFirst = false
        }
        return label
    }

    private static func number(_ delta: Int, bias: Int) -> [UInt8] {
        var output: [UInt8] = []
        var (rest, place) = (delta, base)
        while true {
            let threshold = threshold(at: place, bias: bias)
            guard rest >= threshold else { return output + [digits[rest]] }
            output.append(digits[threshold + (rest - threshold) % (base - threshold)])
            rest = (rest - threshold) / (base - threshold)
            place += base
        }
    }

    private static func takeNumber(of rest: inout ArraySlice<UInt8>, bias: Int) -> Int? {
        var (result, weight, place) = (0, 1, base)
        while let byte = rest.popFirst() {
            let letter = byte | 0x20
            guard let digit = digits.firstIndex(of: (0x61...0x7A).contains(letter) ? letter : byte) else { return nil }
            result += digit * weight
            // No number as large leads to a character of Unicode.
            guard result < 1 << 40 else { return nil }
            let threshold = threshold(at: place, bias: bias)
            if digit < threshold { return result }
            weight *= base - threshold
            place += base
        }
        return nil
    }

    private static func threshold(at place: Int, bias: Int) -> Int {
        min(max(place - bias, lowestThreshold), highestThreshold)
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > (base - lowestThreshold) * highestThreshold / 2 {
            delta /= base - lowestThreshold
            bias += base
        }
        return bias + base * delta / (delta + 38)
    }
}
