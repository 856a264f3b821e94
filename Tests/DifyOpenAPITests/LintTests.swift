import DifyOpenAPI
import Testing

/// What Dify ignores or breaks on, with the place.
struct LintTests {
    @Test(
        "findings",
        arguments: [
            ("text", "", "no OpenAPI document but a str"), ("[1]", "", "no OpenAPI document but a list"),
            ("paths: {}", "/paths", "there are no tools"), ("paths: [a]", "/paths", "paths must be a mapping"),
            ("paths: {/a: {get: null}}", "/paths/~1a/get", "an operation must be a mapping"),
            ("servers: [{url: /v1}]", "/servers/0/url", "the address is relative"),
            (
                "\(op) parameters: [{$ref: '#/components/parameters/P'}]}}}", "/paths/~1a/post/parameters/0/$ref",
                "points to nothing; Dify refuses the document with 'components'"
            ),
            ("swagger: '2.0'", "/swagger", "a Swagger document is refused"),
            ("info: {}", "", "\"servers\" is missing"),
            ("servers: [{url: 'https://h'}, {url: 'https://i'}]", "/servers/1", "the first server only"),
            ("servers: [{url: 'https://{r}.h'}]", "/servers/0/url", "the braces stay"),
            ("servers: [{url: 'https://h?a=1'}]", "/servers/0/url", "drops a query string"),
            ("paths: {/a/b: {parameters: []}}", "/paths/~1a~1b/parameters", "parameters of a path are ignored"),
            ("paths: {/a~b: {GET: {}}}", "/paths/~1a~0b/GET", "lower case"),
            ("paths: {/a: {trace: {}}}", "/paths/~1a/trace", "Invalid http method trace"),
            ("paths: {/a: {get: {operationId: a b}}}", "/paths/~1a/get/operationId", "which models refuse"),
            (
                "paths: {/a: {get: {}}, /a/: {get: {}}}", "/paths/~1a~1/get",
                "is also the name of the tool at /paths/~1a/get"
            ),
            ("\(op) parameters: [{in: query}]}}}", "/paths/~1a/post/parameters/0", "\"name\" is missing"),
            ("\(op) parameters: [{name: n}]}}}", "/paths/~1a/post/parameters/0", "\"in\" is missing"),
            (
                "\(op) parameters: [{name: n, in: query, schema: {type: [string, 'null']}}]}}}",
                "/paths/~1a/post/parameters/0/schema/type", "unhashable type: 'list'"
            ),
            (
                "\(op) parameters: [{name: n, in: cookie, schema: {type: integer}}]}}}",
                "/paths/~1a/post/parameters/0/schema", "a cookie that is no string"
            ),
            (
                "\(op) requestBody: {$ref: '#/components/requestBodies/B'}}}}", "/paths/~1a/post/requestBody/$ref",
                "no body"
            ),
            (
                "\(op) requestBody: {content: {application/json: {schema: {properties: {x: {}}}}}}}}}",
                "/paths/~1a/post/requestBody/content/application~1json/schema/properties/x", "sent as null"
            ),
            (
                "\(op) requestBody: {content: {application/json: {schema: {properties: {x: {type: object}}}}}}}}}",
                "/paths/~1a/post/requestBody/content/application~1json/schema/properties/x", "pass JSON text instead"
            ),
            (
                "\(op) requestBody: {content: {application/json: {schema: {}}, text/plain: {schema: {}}}}}}}",
                "/paths/~1a/post/requestBody/content/text~1plain", "only the first content type is sent"
            ),
            (
                "\(op) requestBody: {content: {application/json: {schema: {allOf: []}}}}}}}",
                "/paths/~1a/post/requestBody/content/application~1json/schema/allOf", "not merged"
            ),
        ])
    func finding(_ document: String, _ pointer: String, _ consequence: String) {
        let findings = APILint.findings(in: document)
        #expect(
            findings.contains { $0.pointer == pointer && $0.consequence.contains(consequence) }, "\(findings)")
    }

    private static let op = "paths: {/a: {post: {"

    @Test func aPlainDocumentHasNoFindings() throws {
        let document = """
            {"openapi": "3.0.0", "info": {}, "servers": [{"url": "https://h/v1"}],
             "paths": {"/pets": {"get": {"operationId": "listPets",
               "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}]}}}}
            """
        #expect(APILint.findings(in: document) == [])
    }

    @Test("a text that is neither JSON nor YAML has no places to tell", arguments: ["", "{\"a\": [1, 2"])
    func noDocument(_ text: String) { #expect(APILint.findings(in: text) == []) }
}
