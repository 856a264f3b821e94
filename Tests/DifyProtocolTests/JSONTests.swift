import DifyProtocol
import Testing

struct JSONParserTests {
    @Test(
        "what is JSON",
        arguments: [
            "null", "true", "[]", "{}", "[1]", " [1 , 2] ", "\"\"", "\"a\\u00e9\\n\\/\"", "\"\u{7f}\"", "[1e5]", "[-0]",
            "[0.1]", "[1E+2]", "[1e-2]", "{\"a\":{\"b\":[]}}", "\"\\ud83d\\ude00\"", "\"\u{2028}\"", "\t[\n]\r ",
            "[\"\\\\\"]", "{\"\":0}", "123", "-1.5",
        ])
    func accepts(_ text: String) {
        #expect(throws: Never.self) { try JSONParser.parse(text) }
    }

    @Test(
        "what is no JSON",
        arguments: [
            "", " ", "[", "]", "{", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "{,}", "nul",
            "True", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"", "01", "+1", ".5", "1.",
            "1e",
            "1e+", "--1", "0x1", "1 2", "[1]x", "NaN", "[Infinity]", "-Infinity", "\"\\ud800\"", "\"\\udc00\"",
            "[1e400]",
            "\u{FEFF}[]", "/*x*/1", "{\"a\" 1}", "[\"a\"", "tru", "\u{0}",
        ])
    func refuses(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test(
        "bytes that are no UTF-8",
        arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(utf8: bytes) }
    }

    @Test("Python's reader also takes these", arguments: ["NaN", "[Infinity]", "-Infinity", "1e400", "\"\\ud800\""])
    func pythonAccepts(_ text: String) {
        #expect(throws: Never.self) { try JSONParser.parse(text, dialect: .python) }
    }

    @Test func keepsOrderAndNumberText() throws {
        let text = #"{"z":1.0,"a":1,"m":1.50,"big":18446744073709551615,"exp":1E5}"#
        #expect(try JSONParser.parse(text).description == text)
    }

    @Test func lastOfTwoEqualKeysCounts() throws {
        #expect(try JSONParser.parse(#"{"a":1,"b":2,"a":3}"#).description == #"{"a":3,"b":2}"#)
    }

    @Test func integersBeyond64BitsBecomeFloatsOnTheWire() throws {
        #expect(try JSONParser.parse("123456789012345678901").description == "1.2345678901234568e+20")
        #expect(
            try JSONParser.parse("123456789012345678901", dialect: .python).description == "123456789012345678901")
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(deep) }
        #expect(error?.problem == .tooDeep)
    }

    @Test(
        "Python's words for a mistake",
        arguments: [
            ("{\"a\": [1, 2", "Expecting ',' delimiter: line 1 column 12 (char 11)"),
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("{\n  a: 1}", "Expecting property name enclosed in double quotes: line 2 column 3 (char 4)"),
            ("{\"é\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
            ("[1] 2", "Extra data: line 1 column 5 (char 4)"),
            ("[\"abc", "Unterminated string starting at: line 1 column 2 (char 1)"),
        ])
    func describesMistakesLikePython(_ text: String, _ message: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text, dialect: .python) }
        #expect(error?.description == message)
    }
}

struct JSONWriterTests {
    private let value: JSONValue = ["k": [1, .null, "é/\u{2028}\u{1}\""]]

    @Test func compact() { #expect(JSONWriter.string(value) == "{\"k\":[1,null,\"é/\u{2028}\\u0001\\\"\"]}") }

    @Test func line() {
        #expect(
            JSONWriter.string("a\u{85}b\u{2029}\u{2028}é\u{2027}", style: .line)
                == "\"a\\u0085b\\u2029\\u2028é\u{2027}\"")
        #expect(JSONWriter.string(value, style: .line) == "{\"k\":[1,null,\"é/\\u2028\\u0001\\\"\"]}")
    }

    @Test func python() {
        #expect(JSONWriter.string(value, style: .python) == "{\"k\": [1, null, \"é/\u{2028}\\u0001\\\"\"]}")
    }

    @Test func numbersThatJSONCannotCarryBecomeNull() {
        let value: JSONValue = [
            .number(JSONNumber(.infinity)), .number(JSONNumber(-.infinity)), .number(JSONNumber(.nan)),
        ]
        #expect(JSONWriter.string(value, style: .line) == "[null,null,null]")
        #expect(JSONWriter.string(value, style: .python) == "[Infinity, -Infinity, NaN]")
        #expect(PythonText.repr(value) == "[inf, -inf, nan]")
    }

    @Test func errorBody() {
        #expect(JSONWriter.string(["m": "a/é"], style: .errorBody) == #"{"m":"a\/\u00e9"}"#)
    }
}
