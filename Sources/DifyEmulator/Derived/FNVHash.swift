/// 64 bits of FNV-1a: the same number for the same bytes on every machine, which Swift's own hashing is not.
struct FNVHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    init(_ text: String) { self.init(text.utf8) }

    /// The number at this place of a row that the hash starts (SplitMix64), each bit of which depends on all bits of it.
    func spread(_ place: Int) -> UInt64 {
        var mixed = value &+ UInt64(truncatingIfNeeded: place &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
