import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

/// A schema of the suite whose values the real `jsonschema` library checks as well.
struct NamedSchema: Sendable, CustomTestStringConvertible {
    let name: String
    let schema: JSONValue
    var testDescription: String { name }

    static func all() throws -> [NamedSchema] {
        let data = try Data(contentsOf: Project.root.appending(path: "Tests/SDK/suite/schemas.json"))
        let entries = try #require(JSONParser.parse(utf8: data).array)
        return entries.compactMap { entry in
            guard let name = entry["name"]?.string, let schema = entry["schema"] else { return nil }
            return NamedSchema(name: name, schema: schema)
        }
    }
}

struct SchemaValueTests {
    private static func value(_ schema: JSONValue) -> JSONValue { SchemaValue.generate(schema, key: "key") }

    @Test func suiteIsThere() throws {
        #expect(try NamedSchema.all().count >= 30)
    }

    @Test("values are valid", arguments: try NamedSchema.all())
    func valid(_ named: NamedSchema) {
        let value = Self.value(named.schema)
        #expect(SchemaCheck(document: SchemaDocument(root: named.schema)).accepts(value, named.schema), "\(value)")
        #expect(SchemaValue.generated(named.schema, key: "key") == (value, true))
    }

    @Test(
        "values are what a reader expects",
        arguments: [
            (
                #"{"type":"object","properties":{"first_name":{"type":"string"},"age":{"type":"integer"}}}"#,
                #"{"first_name":"first name","age":1}"#
            ),
            (#"{"const":{"z":1,"a":null}}"#, #"{"z":1,"a":null}"#), (#"{"enum":["b","a"]}"#, #""b""#),
            (#"{"type":"integer","enum":["b",2]}"#, "2"),
            (#"{"type":"string","examples":["e"],"default":"d"}"#, #""e""#),
            (#"{"type":"string","example":5,"default":"d"}"#, #""d""#), (#"{"type":"integer","default":"x"}"#, "1"),
            (#"{"type":["null","boolean"]}"#, "true"), (#"{"type":"null"}"#, "null"), ("{}", "{}"), ("true", "{}"),
            (#"{"type":"number","minimum":2.5,"maximum":2.75}"#, "2.625"),
            (#"{"multipleOf":0.01,"maximum":0.02}"#, "0"),
            (#"{"type":"integer","exclusiveMinimum":9}"#, "10"), (#"{"type":"integer","maximum":-4}"#, "-4"),
            (#"{"type":"number","exclusiveMinimum":0,"maximum":0.05,"multipleOf":0.01}"#, "0.01"),
            (#"{"type":"array","items":{"type":"integer"},"minItems":3}"#, "[1,2,3]"),
            (
                #"{"type":"object","properties":{"tags":{"type":"array","items":{"type":"string"},"minItems":2}}}"#,
                #"{"tags":["tag","tag 2"]}"#
            ),
            (#"{"type":"string","format":"date"}"#, #""2025-01-15""#), (#"{"type":"STRING","maxLength":3}"#, #""val""#),
            (#"{"type":"string","pattern":"^[A-Z]{2}-\\d{3}$"}"#, #""AB-456""#),
            (
                #"{"type":"object","required":["b","a"],"additionalProperties":{"type":"boolean"}}"#,
                #"{"b":true,"a":true}"#
            ),
            (#"{"anyOf":[{"type":"string","maxLength":0,"minLength":1},{"type":"boolean"}]}"#, "true"),
            (
                ##"{"type":"object","properties":{"next":{"$ref":"#"},"n":{"type":"integer"}},"required":["n"]}"##,
                #"{"next":{"n":1},"n":1}"#
            ),
        ])
    func expected(_ schema: String, _ expected: String) throws {
        #expect(Self.value(try JSONParser.parse(schema)).description == expected)
    }

    @Test func idsFollowFromTheKey() {
        let schema: JSONValue = ["type": "string", "format": "uuid"]
        let first = SchemaValue.generate(schema, key: "one")
        #expect(first == SchemaValue.generate(schema, key: "one"))
        #expect(first != SchemaValue.generate(schema, key: "two"))
        #expect(first.string.flatMap(UUID.init(uuidString:)) != nil)
    }

    @Test(
        "schemas that make no sense harm nobody",
        arguments: [
            "null", "5", #""string""#, "[]", "false", #"{"type":5}"#, #"{"type":"any"}"#, #"{"properties":[]}"#,
            #"{"required":"x"}"#, #"{"required":true}"#, #"{"items":3}"#, #"{"minimum":"3"}"#, #"{"enum":[]}"#,
            #"{"enum":"x"}"#, #"{"anyOf":[]}"#, #"{"anyOf":[5]}"#, #"{"$ref":5}"#, ##"{"$ref":"#"}"##,
            ##"{"$ref":"#/nowhere"}"##, #"{"$ref":"https://example.com/other.json"}"#, #"{"multipleOf":0}"#,
            #"{"type":"string","pattern":"("}"#, #"{"type":"string","pattern":"(?<=a)b"}"#, #"{"not":{}}"#,
            ##"{"allOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
            ##"{"if":{"$ref":"#"},"then":false}"##,
            #"{"type":"integer","minimum":5,"maximum":4}"#, #"{"type":"integer","minimum":1e300}"#,
            #"{"type":"integer","exclusiveMinimum":9223372036854775807}"#, #"{"type":"number","multipleOf":5e-324}"#,
            #"{"type":"array","minItems":1000000000}"#, #"{"type":"string","minLength":1000000000}"#,
            #"{"type":"object","minProperties":1000000000}"#, #"{"type":"array","minItems":-1,"maxItems":-2}"#,
            #"{"type":"array","uniqueItems":true,"minItems":500,"items":{"type":"boolean"}}"#,
            ##"{"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"}},"required":["a","b"]}"##,
            ##"{"type":"array","items":{"$ref":"#"},"minItems":2}"##, #"{"type":"string","pattern":"(a{1000}){1000}"}"#,
            #"{"type":"string","pattern":"^(((a*)*)*)*b$","minLength":2000}"#,
        ])
    func nonsense(_ schema: String) throws {
        let value = Self.value(try JSONParser.parse(schema))
        #expect(value.description.utf8.count <= 400_000)
    }

    @Test(
        "what cannot be satisfied is said to be",
        arguments: [
            ("false", false), (#"{"type":"integer","minimum":5,"maximum":4}"#, false), (#"{"enum":[]}"#, false),
            (#"{"type":"string","pattern":"^a$","minLength":2}"#, false), (#"{"not":{}}"#, false),
            (##"{"type":"array","items":{"$ref":"#"},"minItems":2}"##, false), (#"{"type":"string"}"#, true),
            (#"{"type":"array","minItems":2,"maxItems":1}"#, false), ("{}", true), ("true", true),
        ])
    func verdict(_ schema: String, _ isValid: Bool) throws {
        #expect(SchemaValue.generated(try JSONParser.parse(schema), key: "key").isValid == isValid)
    }

    /// Schemas that asked for seconds, or for hundreds of megabytes, while only values were counted.
    static let greedy: [JSONValue] = [
        [
            "properties": .object(JSONObject((0..<1600).map { ("a\($0)", ["$ref": "#"]) }))
        ],
        [
            "required": ["k4000"],
            "dependentRequired": .object(JSONObject((1...4000).map { ("k\($0)", [.string("k\($0 - 1)")]) })),
        ],
        ["minProperties": 999, "patternProperties": ["(?:x){1000000}": [:]]],
        ["pattern": "^q$", "enum": .array((0..<4000).map { .string("v\($0)") })],
        [
            "allOf": .array((0..<400).map { ["type": "string", "pattern": .string("x\($0)a{19000}")] })
        ],
        ["type": "string", "pattern": "^(((a*)*)*)*b$", "maxLength": 90000, "minLength": 90000],
        ["type": "array", "minItems": 1000, "items": ["type": "string", "minLength": 100_000]],
        ["minProperties": 1000, "additionalProperties": ["minProperties": 1000, "type": "object"]],
    ]

    @Test("work has an end", arguments: greedy.indices)
    func greed(_ index: Int) {
        // Five times what it takes, for machines that do other things as well.
        let time = ContinuousClock().measure { _ = Self.value(Self.greedy[index]) }
        #expect(time < .seconds(10))
    }

    @Test func textsAreAsLongAsCanBe() {
        let text = Self.value(["type": "string", "minLength": 100_000]).string ?? ""
        #expect(text.unicodeScalars.count == 100_000)
    }
}

struct SchemaCheckTests {
    @Test(
        "the check knows the keywords",
        arguments: [
            (#"{"type":"integer"}"#, "1.0", true), (#"{"type":"integer"}"#, "1.5", false),
            (#"{"type":"number"}"#, "true", false), (#"{"const":1}"#, "1.0", true), (#"{"const":true}"#, "1", false),
            (#"{"enum":[{"a":1,"b":2}]}"#, #"{"b":2,"a":1}"#, true),
            (#"{"minimum":3,"exclusiveMinimum":true}"#, "3", false),
            (#"{"exclusiveMaximum":3}"#, "3", false), (#"{"multipleOf":0.1}"#, "0.35", false),
            (#"{"multipleOf":0.01}"#, "0.05", true), (#"{"maxLength":1}"#, "\"\u{1F600}\"", true),
            (#"{"pattern":"^a"}"#, #""ba""#, false), (#"{"pattern":"a"}"#, "5", true),
            (#"{"uniqueItems":true}"#, "[1,1.0]", false), (#"{"uniqueItems":true}"#, "[1,true]", true),
            (#"{"prefixItems":[{"type":"string"}],"items":false}"#, #"["a",1]"#, false),
            (#"{"items":[{"type":"string"}],"additionalItems":{"type":"integer"}}"#, #"["a",1]"#, true),
            (#"{"contains":{"const":1},"maxContains":1}"#, "[1,1]", false), (#"{"contains":{"const":1}}"#, "[]", false),
            (#"{"required":["a"]}"#, "{}", false), (#"{"required":["a"]}"#, "[]", true),
            (
                #"{"properties":{"a":{}},"patternProperties":{"^b":{}},"additionalProperties":false}"#,
                #"{"a":1,"bc":2}"#, true
            ),
            (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"c":1}"#, false),
            (#"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#, false),
            (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, false),
            (#"{"dependencies":{"a":["b"]}}"#, #"{"c":1}"#, true),
            (#"{"oneOf":[{"minimum":1},{"maximum":3}]}"#, "2", false), (#"{"not":{"type":"null"}}"#, "null", false),
            (#"{"if":{"minimum":5},"then":{"multipleOf":2},"else":{"multipleOf":3}}"#, "7", false),
            (#"{"if":{"minimum":5},"then":{"multipleOf":2},"else":{"multipleOf":3}}"#, "3", true),
            (##"{"$defs":{"a~b":{"type":"null"}},"$ref":"#/$defs/a~0b"}"##, "1", false),
            (##"{"definitions":{"x":{"$id":"#here","type":"null"}},"$ref":"#here"}"##, "1", false),
            (#"{"const":1,"enum":[2]}"#, "1", false), ("false", "1", false),
            (#"{"type":"string","nullable":true}"#, "null", true), (#"{"minLength":"5","type":7}"#, #""a""#, true),
        ])
    func verdict(_ schema: String, _ value: String, _ isValid: Bool) throws {
        let schema = try JSONParser.parse(schema)
        let check = SchemaCheck(document: SchemaDocument(root: schema))
        #expect(check.accepts(try JSONParser.parse(value), schema) == isValid)
    }
}

struct RegexTests {
    private static func isFound(_ pattern: String, _ text: String) -> Bool? {
        SchemaDocument(root: true).isFound(pattern, in: text)
    }

    @Test(
        "search",
        arguments: [
            ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("^$", "", true), ("a|^$", "", true),
            ("^a{2,3}$", "aaaa", false), ("^a{2,}$", "aaaa", true), ("^(ab)*$", "abab", true),
            (#"^\d+\.\d$"#, "12.3", true),
            (#"^\w+@\w+$"#, "a@b", true), ("^[^a-c]$", "d", true), ("^[^a-c]$", "b", false), ("^.$", "\n", false),
            (#"\bcat\b"#, "a cat!", true), (#"\bcat\b"#, "concat", false), ("^(?=.*d)(?!x)[a-z]+$", "abcd", true),
            ("^(?=.*d)(?!x)[a-z]+$", "xbcd", false), (#"^\u00e9$"#, "é", true), (#"^[\x41-C-]+$"#, "AB-", true),
            ("^[]x]$", "]", true), ("a{,2", "a{,2", true), ("(a*)*b", "aaaa", false),
            ("^(?:a|b|)c$", "c", true), ("^(?<year>[0-9]{4})$", "2025", true), (#"^[\d\-x]+$"#, "1-x", true),
        ])
    func search(_ pattern: String, _ text: String, _ isThere: Bool) {
        #expect(Self.isFound(pattern, text) == isThere)
    }

    @Test(
        "expressions that are not understood",
        arguments: [
            "(", "[a", "a**", "(?<=a)b", #"(a)\1"#, #"\k<x>"#, "[z-a]", "(?i)a", #"\p{L}"#, "[a-", #"\"#,
        ])
    func unknown(_ pattern: String) {
        #expect(Self.isFound(pattern, "a") == nil)
    }

    @Test(
        "texts match",
        arguments: [
            "^[a-z]+$", #"^\d{3}-\d{4}$"#, "foo|bar", "^#[0-9a-f]{6}$", #"^[\w.+-]+@[\w-]+\.[\w.-]+$"#, "^[^a-z]+$",
            #"^v?\d+\.\d+\.\d+$"#, "^(?:[A-Za-z0-9+/]{4})*$", #"^\$\{\w+\}$"#, "^(a(b(c|d)){2}){2}$", #"\.(png|jpg)$"#,
        ], [0, 1, 7, 30])
    func texts(_ pattern: String, _ length: Int) throws {
        for variation in 0..<5 {
            let document = SchemaDocument(root: true)
            let text = try #require(document.text(matching: pattern, length: length, variation: variation))
            #expect(Self.isFound(pattern, text) == true, "\(text)")
        }
    }

    @Test func backReferencesRepeatWhatTheirGroupHolds() {
        let document = SchemaDocument(root: true)
        #expect(document.text(matching: #"^(["'])a+\1$"#, length: 5, variation: 0) == "'aaa'")
    }
}
