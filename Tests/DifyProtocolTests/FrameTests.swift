import DifyProtocol
import Testing

/// The stream of Dify's inner API, to the byte.
struct FrameTests {
    private static let hi = StreamFrame.data(["type": "text", "message": ["text": "hi"], "meta": nil])

    private static func bytes(_ frames: [StreamFrame], _ encoding: FrameEncoding = .prefixed) -> [UInt8] {
        var bytes: [UInt8] = []
        for frame in frames { encoding.append(frame, to: &bytes) }
        return bytes
    }

    private static func profile(_ text: String) throws -> Profile { try Profile(text) }

    @Test func headerOfFourteenBytes() {
        let json = #"{"data":{"type":"text","message":{"text":"hi"},"meta":null},"error":""}"#
        #expect(json.utf8.count == 71)
        let header: [UInt8] = [0x0F, 0, 0x0A, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(Self.bytes([Self.hi]) == header + Array(json.utf8))
    }

    @Test func lengthIsLittleEndian() {
        let frame = Self.bytes([.data(.string(String(repeating: "x", count: 0x10203)))])
        #expect(frame.count == 14 + 0x10203 + #"{"data":"","error":""}"#.utf8.count)
        #expect(Array(frame[4..<8]) == [0x19, 0x02, 0x01, 0])
    }

    @Test func releasesBefore1_4_2EndFramesWithAnEmptyLine() throws {
        #expect(FrameEncoding(try Self.profile("1.4.1")) == .lines)
        #expect(FrameEncoding(try Self.profile("1.4.2")) == .prefixed)
        let text = String(decoding: Self.bytes([Self.hi, .error("no")], .lines), as: UTF8.self)
        #expect(
            text == #"{"data":{"type":"text","message":{"text":"hi"},"meta":null},"error":""}"# + "\n\n"
                + #"{"data":null,"error":"no"}"# + "\n\n")
    }

    @Test(
        "frames as pydantic writes them: UTF-8 as it is, keys in order, numbers in its own spelling",
        arguments: [
            (
                StreamFrame.data(["é": "a/<&>\u{2028}\"\\\n\u{1}\u{7F}"]),
                "{\"é\":\"a/<&>\u{2028}\\\"\\\\\\n\\u0001\u{7F}\"}", ""
            ),
            (
                .data(["b": 1, "a": [1.0, -0.0, 1e16, 1e-7, 0.00001, 123456789012345680.0]]),
                #"{"b":1,"a":[1.0,-0.0,1e16,1e-7,0.00001,1.2345678901234568e17]}"#, ""
            ),
            (.data(.number(JSONNumber(literal: "1.50"))), "1.5", ""),
            (.data(.number(JSONNumber(literal: "-0"))), "0", ""),
            (.data(.number(JSONNumber(literal: "NaN"))), "null", ""),
            (
                .data(.number(JSONNumber(literal: "123456789012345678901234567890"))), "123456789012345678901234567890",
                ""
            ),
            (.data([:]), "{}", ""),
            (.error("réq \"1\""), "null", #"réq \"1\""#), (.error(""), "null", ""),
        ] as [(StreamFrame, String, String)])
    func json(_ frame: StreamFrame, _ data: String, _ error: String) {
        #expect(String(decoding: frame.json, as: UTF8.self) == #"{"data":\#(data),"error":"\#(error)"}"#)
    }

    @Test func bodiesAsFlaskWritesThem() throws {
        let value: JSONValue = ["data": ["url": "http://h/é", "n": [1e-5, 1e16, 1.0]], "error": ""]
        let old = try Self.profile("1.7.2")
        #expect(
            BodyText.of(value, in: .current)
                == #"{"data":{"url":"http:\/\/h\/\u00e9","n":[1e-5,1e+16,1.0]},"error":""}"# + "\n")
        #expect(
            BodyText.of(value, in: old)
                == #"{"data": {"url": "http://h/\u00e9", "n": [1e-05, 1e+16, 1.0]}, "error": ""}"# + "\n")
        #expect(
            Refusal.invalidParameter("a/b").body(in: old)
                == #"{"code": "invalid_param", "message": "a/b", "status": 400}"# + "\n")
    }

    // MARK: - Taking apart

    private static func frames(
        of bytes: [UInt8], inPiecesOf size: Int, _ encoding: FrameEncoding = .prefixed
    ) throws(FrameError) -> [StreamFrame?] {
        var decoder = FrameDecoder(encoding)
        var frames: [StreamFrame?] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            decoder.append(bytes[start..<min(start + size, bytes.count)])
            while let json = try decoder.next() { frames.append(StreamFrame(json: json)) }
        }
        try decoder.finish()
        return frames
    }

    @Test(
        "what was written is read, however it arrives", arguments: [1, 3, 13, 14, 15, 1000],
        [FrameEncoding.prefixed, .lines])
    func roundTrip(_ size: Int, _ encoding: FrameEncoding) throws {
        let sent = [Self.hi, .data(["a": "\n\u{2028}"]), .data([:]), .error("no")]
        #expect(try Self.frames(of: Self.bytes(sent, encoding), inPiecesOf: size, encoding) == sent)
    }

    @Test func nothingIsAWholeAnswer() throws {
        #expect(try Self.frames(of: [], inPiecesOf: 1).isEmpty)
        #expect(StreamFrame(json: Array("nope".utf8)) == nil)
        #expect(StreamFrame(json: Array(#"{"error":""}"#.utf8)) == .data(.null))
    }

    @Test(
        "bodies that are no frames, in the daemon's words",
        arguments: [
            ([0x0F], "unexpected EOF\nfailed to read system header"),
            ([0x0F, 0, 0x0A, 0, 1], "unexpected EOF\nfailed to read header"),
            ([0x7B, 0, 0, 0], "magic number mismatch: 123"),
            (Array("{\"data\":null,\"error\":\"\"}".utf8), "magic number mismatch: 123"),
            ([0x0F, 0, 0x0B, 0] + [UInt8](repeating: 0, count: 10), "header length mismatch: 11"),
            ([0x0F, 0, 0x0A, 0, 0, 0, 0, 2] + [UInt8](repeating: 0, count: 6), "data length is too long: 33554432"),
            ([0x0F, 0, 0x0A, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7B], "unexpected EOF\nfailed to read data"),
        ] as [([UInt8], String)])
    func mistakes(_ bytes: [UInt8], _ text: String) {
        let error = #expect(throws: FrameError.self) { try Self.frames(of: bytes, inPiecesOf: 4) }
        #expect(error?.description == text)
    }
}
