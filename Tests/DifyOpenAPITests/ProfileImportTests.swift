import DifyOpenAPI
import DifyProtocol
import Testing

/// Where releases of Dify import a document differently: on both sides of each change, as the tagged releases do.
struct ProfileImportTests {
    /// A document, and its tools by the last release before a change and by the first with it.
    struct Example: Sendable, CustomTestStringConvertible {
        let change: ProfileChange
        let document: String
        let before: String
        let after: String

        var testDescription: String { "\(change.rawValue): \(document.split(separator: "\n").last ?? "")" }
    }

    private static let examples = [
        Example(
            change: .filesType, document: property("{type: array, items: {type: string, format: binary}}"),
            before: "op p:string", after: "op p:files"),
        Example(
            change: .filesType, document: parameter("{type: array, items: {format: binary}}"),
            before: "op q:string", after: "op q:files"),
        Example(
            change: .parameterReferences, document: operation("parameters: [{$ref: '#/components/parameters/T'}]"),
            before: "'name'", after: "op t!:number"),
        Example(
            change: .mergedAllOf,
            document: operation("requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/M'}}}}"),
            before: "op m:string", after: "op m:number=5"),
        Example(
            change: .allContentTypes,
            document: operation(
                "requestBody: {content: {a/b: {schema: {properties: {a: {}}}}, c/d: {schema: {properties: {c: {}}}}}}"),
            before: "op c:string", after: "op a:string, c:string"),
        Example(
            change: .allContentTypes,
            document: operation("requestBody: {content: {a/b: {schema: {properties: {a: {}}}}, c/d: {}}}"),
            before: "op ", after: "op a:string"),
        Example(
            change: .allContentTypes, document: operation("requestBody: {content: {}}"),
            before: "cannot access local variable 'content_type' where it is not associated with a value",
            after: "op "),
        Example(
            change: .arrayType, document: property("{type: array, items: {type: string}}"), before: "op p:string",
            after: "op p:array"),
        Example(
            change: .arrayType, document: parameter("{type: array}"), before: "op q:string", after: "op q:array"),
        Example(
            change: .plainDefaults, document: property("{type: boolean, default: true}"),
            before: "op p:boolean=1.0", after: "op p:boolean=true"),
        Example(
            change: .plainDefaults, document: property("{type: object, default: {a: 1}}"),
            before: "3 validation errors for ToolParameter", after: "op p:string"),
        Example(
            change: .structuredDefaults, document: property("{type: string, default: 2020-01-01}"),
            before: "4 validation errors for ToolParameter", after: "6 validation errors for ToolParameter"),
    ]

    @Test("on both sides of a change", arguments: examples)
    func changes(_ example: Example) throws {
        let last = try #require(Profile.releases.last { $0 < example.change.since })
        #expect(Self.tools(example.document, last) == example.before)
        #expect(Self.tools(example.document, example.change.since) == example.after)
        #expect(Self.tools(example.document, .current) == Self.tools(example.document, Profile.releases.last))
    }

    @Test("a path without letters is named by an id that stays the same")
    func rootName() throws {
        let document = "\(Self.head)paths: {/: {get: {}, post: {}}, /你好: {get: {}}}"
        #expect(Self.tools(document, try Profile("1.7.0")) == "<root>_get ; <root>_post ; <root>_get ")
        let old = try Profile("1.6")
        let names = try ImportedAPI(document, profile: old).tools.map(\.toolName)
        #expect(Set(names).count == 3)
        for name in names {
            #expect(name.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_(get|post)/) != nil)
        }
        #expect(try ImportedAPI(document, profile: old).tools.map(\.toolName) == names)
        let elsewhere = document.replacing("https://h", with: "https://other")
        #expect(try ImportedAPI(elsewhere, profile: old).tools.map(\.toolName) != names)
    }

    @Test("before 1.9.1 a body without a content type is read by that of an earlier operation")
    func leftOverContentType() throws {
        let body = "requestBody: {content: {a/b: {schema: {properties: {a: {}}}}}}"
        let document = "\(Self.head)paths: {/x: {get: {\(body)}, post: {requestBody: {content: {}}}}}"
        #expect(Self.tools(document, try Profile("1.9.0")) == "'a/b'")
        #expect(Self.tools(document, try Profile("1.9.1")) == "x_get a:string; x_post ")
    }

    // MARK: - Documents

    private static let head = """
        info: {}
        servers: [{url: "https://h"}]
        components:
          parameters: {T: {name: t, in: query, required: true, schema: {type: integer}}}
          schemas:
            N: {type: number, default: 5}
            M: {properties: {m: {allOf: [{$ref: '#/components/schemas/N'}]}}}

        """

    private static func operation(_ members: String) -> String {
        "\(head)paths: {/a: {post: {operationId: op, \(members)}}}"
    }

    private static func property(_ schema: String) -> String {
        operation("requestBody: {content: {application/json: {schema: {properties: {p: \(schema)}}}}}")
    }

    private static func parameter(_ schema: String) -> String {
        operation("parameters: [{name: q, in: query, schema: \(schema)}]")
    }

    /// The tools in short, or the first line of the refusal.
    private static func tools(_ document: String, _ profile: Profile?) -> String {
        do throws(APISchemaError) {
            return try ImportedAPI(document, profile: profile ?? .current).tools.map { tool in
                let parameters = tool.parameters.map { parameter in
                    let value = parameter.defaultValue.isNull ? "" : "=\(parameter.defaultValue)"
                    return "\(parameter.name)\(parameter.required ? "!" : ""):\(parameter.type.rawValue)\(value)"
                }
                return tool.toolName + " " + parameters.joined(separator: ", ")
            }.joined(separator: "; ")
        } catch {
            return String(error.message.prefix { $0 != "\n" })
        }
    }
}
