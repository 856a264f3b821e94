/// Speech without a voice: a tone that is as long as the text and always the same for it.
///
/// RIFF WAVE, 16-bit PCM, one channel, 8000 samples a second. All of it is integer arithmetic, so that every machine
/// makes the same bytes.
enum ToneAudio {
    /// Samples a second.
    static let sampleRate = 8000

    /// The file: 60 ms for each character (Unicode scalar), at least 0.2 s and at most 5 s.
    static func wav(for text: String) -> [UInt8] {
        let sampleCount = min(max(text.unicodeScalars.count * sampleRate * 60 / 1000, sampleRate / 5), 5 * sampleRate)
        var bytes = header(dataSize: sampleCount * 2)
        bytes.reserveCapacity(bytes.count + sampleCount * 2)
        let pitches = [262, 294, 330, 392, 440, 523]
        let pitch = pitches[Int(FNVHash(text).spread(0) % UInt64(pitches.count))]
        let step = UInt32((pitch << 32) / sampleRate)
        for index in 0..<sampleCount {
            let loudness = min(index, sampleCount - 1 - index, fade)
            let sample = sine(UInt32(index) &* step) * loudness / (fade * 4)
            append(UInt64(bitPattern: Int64(sample)), size: 2, to: &bytes)
        }
        return bytes
    }

    /// Samples over which the tone swells and dies away (20 ms); without them it would click.
    private static let fade = 160

    private static func header(dataSize: Int) -> [UInt8] {
        var bytes = Array("RIFF".utf8)
        append(UInt64(36 + dataSize), size: 4, to: &bytes)
        bytes += Array("WAVEfmt ".utf8)
        let format: [(UInt64, Int)] = [
            (16, 4), (1, 2), (1, 2), (UInt64(sampleRate), 4), (UInt64(sampleRate * 2), 4), (2, 2), (16, 2),
        ]
        for (value, size) in format { append(value, size: size, to: &bytes) }
        bytes += Array("data".utf8)
        append(UInt64(dataSize), size: 4, to: &bytes)
        return bytes
    }

    /// The lowest bytes of a number, lowest first.
    private static func append(_ value: UInt64, size: Int, to bytes: inout [UInt8]) {
        for place in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }

    /// The sine of a phase that counts 2^32 to a turn, between -32767 and 32767.
    private static func sine(_ phase: UInt32) -> Int {
        let place = Int(phase >> 24)
        let quarter = place % 64
        switch place / 64 {
        case 0: return quarterWave[quarter]
        case 1: return quarterWave[64 - quarter]
        case 2: return -quarterWave[quarter]
        default: return -quarterWave[64 - quarter]
        }
    }

    /// A quarter of a sine wave in 64 steps.
    private static let quarterWave = [
        0, 804, 1608, 2410, 3212, 4011, 4808, 5602, 6393, 7179, 7962, 8739, 9512, 10278, 11039, 11793, 12539, 13279,
        14010, 14732, 15446, 16151, 16846, 17530, 18204, 18868, 19519, 20159, 20787, 21403, 22005, 22594, 23170,
        23731, 24279, 24811, 25329, 25832, 26319, 26790, 27245, 27683, 28105, 28510, 28898, 29268, 29621, 29956,
        30273, 30571, 30852, 31113, 31356, 31580, 31785, 31971, 32137, 32285, 32412, 32521, 32609, 32678, 32728,
        32757, 32767,
    ]
}
