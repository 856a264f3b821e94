import DifyEmulator
import DifyProtocol
import Testing

/// What an API would reject, as its requests arrive after Dify's conversions.
struct ValidateTests {
    private static let prefix = "the API would reject this call: "

    /// The notes about one call.
    private static func violations(_ platform: Platform, _ arguments: JSONObject) async -> [String] {
        await platform.outcome(.api, OneOperation.provider, "op", arguments).notes
            .filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    private static let settings = ["validate: true", "generate: true"]

    @Test(
        "parameters",
        arguments: [
            (#"{"name":"q","in":"query","schema":{"type":"integer","maximum":9}}"#, "9", nil),
            (
                #"{"name":"q","in":"query","schema":{"type":"integer","maximum":9}}"#, "10",
                "query parameter q: 10, where at most 9 is wanted (/paths/~1a/get/parameters/0/schema/maximum)"
            ),
            (
                #"{"name":"q","in":"query","schema":{"type":"integer","exclusiveMinimum":10}}"#, "10",
                "query parameter q: 10, where more than 10 is wanted"
            ),
            (#"{"name":"q","in":"query","schema":{"enum":["a","b"]}}"#, #""b""#, nil),
            (
                #"{"name":"q","in":"query","schema":{"enum":["a","b"]}}"#, #""c""#,
                #"query parameter q: "c" is none of "a", "b" (/paths/~1a/get/parameters/0/schema/enum)"#
            ),
            (
                #"{"name":"q","in":"query","schema":{"type":"string","pattern":"^a"}}"#, #""b""#,
                #"query parameter q: "b" does not match the pattern ^a"#
            ),
            (
                #"{"name":"q","in":"query","schema":{"type":"string","format":"date"}}"#, #""2025-02-30""#,
                #"query parameter q: "2025-02-30" is no date such as 2025-01-31"#
            ),
            (#"{"name":"q","in":"query","schema":{"type":"string","format":"date"}}"#, #""2025-02-28""#, nil),
            (#"{"name":"q","in":"query","schema":{"type":"array","items":{"type":"integer"}}}"#, "[1,2]", nil),
            (
                #"{"name":"q","in":"query","schema":{"type":"array","items":{"type":"integer"}}}"#, #"[1,"x"]"#,
                #"query parameter q: /1: "x" is text; wanted is an integer"#
            ),
            (
                #"{"name":"q","in":"query","explode":false,"schema":{"type":"array"}}"#, "[1,2]",
                "query parameter q: is written 2 times, once for each item; wanted is one text, such as q=a,b"
            ),
            (#"{"name":"q","in":"query","explode":false,"schema":{"type":"array"}}"#, #""1,2""#, nil),
            (
                #"{"name":"q","in":"query","style":"deepObject","schema":{"type":"object"}}"#, #"{"a":1}"#,
                #"query parameter q: arrives as "{'a': 1}"; wanted is its style, such as q[key]=value"#
            ),
            (#"{"name":"q","in":"query","content":{"application/json":{"schema":{"type":"object"}}}}"#, #""{}""#, nil),
            (
                #"{"name":"q","in":"query","content":{"application/json":{"schema":{"type":"object"}}}}"#, #"{"a":1}"#,
                #"query parameter q: "{'a': 1}" is not JSON, as its content type wants"#
            ),
            (
                #"{"name":"q","in":"header","schema":{"type":"boolean"}}"#, "true",
                #"header parameter q: "True" is text; wanted is a boolean"#
            ),
            (#"{"name":"q","in":"header","schema":{"type":"string"}}"#, "true", nil),
            (#"{"name":"q","in":"query","schema":{"type":"boolean"}}"#, "true", nil),
            // Dify drops an empty text from the query.
            (
                #"{"name":"q","in":"query","required":true,"schema":{"type":"string"}}"#, #""""#,
                "query parameter q: is required and is not sent (/paths/~1a/get/parameters/0/required)"
            ),
        ] as [(String, String, String?)])
    func parameter(_ parameter: String, _ argument: String, _ violation: String?) async throws {
        let platform = try OneOperation.platform(#"{"parameters":[\#(parameter)]}"#, settings: Self.settings)
        let found = await Self.violations(platform, ["q": try JSONParser.parse(argument)])
        if let violation {
            #expect(found.count == 1 && found.first?.hasPrefix(violation) == true, "\(found)")
        } else {
            #expect(found == [])
        }
    }

    @Test func parametersOfTheWholePathAreMissed() async throws {
        let platform = try OneOperation.platform(
            "{}", path: "/a/{id}",
            item: """
                {"parameters":[{"name":"id","in":"path","required":true},{"name":"t","in":"query","required":true},
                {"name":"o","in":"query"}]}
                """, settings: Self.settings)
        let reason = "Dify does not read the parameters of a whole path"
        #expect(
            await Self.violations(platform, [:]) == [
                "query parameter t: is required and is not sent: \(reason) (/paths/~1a~1{id}/parameters/1/required)",
                "path parameter id: the address holds {id} itself: \(reason) (/paths/~1a~1{id}/parameters/0)",
            ])
    }

    @Test(
        "paths",
        arguments: [
            ("7", nil), ("x", #"path parameter id: "x" does not match the pattern ^[0-9]+$"#),
            ("7/8", #"path: "/v1/a/7/8" is not the address of /a/{id}"#),
        ] as [(String, String?)])
    func path(_ id: String, _ violation: String?) async throws {
        let platform = try OneOperation.platform(
            #"{"parameters":[{"name":"id","in":"path","required":true,"schema":{"pattern":"^[0-9]+$"}}]}"#,
            path: "/a/{id}", server: "https://h/v1", settings: Self.settings)
        let found = await Self.violations(platform, ["id": .string(id)])
        #expect(violation.map { found.first?.hasPrefix($0) == true } ?? found.isEmpty, "\(found)")
    }

    private static let schema = """
        {"type":"object","required":["id","name"],"additionalProperties":false,"properties":{
        "id":{"type":"string","readOnly":true},"name":{"type":"string","minLength":2},
        "meta":{"type":"object","properties":{"k":{"type":"integer"}}},"n":{"type":"integer"},
        "list":{"type":"array","maxItems":1,"items":{"type":"number"}},"ref":{"$ref":"#/components/schemas/Ref"}}}
        """

    @Test(
        "bodies",
        arguments: [
            (#"{"name":"ab"}"#, []),
            (
                #"{"name":"a"}"#,
                [
                    #"body /name: "a" has 1 character, where at least 2 are wanted (/components/schemas/B/properties/name/minLength)"#
                ]
            ),
            // A real object becomes Python text on its way, JSON text becomes an object.
            (
                #"{"name":"ab","meta":{"k":1}}"#,
                [#"body /meta: "{'k': 1}" is text; wanted is an object (/components/schemas/B/properties/meta/type)"#]
            ),
            (#"{"name":"ab","meta":"{\"k\":1}"}"#, []),
            (
                #"{"name":"ab","meta":"{\"k\":\"v\"}"}"#,
                [
                    #"body /meta/k: "v" is text; wanted is an integer (/components/schemas/B/properties/meta/properties/k/type)"#
                ]
            ),
            (
                #"{"name":"ab","list":[1,"x"]}"#,
                [
                    "body /list: there are 2 items, where at most 1 are wanted (/components/schemas/B/properties/list/maxItems)",
                    #"body /list/1: "x" is text; wanted is a number (/components/schemas/B/properties/list/items/type)"#,
                ]
            ),
            (#"{"name":"ab","ref":"x"}"#, [#"body /ref: "x" is none of "r" (/components/schemas/Ref/enum)"#]),
            (#"{"name":"ab","n":1.5}"#, []),
        ])
    func body(_ arguments: String, _ violations: [String]) async throws {
        let platform = try OneOperation.platform(
            ##"{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/B"}}}}}"##,
            method: "post", document: #"{"components":{"schemas":{"B":\#(Self.schema),"Ref":{"enum":["r"]}}}}"#,
            settings: Self.settings)
        // Dify itself asks for the id, which the API fills.
        let object = JSONObject([("id", "1")]).merging(try #require(JSONParser.parse(arguments).object))
        #expect(await Self.violations(platform, object) == violations)
    }

    @Test(
        "bodies that do not arrive as described",
        arguments: [
            (##"{"$ref":"#/components/requestBodies/B"}"##, "Dify does not follow the reference to it"),
            (
                #"{"content":{"multipart/form-data":{"schema":{"properties":{"a":{"type":"string"}}}}}}"#,
                "multipart/form-data wants parts with a boundary"
            ),
            (
                #"{"content":{"application/xml":{"schema":{"properties":{"a":{"type":"string"}}}}}}"#,
                "is sent as a URL-encoded form, which application/xml is not"
            ),
            (#"{"content":{"application/json":{"schema":{"type":"array"}}}}"#, "{} is an object; wanted is a list"),
            (
                #"{"content":{"application/x-www-form-urlencoded":{"schema":{"properties":{"a":{"type":"boolean"}}}}}}"#,
                #"body /a: "True" is text; wanted is a boolean"#
            ),
            (
                #"{"content":{"application/json":{"schema":{"oneOf":[{"required":["x"]},{"required":["y"]}]}}}}"#,
                #"fits none of the 2 alternatives; the nearest: "x" is missing"#
            ),
        ])
    func encoding(_ body: String, _ violation: String) async throws {
        let document = """
            {"components":{"requestBodies":{"B":{"required":true,
            "content":{"application/json":{"schema":{"type":"object"}}}}}}}
            """
        let platform = try OneOperation.platform(
            #"{"requestBody":\#(body)}"#, method: "post", document: document, settings: Self.settings)
        let found = await Self.violations(platform, ["a": true])
        #expect(found.count == 1 && found.first?.contains(violation) == true, "\(found)")
    }

    @Test func refusalNamesTheFirstAndCountsTheOthers() async throws {
        let operation = """
            {"parameters":[{"name":"a","in":"query","schema":{"type":"string","maxLength":1}},
            {"name":"b","in":"query","schema":{"type":"string","maxLength":1}}]}
            """
        let platform = try OneOperation.platform(operation, settings: ["validate: refuse", "generate: true"])
        let refused = await platform.outcome(.api, OneOperation.provider, "op", ["a": "xx", "b": "yy"])
        #expect(refused.messages.isEmpty)
        #expect(refused.error?.contains("dify-emulator: the API would reject this call: query parameter a: ") == true)
        #expect(refused.error?.contains("(and 1 more)") == true)
        #expect(await platform.outcome(.api, OneOperation.provider, "op", ["a": "x"]).error == nil)
    }

    @Test func nothingIsCheckedUnlessAsked() async throws {
        let operation = #"{"parameters":[{"name":"q","in":"query","schema":{"enum":["a"]}}]}"#
        let platform = try OneOperation.platform(operation, settings: ["generate: true"])
        #expect(await Self.violations(platform, ["q": "z"]) == [])
    }
}
