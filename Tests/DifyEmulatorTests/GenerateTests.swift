import DifyEmulator
import DifyProtocol
import Foundation
import TestSupport
import Testing

/// A workspace with one custom tool, called `op`.
enum OneOperation {
    static let provider = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"

    /// - Parameters:
    ///   - operation: The operation as JSON, without a name.
    ///   - item: What the path has in common for all methods, as JSON.
    ///   - document: More of the document, as JSON.
    ///   - settings: Lines of the API's seed entry.
    static func platform(
        _ operation: String, method: String = "get", path: String = "/a", server: String = "https://h",
        item: String = "{}", document: String = "{}", settings: [String] = [], seed: Int = 7,
        options: Platform.Options = Platform.Options()
    ) throws -> Platform {
        var object = try #require(JSONParser.parse(operation).object)
        object["operationId"] = "op"
        var shared = try #require(JSONParser.parse(item).object)
        shared[method] = .object(object)
        let base: JSONObject = [
            "info": [:], "servers": [["url": .string(server)]],
            "paths": .object(JSONObject([(path, .object(shared))])),
        ]
        let whole = base.merging(try #require(JSONParser.parse(document).object))
        let lines = settings.map { "    \($0)" }.joined(separator: "\n")
        let text = """
            seed: \(seed)
            apis:
              - name: one
                id: \(provider)
                schema: \(JSONValue.object(whole))
            \(lines)
            """
        return try Platform(seeds: [.text(text, name: "one.yaml")], options: options)
    }

    static func response(_ operation: String, document: String = "{}", seed: Int = 7) throws -> GeneratedResponse {
        let platform = try platform(operation, document: document, seed: seed)
        let workspace = platform.defaultWorkspace
        return try #require(workspace.generatedResponse(of: workspace.tool(.api, provider, "op")))
    }

    /// An operation whose success is described by this JSON.
    static func answering(_ type: String, _ media: String, status: String = "200") -> String {
        #"{"responses":{"\#(status)":{"content":{"\#(type)":\#(media)}}}}"#
    }
}

struct GenerateTests {
    private static let json = "application/json"

    @Test(
        "first an example, then the default, then the schema",
        arguments: [
            (#"{"example":{"id":3},"schema":{"example":{"id":4}}}"#, #"{"id":3}"#, .example),
            (#"{"examples":{"a":{"value":[1,2]},"b":{"value":9}}}"#, "[1,2]", .example),
            (#"{"examples":{"far":{"externalValue":"https://x/y"},"near":{"value":1}}}"#, "1", .example),
            (#"{"examples":{"loose":{"id":5}}}"#, #"{"id":5}"#, .example),
            (#"{"schema":{"type":"integer","default":2,"example":3}}"#, "3", .example),
            (#"{"schema":{"type":"integer","examples":[4,5],"default":2}}"#, "4", .example),
            (#"{"schema":{"type":"string","enum":["a","b"],"default":"b"}}"#, #""b""#, .default),
            (
                #"{"schema":{"type":"object","properties":{"s":{"type":"string","enum":["a","b"],"example":"b"}}}}"#,
                #"{"s":"b"}"#, .schema
            ),
            (#"{"schema":{"type":"integer","minimum":5,"multipleOf":4}}"#, "8", .schema),
            (#"{"schema":{"type":"string","pattern":"^[A-Z]{3}$"}}"#, #""ABC""#, .schema),
            (#"{"schema":{"type":"string","format":"date"}}"#, #""2025-01-15""#, .schema),
            (#"{"schema":{"type":"string","format":"byte"}}"#, #""c2FtcGxl""#, .schema),
            (#"{"schema":{"type":"string","nullable":true,"maxLength":3}}"#, #""val""#, .schema),
            (#"{"schema":{"type":["integer","null"]}}"#, "1", .schema),
            (#"{"schema":{"type":"object","additionalProperties":{"type":"integer"}}}"#, #"{"key1":1}"#, .schema),
            (
                #"{"schema":{"allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"type":"boolean"}}}]}}"#,
                #"{"a":1,"b":true}"#, .schema
            ),
            (#"{"schema":{"anyOf":[{"type":"integer"},{"type":"string"}]}}"#, "1", .schema),
            (
                #"{"schema":{"required":["secret"],"properties":{"secret":{"type":"string","writeOnly":true}}}}"#, "{}",
                .schema
            ),
            (#"{"example":"{\"a\": 1}","schema":{"type":"object"}}"#, #"{"a":1}"#, .example),
            (#"{"example":"plain"}"#, #""plain""#, .example), (#"{"example":null}"#, "null", .example),
            ("{}", "{}", .schema),
        ] as [(String, String, GeneratedResponse.Origin)])
    func body(_ media: String, _ body: String, _ origin: GeneratedResponse.Origin) throws {
        let response = try OneOperation.response(OneOperation.answering(Self.json, media))
        #expect(response.body == body)
        #expect(response.origin == origin)
        #expect(response.contentType == Self.json)
        #expect(response.status == 200)
    }

    @Test(
        "the first success, with its own content type",
        arguments: [
            (
                #"{"404":{},"201":{"content":{"application/json":{"example":1}}},"200":{}}"#, 201, "application/json",
                "1"
            ),
            (#"{"default":{"content":{"text/plain":{"example":"d"}}},"2XX":{"content":{}}}"#, 200, nil, ""),
            (#"{"default":{"content":{"text/plain":{"example":"d"}}}}"#, 200, "text/plain", "d"),
            (#"{"204":{"description":"gone"}}"#, 204, nil, ""), (#"{"404":{}}"#, 200, nil, ""),
            (
                #"{"200":{"content":{"text/plain":{"schema":{"type":"string"}},"application/json":{}}}}"#, 200,
                "text/plain", "value"
            ),
            (#"{"200":{"content":{"*/*":{"schema":{"type":"boolean"}}}}}"#, 200, "application/json", "true"),
            (
                #"{"200":{"content":{"application/problem+json":{"example":{}}}}}"#, 200, "application/problem+json",
                "{}"
            ),
            (
                #"{"200":{"content":{"image/png":{"schema":{"type":"string","format":"binary"}}}}}"#, 200, "image/png",
                "sample content of type image/png"
            ),
            (
                #"{"200":{"content":{"application/x-ndjson":{"example":[{"n":1},{"n":2}]}}}}"#, 200,
                "application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n"
            ),
            // Swagger's manner, which Dify lets pass.
            (#"{"200":{"schema":{"type":"integer"},"description":"d"}}"#, 200, "application/json", "1"),
            (#"{"200":{"schema":{},"examples":{"text/csv":"a,b"}}}"#, 200, "text/csv", "a,b"),
        ] as [(String, Int, String?, String)])
    func success(_ responses: String, _ status: Int, _ type: String?, _ body: String) throws {
        let response = try OneOperation.response(#"{"responses":\#(responses)}"#)
        #expect(response.status == status)
        #expect(response.contentType == type)
        #expect(response.body == body)
    }

    @Test func xmlFollowsItsSchema() throws {
        let media = """
            {"schema":{"type":"object","xml":{"name":"pet"},"properties":{"id":{"type":"integer","xml":{"attribute":true}},
            "name":{"type":"string","example":"A & B"},
            "tags":{"type":"array","xml":{"wrapped":true},"items":{"type":"string","xml":{"name":"tag"}}}}}}
            """
        let response = try OneOperation.response(OneOperation.answering("application/xml", media))
        #expect(
            response.body == #"<?xml version="1.0" encoding="UTF-8"?>"#
                + #"<pet id="1"><name>A &amp; B</name><tags><tag>tag</tag></tags></pet>"#)
    }

    // MARK: - References

    @Test(
        "references lead anywhere in the document",
        arguments: [
            (##"{"schema":{"$ref":"#/components/schemas/Node"}}"##, #"{"id":1,"next":{"id":1}}"#),
            (##"{"schema":{"$ref":"#/paths/~1a/get/x-schema"}}"##, "5"),
            (##"{"schema":{"$ref":"api.json#/components/schemas/Plain"}}"##, #""p""#),
            (##"{"examples":{"one":{"$ref":"#/components/examples/E"}}}"##, #"{"e":1}"#),
            (##"{"schema":{"$ref":"#/components/schemas/Chain"}}"##, #""p""#),
            (##"{"schema":{"$ref":"#/components/schemas/Pets"}}"##, #"{"kind":"feline"}"#),
            (##"{"schema":{"$ref":"#/components/schemas/Cub"}}"##, #"{"kind":"Cub","age":1}"#),
        ])
    func references(_ media: String, _ body: String) throws {
        let document = """
            {"components":{"examples":{"E":{"value":{"e":1}}},"schemas":{
            "Node":{"type":"object","required":["id"],"properties":{"id":{"type":"integer"},
            "next":{"$ref":"#/components/schemas/Node"}}},
            "Plain":{"type":"string","enum":["p"]},"Chain":{"$ref":"#/components/schemas/Plain"},
            "Cat":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}},
            "Dog":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}},
            "Pets":{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],
            "discriminator":{"propertyName":"kind","mapping":{"feline":"#/components/schemas/Cat"}}},
            "Animal":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}},
            "discriminator":{"propertyName":"kind"}},
            "Cub":{"allOf":[{"$ref":"#/components/schemas/Animal"},{"properties":{"age":{"type":"integer"}}}]}}}}
            """
        var operation = try #require(JSONParser.parse(OneOperation.answering(Self.json, media)).object)
        operation["x-schema"] = ["type": "integer", "enum": [5]]
        let response = try OneOperation.response(JSONValue.object(operation).description, document: document)
        #expect(response.body == body)
        #expect(response.notes == [])
    }

    @Test func brokenReferenceIsNullAndTold() throws {
        let media = ##"{"schema":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/Gone"}}}}"##
        let response = try OneOperation.response(OneOperation.answering(Self.json, media))
        #expect(response.body == #"{"a":null}"#)
        #expect(response.notes.count == 1)
        #expect(response.notes.first?.contains(##"/properties/a: the reference "#/components/schemas/Gone""##) == true)
        let missing = try OneOperation.response(##"{"responses":{"200":{"$ref":"#/components/responses/Gone"}}}"##)
        #expect(missing.body == "")
        #expect(missing.notes.first?.contains("points to nothing") == true)
    }

    @Test func exampleThatDoesNotFitIsSentAndTold() throws {
        let media = #"{"example":{"id":"x"},"schema":{"type":"object","properties":{"id":{"type":"integer"}}}}"#
        let response = try OneOperation.response(OneOperation.answering(Self.json, media))
        #expect(response.body == #"{"id":"x"}"#)
        #expect(response.notes.first?.contains(#"/id: "x" is text; wanted is an integer"#) == true)
    }

    // MARK: - Seeds and bounds

    @Test func idsFollowFromTheSeed() throws {
        let operation = OneOperation.answering(Self.json, #"{"schema":{"type":"string","format":"uuid"}}"#)
        let first = try OneOperation.response(operation)
        #expect(try OneOperation.response(operation).body == first.body)
        #expect(try OneOperation.response(operation, seed: 8).body != first.body)
    }

    @Test(
        "schemas without an end have one",
        arguments: [
            ##"{"A":{"$ref":"#/components/schemas/A"}}"##,
            ##"{"A":{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/components/schemas/A"}}}}"##,
            ##"{"A":{"type":"array","minItems":2,"items":{"$ref":"#/components/schemas/A"}}}"##,
            ##"{"A":{"allOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/A"}]}}"##,
            ##"{"A":{"additionalProperties":{"$ref":"#/components/schemas/A"},"minProperties":3}}"##,
            #"{"A":{"type":"string","minLength":1000000000}}"#,
        ])
    func bounded(_ schemas: String) throws {
        let media = ##"{"schema":{"$ref":"#/components/schemas/A"}}"##
        let response = try OneOperation.response(
            OneOperation.answering(Self.json, media), document: #"{"components":{"schemas":\#(schemas)}}"#)
        #expect(response.body.utf8.count < 400_000)
    }

    @Test func largeDocumentIsBounded() throws {
        // Four thousand schemas of which each refers to forty others.
        let schemas = JSONObject(
            (0..<4000).map { number in
                let properties = (1...40).map { other in
                    let reference = "#/components/schemas/S\((number * 7 + other * 91) % 4000)"
                    return ("p\(other)", ["$ref": .string(reference)] as JSONValue)
                }
                return ("S\(number)", ["type": "object", "properties": .object(JSONObject(properties))])
            })
        let document: JSONValue = ["components": ["schemas": .object(schemas)]]
        let media = ##"{"schema":{"$ref":"#/components/schemas/S0"}}"##
        let response = try OneOperation.response(
            OneOperation.answering(Self.json, media), document: document.description)
        #expect(try JSONParser.parse(response.body).object != nil)
        #expect(response.body.utf8.count < 4_000_000)
    }

    // MARK: - Calls

    @Test func callIsAnsweredFromTheDocument() async throws {
        let operation = OneOperation.answering(Self.json, #"{"example":{"id":3}}"#, status: "201")
        let platform = try OneOperation.platform(operation, settings: ["generate: true"])
        let outcome = await platform.outcome(.api, OneOperation.provider, "op")
        #expect(outcome.types == ["json", "text"])
        #expect(outcome.texts.last == #"{"id":3}"#)
        #expect(outcome.source == "generated from the document")
    }

    @Test func replyGoesBeforeTheDocument() async throws {
        let operation = OneOperation.answering(Self.json, #"{"example":{"id":3}}"#)
        let settings = ["generate: true", "replies: {op: [{text: written}]}"]
        let outcome = await (try OneOperation.platform(operation, settings: settings))
            .outcome(.api, OneOperation.provider, "op")
        #expect(outcome.texts == ["written"])
    }

    @Test func noContentIsAnEmptyResponse() async throws {
        let platform = try OneOperation.platform(#"{"responses":{"204":{}}}"#, settings: ["generate: true"])
        let outcome = await platform.outcome(.api, OneOperation.provider, "op")
        #expect(outcome.texts == ["Empty response from the tool, please check your parameters and try again."])
    }

    @Test func toolsOfOtherKindsHaveNoDocument() throws {
        let workspace = try Platform.probe("reply: [{text: x}]").defaultWorkspace
        let tool = try workspace.tool(.builtin, "acme/probe/probe", "echo")
        #expect(workspace.generatedResponse(of: tool)?.body == nil)
    }
}
