/// How frames follow one another in the body of a streamed answer.
public enum FrameEncoding: Sendable, Hashable {
    /// Each behind a header of 14 bytes, little endian, with its length (`length_prefixed_response`, 1.4.2 and later).
    case prefixed
    /// Each followed by an empty line (`compact_generate_response`).
    case lines

    /// The encoding of a release.
    public init(_ profile: Profile) { self = profile.has(.framesWithHeader) ? .prefixed : .lines }

    /// Appends a frame.
    public func append(_ frame: StreamFrame, to bytes: inout [UInt8]) {
        let json = frame.json
        switch self {
        case .prefixed:
            FrameHeader(length: UInt32(truncatingIfNeeded: json.count)).append(to: &bytes)
            bytes.append(contentsOf: json)
        case .lines:
            bytes.append(contentsOf: json)
            bytes.append(contentsOf: "\n\n".utf8)
        }
    }
}

/// What stands before each frame.
struct FrameHeader {
    /// How many bytes the header has.
    static let size = 14
    private static let magic: UInt8 = 0x0F
    /// How much of the header follows the number that says so.
    private static let rest: UInt16 = 10

    /// How many bytes the frame has.
    let length: UInt32

    init(length: UInt32) { self.length = length }

    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: [Self.magic, 0])
        withUnsafeBytes(of: Self.rest.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: length.littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: [0, 0, 0, 0, 0, 0])
    }

    /// Reads a header, checked as far as the daemon checks it.
    ///
    /// - Returns: nil when it is not there yet.
    init?(_ body: ArraySlice<UInt8>) throws(FrameError) {
        let bytes = Array(body.prefix(Self.size))
        guard bytes.count >= 4 else { return nil }
        guard bytes[0] == Self.magic else { throw .magicNumber(bytes[0]) }
        let rest = UInt16(bytes[2]) | UInt16(bytes[3]) << 8
        guard rest == Self.rest else { throw .headerLength(rest) }
        guard bytes.count == Self.size else { return nil }
        length = (4..<8).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
    }
}
