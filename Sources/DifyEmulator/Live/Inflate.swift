/// Decompresses DEFLATE data (RFC 1951) into a bounded amount of memory.
///
/// Nothing that this package depends on decompresses without a library of the system. The rules of what is an error, and
/// the errors' words, are zlib's, because Dify shows them; data that ends early is none, as for a streaming zlib.
struct Inflate {
    /// Why data cannot be decompressed.
    enum Failure: Error, Equatable {
        /// zlib's words for what is wrong.
        case invalid(String)
        /// The data follow from a dictionary that nobody has.
        case dictionary
        /// The output would be larger than allowed.
        case tooLarge
    }

    /// Why the reading stops.
    private enum Stop: Error {
        case failure(Failure)
        /// The data end here.
        case truncated

        static func invalid(_ words: String) -> Stop { .failure(.invalid(words)) }
    }

    /// What came out so far.
    private(set) var output: [UInt8] = []
    private let input: ArraySlice<UInt8>
    private let limit: Int
    private var position: Int
    private var buffer: UInt32 = 0
    private var bufferedBits: UInt32 = 0

    private init(_ input: ArraySlice<UInt8>, limit: Int) {
        self.input = input
        self.limit = limit
        position = input.startIndex
    }

    /// Decompresses one stream.
    ///
    /// - Returns: What came out, and the place after the stream; nil as place when the data ended early.
    static func decompress(
        _ input: ArraySlice<UInt8>, limit: Int
    ) throws(Failure) -> (output: [UInt8], end: Int?) {
        var inflate = Inflate(input, limit: limit)
        do throws(Stop) {
            while try !inflate.block() {}
            return (inflate.output, inflate.position)
        } catch {
            switch error {
            case .truncated: return (inflate.output, nil)
            case .failure(let failure): throw failure
            }
        }
    }

    /// - Returns: Whether this was the last block.
    private mutating func block() throws(Stop) -> Bool {
        let isLast = try bits(1) == 1
        switch try bits(2) {
        case 0: try storedBlock()
        case 1: try compressedBlock(literals: Self.fixedLiterals, distances: Self.fixedDistances)
        case 2:
            let (literals, distances) = try dynamicCodes()
            try compressedBlock(literals: literals, distances: distances)
        default: throw .invalid("invalid block type")
        }
        return isLast
    }

    private mutating func storedBlock() throws(Stop) {
        bufferedBits = 0
        let length = try bits(16)
        guard try bits(16) == ~length & 0xFFFF else { throw .invalid("invalid stored block lengths") }
        let available = min(Int(length), input.endIndex - position)
        guard output.count + available <= limit else { throw .failure(.tooLarge) }
        output += input[position..<position + available]
        position += available
        if available < length { throw .truncated }
    }

    private mutating func compressedBlock(literals: HuffmanCode, distances: HuffmanCode) throws(Stop) {
        while true {
            guard let symbol = try symbol(literals), symbol < 286 else {
                throw .invalid("invalid literal/length code")
            }
            if symbol < 256 {
                guard output.count < limit else { throw .failure(.tooLarge) }
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            let length = Self.lengths[symbol - 257]
            let count = Int(length.base) + Int(try bits(length.extraBits))
            guard let code = try self.symbol(distances), code < 30 else { throw .invalid("invalid distance code") }
            let distance = Int(Self.distances[code].base) + Int(try bits(Self.distances[code].extraBits))
            guard distance <= output.count else { throw .invalid("invalid distance too far back") }
            guard output.count + count <= limit else { throw .failure(.tooLarge) }
            for index in output.count - distance..<output.count - distance + count { output.append(output[index]) }
        }
    }

    private mutating func dynamicCodes() throws(Stop) -> (literals: HuffmanCode, distances: HuffmanCode) {
        let literalCount = Int(try bits(5)) + 257
        let distanceCount = Int(try bits(5)) + 1
        let lengthCount = Int(try bits(4)) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .invalid("too many length or distance symbols") }
        var lengths = [UInt8](repeating: 0, count: 19)
        for index in Self.lengthOrder.prefix(lengthCount) { lengths[index] = UInt8(try bits(3)) }
        guard let code = HuffmanCode(lengths, mayBeSingle: false) else { throw .invalid("invalid code lengths set") }
        let all = try codeLengths(by: code, count: literalCount + distanceCount)
        guard all[256] > 0 else { throw .invalid("invalid code -- missing end-of-block") }
        guard let literals = HuffmanCode(all[..<literalCount], mayBeSingle: true) else {
            throw .invalid("invalid literal/lengths set")
        }
        guard let distances = HuffmanCode(all[literalCount...], mayBeSingle: true) else {
            throw .invalid("invalid distances set")
        }
        return (literals, distances)
    }

    private mutating func codeLengths(by code: HuffmanCode, count: Int) throws(Stop) -> [UInt8] {
        var lengths: [UInt8] = []
        while lengths.count < count {
            // A code without any symbol reads as a run of zeros.
            let symbol = code.isEmpty ? Int(try bits(1)) & 0 : try self.symbol(code) ?? 0
            let repeated: (length: UInt8, times: Int)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .invalid("invalid bit length repeat") }
                repeated = (last, 3 + Int(try bits(2)))
            case 17: repeated = (0, 3 + Int(try bits(3)))
            case 18: repeated = (0, 11 + Int(try bits(7)))
            default: repeated = (UInt8(symbol), 1)
            }
            guard lengths.count + repeated.times <= count else { throw .invalid("invalid bit length repeat") }
            lengths += repeatElement(repeated.length, count: repeated.times)
        }
        return lengths
    }

    // MARK: - Bits

    private mutating func bits(_ count: UInt32) throws(Stop) -> UInt32 {
        while bufferedBits < count {
            guard position < input.endIndex else { throw .truncated }
            buffer = bufferedBits == 0 ? UInt32(input[position]) : buffer | UInt32(input[position]) << bufferedBits
            position += 1
            bufferedBits += 8
        }
        defer {
            buffer >>= count
            bufferedBits -= count
        }
        return buffer & (1 << count - 1)
    }

    /// - Returns: nil when no symbol has the bits that come.
    private mutating func symbol(_ code: HuffmanCode) throws(Stop) -> Int? {
        var walk = HuffmanCode.Walk()
        for _ in 0..<code.longest {
            if let symbol = code.symbol(after: try bits(1), &walk) { return symbol }
        }
        return nil
    }

    // MARK: - Tables of RFC 1951

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private static let lengths: [(base: UInt16, extraBits: UInt32)] = [
        (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2),
        (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5),
        (163, 5), (195, 5), (227, 5), (258, 0),
    ]

    private static let distances: [(base: UInt16, extraBits: UInt32)] = [
        (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4), (65, 5),
        (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9), (2049, 10),
        (3073, 10), (4097, 11), (6145, 11), (8193, 12), (12289, 12), (16385, 13), (24577, 13),
    ]

    private static let fixedLiterals = HuffmanCode(
        complete: [(144, 8), (112, 9), (24, 7), (8, 8)].flatMap { [UInt8](repeating: $0.1, count: $0.0) })
    private static let fixedDistances = HuffmanCode(complete: [UInt8](repeating: 5, count: 32))
}

/// A canonical Huffman code by the lengths of its symbols' codes.
struct HuffmanCode {
    /// How many symbols have codes of each length.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols in the order of their codes.
    private var symbols: [Int] = []

    /// Whether no symbol has a code.
    var isEmpty: Bool { symbols.isEmpty }

    /// How many bits there are to look at before it is certain that no symbol has them.
    private(set) var longest = 1

    /// A code.
    ///
    /// - Parameter mayBeSingle: Whether one code of one bit, which leaves the other bit without meaning, will do.
    /// - Returns: nil when there are more codes than bits, or bits that no code uses.
    init?(_ lengths: some Collection<UInt8>, mayBeSingle: Bool) {
        self.init(complete: lengths)
        var unused = 1
        for length in 1...15 {
            unused = unused * 2 - counts[length]
            if unused < 0 { return nil }
        }
        if unused > 0, !isEmpty, !(mayBeSingle && counts[1] == symbols.count) { return nil }
    }

    /// A code that is known to be right.
    init(complete lengths: some Collection<UInt8>) {
        for length in 1...15 {
            for (symbol, own) in lengths.enumerated() where Int(own) == length {
                counts[length] += 1
                symbols.append(symbol)
                longest = length
            }
        }
    }

    /// Where the reading of a code stands.
    struct Walk {
        fileprivate var code = 0
        fileprivate var first = 0
        fileprivate var index = 0
        fileprivate var length = 0
    }

    /// - Returns: The symbol, when the code is complete with this bit.
    func symbol(after bit: UInt32, _ walk: inout Walk) -> Int? {
        walk.length += 1
        walk.code |= Int(bit)
        let count = counts[walk.length]
        if walk.code - count < walk.first { return symbols[walk.index + walk.code - walk.first] }
        walk.index += count
        walk.first = (walk.first + count) << 1
        walk.code <<= 1
        return nil
    }
}
