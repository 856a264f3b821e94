/// Takes a streamed answer of the inner API apart, as Dify's plugin daemon does
/// (`pkg/utils/parser/chunking.go`).
public struct FrameDecoder: Sendable {
    private let encoding: FrameEncoding
    private let maximumLength: Int
    private var bytes: ArraySlice<UInt8> = []

    /// A decoder at the start of a body.
    ///
    /// - Parameter maximumLength: Most bytes of one frame. The daemon's own bound unless told otherwise.
    public init(_ encoding: FrameEncoding = .prefixed, maximumLength: Int = 31_457_280) {
        self.encoding = encoding
        self.maximumLength = maximumLength
    }

    /// Takes more of the body.
    public mutating func append(_ more: some Sequence<UInt8>) {
        if bytes.isEmpty { bytes = [] }
        bytes.append(contentsOf: more)
    }

    /// The JSON text of the next frame; nil until more of the body has come.
    ///
    /// - Throws: ``FrameError`` for a body that is none of this encoding.
    public mutating func next() throws(FrameError) -> [UInt8]? {
        switch encoding {
        case .prefixed: try nextPrefixed()
        case .lines: try nextLine()
        }
    }

    /// Says that the body has ended.
    ///
    /// - Throws: ``FrameError`` when it ended within a frame.
    public func finish() throws(FrameError) {
        guard encoding == .prefixed, !bytes.isEmpty else { return }
        throw .truncated(
            bytes.count < 4 ? "system header" : bytes.count < FrameHeader.size ? "header" : "data")
    }

    private mutating func nextPrefixed() throws(FrameError) -> [UInt8]? {
        guard let header = try FrameHeader(bytes) else { return nil }
        guard header.length <= maximumLength else { throw .tooLong(Int(header.length)) }
        let frame = bytes.dropFirst(FrameHeader.size).prefix(Int(header.length))
        guard frame.count == Int(header.length) else { return nil }
        bytes = bytes.dropFirst(FrameHeader.size + frame.count)
        return Array(frame)
    }

    /// The next line that is not empty.
    private mutating func nextLine() throws(FrameError) -> [UInt8]? {
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[..<end]
            bytes = bytes[(end + 1)...]
            if !line.isEmpty { return Array(line) }
        }
        guard bytes.count <= maximumLength else { throw .tooLong(bytes.count) }
        return nil
    }
}

/// A body that is no sequence of frames, in the words of Dify's plugin daemon.
public enum FrameError: Error, Sendable, Hashable, CustomStringConvertible {
    case magicNumber(UInt8)
    case headerLength(UInt16)
    case tooLong(Int)
    /// The body ended within this part of a frame.
    case truncated(String)

    public var description: String {
        switch self {
        case .magicNumber(let number): "magic number mismatch: \(number)"
        case .headerLength(let length): "header length mismatch: \(length)"
        case .tooLong(let length): "data length is too long: \(length)"
        case .truncated(let part): "unexpected EOF\nfailed to read \(part)"
        }
    }
}
