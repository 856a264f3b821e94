import Foundation

/// A character set by the name under which Python knows it.
enum PythonCodec: Sendable, Hashable {
    /// Where the bytes of a unit stand.
    enum Order: Sendable, Hashable {
        case littleEndian
        case bigEndian
        /// As the mark at the beginning says, which must be there.
        case marked
    }

    /// How many bytes make a character, in character sets where ASCII is one byte.
    enum Shape: Sendable, Hashable {
        case pairs
        /// Pairs, and four bytes where a digit is the second.
        case pairsAndQuads
        /// Pairs, and single half-width kana: Shift JIS as Windows has extended it.
        case windowsJapanese
        /// Shift JIS with the characters of the standard only.
        case standardJapanese
        /// EUC-JP: the same characters, arranged differently.
        case unixJapanese
    }

    case ascii
    case latin1
    case utf8(dropsMark: Bool)
    case utf16(Order)
    case utf32(Order)
    /// One byte a character, by Foundation's table.
    case table(CFEncoding)
    /// One or more bytes a character, by Foundation's table.
    case multibyte(CFEncoding, Shape)
    /// ISO-2022-JP: seven bits, and sequences that switch the table.
    case japaneseEscapes
    /// Python knows it; nothing here decodes it.
    case unsupported

    /// One of CoreFoundation's numbers for character sets, the same on every system.
    struct CFEncoding: Sendable, Hashable {
        let number: UInt

        var encoding: String.Encoding { String.Encoding(rawValue: 0x8000_0000 | number) }
        /// Whether this is one of Windows' tables. Python leaves the bytes undefined that such a table does not use.
        var isWindows: Bool { (0x0500...0x0508).contains(number) || number == 0x041D }
    }
}

// MARK: - Names

extension PythonCodec {
    /// The codec with a name, spelled in any way that Python accepts (`codecs.lookup`).
    ///
    /// - Returns: nil for a name that Python does not know.
    init?(named name: String) {
        var key = ""
        var isSeparated = false
        for scalar in name.lowercased().unicodeScalars {
            let isWord = scalar == "." || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isWord {
                if isSeparated, !key.isEmpty { key += "_" }
                if scalar.isASCII { key.unicodeScalars.append(scalar) }
            }
            isSeparated = !isWord
        }
        guard let codec = Self.codecs[key] ?? Self.codecs[String(key.map { $0 == "." ? "_" : $0 })] else { return nil }
        self = codec
    }

    private static let codecs: [String: PythonCodec] = {
        var codecs: [String: PythonCodec] = [:]
        for (codec, names) in names {
            for name in names.split(separator: " ") { codecs[String(name)] = codec }
        }
        return codecs
    }()

    private static func table(_ number: UInt) -> PythonCodec { .table(CFEncoding(number: number)) }

    private static func multibyte(_ number: UInt, _ shape: Shape) -> PythonCodec {
        .multibyte(CFEncoding(number: number), shape)
    }

    /// Python's names, its aliases among them.
    private static let names: [(PythonCodec, String)] = [
        (.utf8(dropsMark: false), "utf_8 utf8 utf u8 cp65001 utf8_ucs2 utf8_ucs4"),
        (.utf8(dropsMark: true), "utf_8_sig"),
        (
            .ascii,
            "ascii us_ascii us 646 ansi_x3.4_1968 ansi_x3.4_1986 ansi_x3_4_1968 cp367 csascii ibm367 iso646_us "
                + "iso_646.irv_1991 iso_ir_6"
        ),
        (
            .latin1,
            "latin_1 latin1 latin l1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 "
                + "iso_ir_100"
        ),
        (.utf16(.marked), "utf_16 utf16 u16"),
        (.utf16(.littleEndian), "utf_16_le utf_16le unicodelittleunmarked"),
        (.utf16(.bigEndian), "utf_16_be utf_16be unicodebigunmarked"),
        (.utf32(.marked), "utf_32 utf32 u32"),
        (.utf32(.littleEndian), "utf_32_le utf_32le"),
        (.utf32(.bigEndian), "utf_32_be utf_32be"),
        (table(0x0500), "cp1252 1252 windows_1252"),
        (table(0x0501), "cp1250 1250 windows_1250"),
        (table(0x0502), "cp1251 1251 windows_1251"),
        (table(0x0503), "cp1253 1253 windows_1253"),
        (table(0x0504), "cp1254 1254 windows_1254"),
        (table(0x0505), "cp1255 1255 windows_1255"),
        (table(0x0506), "cp1256 1256 windows_1256"),
        (table(0x0507), "cp1257 1257 windows_1257"),
        (table(0x0508), "cp1258 1258 windows_1258"),
        (table(0x0202), "iso8859_2 iso_8859_2 csisolatin2 iso_8859_2_1987 iso_ir_101 l2 latin2"),
        (table(0x0203), "iso8859_3 iso_8859_3 csisolatin3 iso_8859_3_1988 iso_ir_109 l3 latin3"),
        (table(0x0204), "iso8859_4 iso_8859_4 csisolatin4 iso_8859_4_1988 iso_ir_110 l4 latin4"),
        (table(0x0205), "iso8859_5 iso_8859_5 csisolatincyrillic cyrillic iso_8859_5_1988 iso_ir_144"),
        (table(0x0206), "iso8859_6 iso_8859_6 arabic asmo_708 csisolatinarabic ecma_114 iso_8859_6_1987 iso_ir_127"),
        (
            table(0x0207),
            "iso8859_7 iso_8859_7 csisolatingreek ecma_118 elot_928 greek greek8 iso_8859_7_1987 iso_ir_126"
        ),
        (table(0x0208), "iso8859_8 iso_8859_8 csisolatinhebrew hebrew iso_8859_8_1988 iso_ir_138"),
        (table(0x0209), "iso8859_9 iso_8859_9 csisolatin5 iso_8859_9_1989 iso_ir_148 l5 latin5"),
        (table(0x020A), "iso8859_10 iso_8859_10 csisolatin6 iso_8859_10_1992 iso_ir_157 l6 latin6"),
        (table(0x020B), "iso8859_11 iso_8859_11 iso_8859_11_2001 thai tis_620 tis620 tis_620_0 iso_ir_166"),
        (table(0x020D), "iso8859_13 iso_8859_13 l7 latin7"),
        (table(0x020E), "iso8859_14 iso_8859_14 iso_8859_14_1998 iso_celtic iso_ir_199 l8 latin8"),
        (table(0x020F), "iso8859_15 iso_8859_15 l9 latin9"),
        (table(0x0210), "iso8859_16 iso_8859_16 iso_8859_16_2001 iso_ir_226 l10 latin10"),
        (table(0x0A02), "koi8_r cskoi8r"),
        (table(0x0A08), "koi8_u"),
        (table(0x0000), "mac_roman macintosh macroman"),
        (table(0x0007), "mac_cyrillic maccyrillic"),
        (table(0x0410), "cp850 850 cspc850multilingual ibm850"),
        (table(0x0413), "cp855 855 csibm855 ibm855"),
        (table(0x041B), "cp866 866 csibm866 ibm866"),
        (table(0x041D), "cp874"),
        (multibyte(0x0632, .pairsAndQuads), "gb18030 gb18030_2000"),
        (multibyte(0x0421, .pairs), "gbk 936 cp936 ms936"),
        (
            multibyte(0x0930, .pairs),
            "gb2312 chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312_1980 gb2312_80 iso_ir_58 "
                + "x_mac_simp_chinese"
        ),
        (multibyte(0x0A03, .pairs), "big5 big5_tw csbig5 x_mac_trad_chinese"),
        (multibyte(0x0A06, .pairs), "big5hkscs big5_hkscs hkscs"),
        (multibyte(0x0423, .pairs), "cp950 950 ms950"),
        (
            multibyte(0x0940, .pairs),
            "euc_kr euckr korean ks_c_5601 ks_c_5601_1987 ks_x_1001 ksc5601 ksx1001 x_mac_korean"
        ),
        (multibyte(0x0422, .pairs), "cp949 949 ms949 uhc"),
        (multibyte(0x0420, .standardJapanese), "shift_jis csshiftjis s_jis shiftjis sjis x_mac_japanese"),
        (multibyte(0x0420, .windowsJapanese), "cp932 932 ms932 ms_kanji mskanji"),
        (multibyte(0x0420, .unixJapanese), "euc_jp eucjp u_jis ujis"),
        (.japaneseEscapes, "iso2022_jp csiso2022jp iso2022jp iso_2022_jp"),
        (
            .unsupported,
            "base64 base_64 base64_codec bz2 charmap cp037 037 cp437 437 ibm437 cp500 cp720 cp737 cp775 cp852 852 ibm852 "
                + "cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp869 cp1125 cp1140 euc_jis_2004 hex hz hz_gb "
                + "hz_gb_2312 idna iso2022_jp_1 iso2022_jp_2 iso_2022_jp_2 iso2022_kr iso2022kr iso_2022_kr johab "
                + "koi8_t mac_greek mac_latin2 mac_turkish punycode ptcp154 quoted_printable raw_unicode_escape rot13 "
                + "shift_jis_2004 shift_jisx0213 unicode_escape undefined utf_7 utf7 uu zlib"
        ),
    ]
}
