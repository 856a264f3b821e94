import DifyProtocol
import Testing

struct PythonNumberTests {
    @Test(
        "repr(float)",
        arguments: [
            (1.0, "1.0"), (0.1, "0.1"), (1e16, "1e+16"), (1e15, "1000000000000000.0"),
            (9_007_199_254_740_994, "9007199254740994.0"),
            (1e-4, "0.0001"), (1e-5, "1e-05"), (1.5e300, "1.5e+300"), (-0.0, "-0.0"), (123456.789, "123456.789"),
            (.infinity, "inf"), (.nan, "nan"), (5e-324, "5e-324"),
        ])
    func repr(_ value: Double, _ text: String) { #expect(PythonNumber.repr(value) == text) }

    @Test(
        "int(text)",
        arguments: [
            (" 7 ", "7"), ("1_000", "1000"), ("+3", "3"), ("-0", "0"), ("007", "7"), ("１２", "12"), ("7\n", "7"),
        ])
    func integer(_ text: String, _ digits: String) { #expect(PythonNumber.integer(from: text)?.literal == digits) }

    @Test("not int(text)", arguments: ["", "1e3", "0x10", "1__0", "_1", "1_", "1.0", "abc", "1 2", "--1", "²"])
    func noInteger(_ text: String) { #expect(PythonNumber.integer(from: text) == nil) }

    @Test("not float(text)", arguments: ["", "1.2.3", "0x1.8p1", "1_.0", "a.b", "1.0 2"])
    func noFloat(_ text: String) { #expect(PythonNumber.float(from: text) == nil) }
}

struct PythonTextTests {
    @Test(
        "repr",
        arguments: [
            (["k": 1, "t": true, "n": nil, "f": 1.0], "{'k': 1, 't': True, 'n': None, 'f': 1.0}"),
            (["it's", "b\"c", "it's \"x\""], #"["it's", 'b"c', 'it\'s "x"']"#),
            ("\u{FEFF}é東😀\t\u{7f}\u{a0}", #"'\ufeffé東😀\t\x7f\xa0'"#),
        ] as [(JSONValue, String)])
    func repr(_ value: JSONValue, _ text: String) { #expect(PythonText.repr(value) == text) }
}
