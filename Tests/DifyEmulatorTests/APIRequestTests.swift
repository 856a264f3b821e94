import DifyEmulator
import DifyProtocol
import Testing

/// The request of a custom tool where the recorded cases end: what each argument becomes, the lines of the head as they
/// go over the line, addresses, and older releases.
struct APIRequestTests {
    // MARK: - The head

    @Test("the lines of the head stand as the client writes them")
    func head() throws {
        let probe = try RequestProbe(
            """
            parameters: [{name: X-A, in: header}, {name: ck, in: cookie}]
            requestBody: {content: {application/json: {schema: {properties: {a: {type: string}}}}}}
            """, credentials: "{auth_type: api_key_header, api_key_value: k3y, api_key_header_prefix: bearer}")
        let wire = try probe.wire(["X-A": "1", "ck": "v", "a": "é"])
        let trace = try #require(wire.headers.first { $0.name == "traceparent" }?.value)
        #expect(
            wire.headers.map { "\($0.name): \($0.value)" } == [
                "Host: h.example", "Accept: */*", "Accept-Encoding: gzip, deflate", "Connection: keep-alive",
                "User-Agent: python-httpx/0.28.1", "Authorization: Bearer k3y", "X-A: 1",
                "Content-Type: application/json", "traceparent: \(trace)", "Cookie: ck=v", "Content-Length: 15",
            ])
        #expect(String(decoding: wire.body, as: UTF8.self) == #"{"a": "\u00e9"}"#)
        #expect(trace.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-01/) != nil)
    }

    @Test("the trace parent follows from the call")
    func traceParent() throws {
        let probe = try RequestProbe("parameters: [{name: q, in: query}]")
        func trace(_ value: JSONValue) throws -> String? {
            try probe.wire(["q": value]).headers.first { $0.name == "traceparent" }?.value
        }
        #expect(try trace("a") == trace("a"))
        #expect(try trace("a") != trace("b"))
    }

    @Test(
        "a header of the caller's takes the place of the client's own",
        arguments: [
            (
                "accept", "text/csv",
                ["Host", "Content-Length", "Accept-Encoding", "Connection", "User-Agent", "accept", "traceparent"]
            ),
            (
                "HOST", "other.example",
                ["host", "Content-Length", "Accept", "Accept-Encoding", "Connection", "User-Agent", "traceparent"]
            ),
            (
                "Traceparent", "mine",
                ["Host", "Content-Length", "Accept", "Accept-Encoding", "Connection", "User-Agent", "Traceparent"]
            ),
        ])
    func overridden(_ name: String, _ value: String, _ names: [String]) throws {
        let wire = try RequestProbe("parameters: [{name: \(name), in: header}]").wire([name: .string(value)])
        #expect(wire.headers.map(\.name) == names)
        #expect(wire.headers.first { $0.isNamed(name) }?.value == value)
        #expect(wire.host == "h.example")
    }

    @Test(
        "a length of the caller's must be the body's",
        arguments: [
            ("Content-Length", "2", "", "=i"), ("Content-Length", "02", "", "=i"), ("Content-Length", "2, 2", "", "=i"),
            ("Content-Length", "1", "Too much data for declared Content-Length", ""),
            ("Content-Length", "3", "Too little data for declared Content-Length", ""),
            ("Content-Length", "1, 2", "conflicting Content-Length headers", ""),
            ("Content-Length", "two", "bad Content-Length", ""),
            ("Transfer-Encoding", "Chunked", "", "2\r\n=i\r\n0\r\n\r\n"),
            ("Transfer-Encoding", "gzip", "Only Transfer-Encoding: chunked is supported", ""),
        ])
    func framing(_ name: String, _ value: String, _ error: String, _ body: String) throws {
        // The field has no name, so that the body is `=i`.
        let probe = try RequestProbe(
            """
            parameters: [{name: \(name), in: header}]
            requestBody: {content: {text/plain: {schema: {properties: {'': {type: string}}}}}}
            """)
        let plan = try probe.plan([name: .string(value), "": "i"])
        #expect(plan.error ?? "" == error)
        #expect(plan.request.map { String(decoding: $0.wire.body, as: UTF8.self) } ?? "" == body)
    }

    // MARK: - Addresses

    @Test(
        "addresses are written and refused as the client does",
        arguments: [
            ("HTTPS://H.Example:443/a/./b/../c", "https://h.example/a/c"), ("http://h:8080", "http://h:8080/"),
            ("https://h/a b/%7e/ü?q=1#f", "https://h/a%20b/%7e/%C3%BC"), ("ws://h/a", "ws://h/a"),
            ("https://[2001:DB8::1]:8443/a", "https://[2001:DB8::1]:8443/a"), ("https://h:٨٠/a", "https://h:80/a"),
            ("https://straße.example", "https://xn--strae-oqa.example/"), ("https://ΟΔΟΣ.gr", "https://xn--pxavbq.gr/"),
            ("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah/"), ("https://l·l.cat", "https://xn--ll-0ea.cat/"),
            ("https://a_b.example", "https://a_b.example/"), ("https://h{x}.example", "https://h{x}.example/"),
        ])
    func addresses(_ address: String, _ url: String) throws {
        #expect(try RequestProbe("", address: address).wire([:]).url == url)
    }

    @Test(
        "an address that cannot be called is told in the client's words",
        arguments: [
            ("ftp://h/a", "Request URL has an unsupported protocol 'ftp://'."),
            ("h.example/a", "Request URL is missing an 'http://' or 'https://' protocol."),
            ("https://", "Request URL is missing an 'http://' or 'https://' protocol."),
            ("////a", "Relative URLs cannot have a path starting with '//'"),
            ("https://h:80x/a", "Invalid port: '80x'"), ("https://127.0.0.01", "Invalid IPv4 address: '127.0.0.01'"),
            ("https://[1::2::3]", "Invalid IPv6 address: '[1::2::3]'"),
            ("https://a_ü.example", "Invalid IDNA hostname: 'a_ü.example'"),
            ("https://xn--.example", "Malformed A-label, no Punycode eligible content found"),
            ("https://xn--a.example", "Codepoint U+0080 at position 1 of '\\x80' not allowed"),
            ("https://h/a\tb", "Invalid non-printable ASCII character in URL, '\\t' at position 11."),
        ])
    func refusedAddresses(_ address: String, _ error: String) throws {
        #expect(try RequestProbe("", address: address).plan([:]).error == error)
    }

    @Test("a value that makes the address too long ends the call")
    func longAddress() throws {
        let probe = try RequestProbe("parameters: [{name: id, in: path}]", address: "https://h/{id}{id}{id}")
        #expect(try probe.plan(["id": .string(String(repeating: "x", count: 30000))]).error == "URL too long")
        #expect(try probe.plan(["id": .string(String(repeating: "x", count: 3_000_000))]).error == "URL too long")
    }

    // MARK: - Placements

    private static let everywhere = """
        parameters:
          - {name: id, in: path, required: true}
          - {name: flag, in: query, schema: {type: boolean}}
          - {name: tags, in: query, schema: {type: array}}
          - {name: empty, in: query}
          - {name: page, in: query, required: true, schema: {type: integer, default: 1}}
          - {name: X-Trace, in: header, schema: {type: object}}
          - {name: X-Opt, in: header}
          - {name: session, in: cookie}
          - {name: field, in: formData}
          - {name: both, in: query}
        requestBody:
          content:
            application/json:
              schema:
                properties:
                  opts: {type: object}
                  any: {}
                  count: {type: integer}
                  ref: {$ref: '#/components/schemas/N'}
                  color: {type: string, default: red}
                  both: {type: integer}
                  note: {type: string}
            text/plain: {schema: {properties: {plain: {type: string}}}}
        """

    private static let arguments: JSONObject = [
        "id": "a/b?c", "flag": "off", "tags": ["x", "y z"], "empty": "", "X-Trace": ["k": true], "session": "s",
        "field": "f", "both": "07", "opts": ["k": 1], "any": "x", "count": 1.9, "ref": 5, "plain": "p", "z": 1,
    ]

    @Test(
        "each argument is placed, and what may surprise is told",
        arguments: [
            ("id", .path, "a/b", "? and what follows are lost; slashes are not encoded", "/parameters/0"),
            ("flag", .query, "flag=true", "a text that says neither yes nor no counts as true", "/parameters/1"),
            ("tags", .query, "tags=x&tags=y+z", nil, "/parameters/2"),
            ("empty", .query, nil, "an empty value is left out", "/parameters/3"),
            ("page", .query, "page=1", "it is required and not given, so its default is sent", "/parameters/4"),
            ("X-Trace", .header, "{'k': True}", "an object became Python text", "/parameters/5"),
            ("X-Opt", .header, "", "it is not given; the header is sent all the same, empty", "/parameters/6"),
            ("session", .cookie, "session=s", nil, "/parameters/7"),
            ("field", .nowhere, nil, "Dify sends no parameters in formData", "/parameters/8"),
            (
                "both", .query, "both=7", "the name is declared 2 times; every place gets the value cast to number",
                "/parameters/9"
            ),
            (
                "opts", .body, #""{'k': 1}""#,
                "an object became Python text; only an object given as JSON text is sent as an object", nil
            ),
            ("any", .body, "null", "the property has neither type nor anyOf, so null is sent", nil),
            ("count", .body, "1", "the number is cut off", nil),
            ("ref", .body, #""5""#, "a property given by reference is sent as text", nil),
            (
                "color", .body, #""red""#,
                "it is not given, so the property's default is sent as the document writes it",
                nil
            ),
            ("note", .body, nil, "it is not given and left out", nil),
            (
                "plain", .nowhere, nil, "only the first content type, application/json, is sent",
                "/requestBody/content/text~1plain/schema/properties/plain"
            ),
            ("z", .nowhere, nil, "nothing declares it", ""),
        ] as [(String, APIPlacement.Place, String?, String?, String?)])
    func placements(
        _ name: String, _ place: APIPlacement.Place, _ sent: String?, _ remark: String?, _ pointer: String?
    ) throws {
        let plan = try RequestProbe(Self.everywhere).plan(Self.arguments)
        let placement = try #require(plan.placements.first { $0.name == name })
        #expect(placement.place == place)
        #expect(placement.sent == sent)
        #expect(placement.remark == remark)
        #expect(placement.pointer == pointer ?? "/requestBody/content/application~1json/schema/properties/\(name)")
        #expect(placement.given == Self.arguments[name])
        #expect(plan.request?.placements == plan.placements)
    }

    @Test("a parameter of the path item goes nowhere")
    func pathItem() throws {
        let plan = try RequestProbe("").plan(["id": "7"])
        #expect(plan.request?.url == "https://h.example/v1/p/{id}")
        #expect(plan.request?.wire.url == "https://h.example/v1/p/%7Bid%7D")
        #expect(plan.placements.map(\.place) == [.nowhere])
        #expect(plan.placements.first?.remark == "the operation does not declare it; {id} stays in the address")
    }

    @Test(
        "of a call that fails, every argument is told all the same",
        arguments: [
            ("{name: x, in: cookie, schema: {type: integer}}", 5, "expected string or bytes-like object, got 'int'"),
            ("{name: x, in: header}", " v", "Illegal header value b' v'"),
            (
                "{name: x, in: header}", "日本",
                "'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"
            ),
        ] as [(String, JSONValue, String)])
    func failure(_ parameter: String, _ value: JSONValue, _ error: String) throws {
        let probe = try RequestProbe("parameters: [\(parameter), {name: q, in: query}]")
        let plan = try probe.plan(["x": value, "q": "1"])
        #expect(plan.error == error)
        #expect(plan.request == nil)
        #expect(plan.placements.map(\.name) == ["x", "q"])
        #expect(plan.placements.first?.remark?.hasSuffix("so the call fails") == true)
        #expect(plan.placements.last?.sent == "q=1")
    }

    @Test("a file cannot travel, and what is missing is told")
    func failingBody() throws {
        let probe = try RequestProbe(
            """
            requestBody:
              content:
                multipart/form-data:
                  schema: {properties: {f: {type: string, format: binary}, a: {type: string}, b: {type: boolean}}}
            """)
        let plan = try probe.plan(["f": ["filename": "a.pdf"], "b": "no"])
        #expect(plan.error == "'dict' object has no attribute 'filename'")
        #expect(plan.placements.map(\.sent) == [nil, nil, "b=false"])
        #expect(plan.placements[0].remark == "a file cannot travel in a reverse call, so the call fails")
    }

    // MARK: - Releases

    @Test(
        "the key goes where the release puts it",
        arguments: [
            ("1.6.0", "{auth_type: api_key, api_key_value: k}", "api_key: k", ""),
            ("1.7.0", "{auth_type: api_key, api_key_value: k}", "Authorization: k", ""),
            ("1.6.0", "{auth_type: api_key, api_key_value: k, api_key_header: X-Key}", "X-Key: k", ""),
            ("1.6.0", "{auth_type: api_key_query, api_key_value: k}", "", ""),
            ("1.7.0", "{auth_type: api_key_query, api_key_value: k}", "", "?key=k"),
        ])
    func key(_ release: String, _ credentials: String, _ header: String, _ query: String) throws {
        let wire = try RequestProbe("", credentials: credentials).wire([:], in: release)
        let lines = wire.headers.dropFirst(6).filter { $0.name != "traceparent" }.map { "\($0.name): \($0.value)" }
        #expect(lines == (header.isEmpty ? [] : [header]))
        #expect(wire.url == "https://h.example/v1/p/%7Bid%7D\(query)")
    }

    @Test(
        "what is not given is null in the body before 1.7.0",
        arguments: [("1.6.0", #"{"a": null, "b": 1}"#), ("1.7.0", #"{"b": 1}"#)])
    func optionalFields(_ release: String, _ body: String) throws {
        let probe = try RequestProbe(
            "requestBody: {content: {application/json: {schema: {properties: {a: {type: string}, b: {default: 1}}}}}}")
        #expect(String(decoding: try probe.wire([:], in: release).body, as: UTF8.self) == body)
    }

    @Test("there is a trace parent since 1.11.3", arguments: [("1.11.2", false), ("1.11.3", true)])
    func traceParent(_ release: String, _ isThere: Bool) throws {
        let wire = try RequestProbe("").wire([:], in: release)
        #expect(wire.headers.contains { $0.isNamed("traceparent") } == isThere)
    }

    @Test(
        "a header's value had to be text before 1.4.2",
        arguments: [
            ("1.4.1", 5, "'int' object has no attribute 'encode'"), ("1.4.2", 5, nil), ("1.4.1", nil, nil),
        ] as [(String, JSONValue?, String?)])
    func headerValues(_ release: String, _ value: JSONValue?, _ error: String?) throws {
        let probe = try RequestProbe("parameters: [{name: X-N, in: header, schema: {type: integer}}]")
        let plan = try probe.plan(value.map { ["X-N": $0] } ?? [:], in: release)
        #expect(plan.error == error)
        if error == nil {
            #expect(plan.request?.wire.headers.first { $0.name == "X-N" }?.value == (value == nil ? "" : "5"))
        }
    }
}

/// A custom tool with one operation, called up to its request.
private struct RequestProbe {
    private let tool: CatalogTool

    /// - Parameters:
    ///   - operation: The operation as YAML. Its path is `/p/{id}` with `id` declared for the whole path.
    ///   - address: The address of the operation, in place of the usual server and path.
    init(_ operation: String, address: String? = nil, credentials: String = "{auth_type: none}") throws {
        let server = address ?? "https://h.example/v1"
        let seed = """
            apis:
              - name: probe
                credentials: \(credentials)
                schema:
                  openapi: 3.0.0
                  info: {title: t, version: '1'}
                  servers: [{url: \(JSONValue.string(server))}]
                  paths:
                    '\(address == nil ? "/p/{id}" : "")':
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      post:
                        operationId: op
            """
        let body = operation.split(separator: "\n").map { "            \($0)" }.joined(separator: "\n")
        let platform = try Platform(seeds: [.text(seed + "\n" + body, name: "probe.yaml")])
        tool = try #require(platform.defaultWorkspace.tools.first { $0.identity.tool == "op" })
    }

    /// What becomes of a call with these arguments.
    func plan(_ arguments: JSONObject, in release: String = "1.14.2") throws -> APICallPlan {
        let operation = try #require(tool.operation)
        var cast = arguments
        for parameter in tool.parameters {
            if let value = cast[parameter.name] { cast[parameter.name] = try parameter.type.cast(value) }
        }
        return operation.plan(for: cast, given: arguments, profile: try Profile(release))
    }

    /// The request of a call that does not fail.
    func wire(_ arguments: JSONObject, in release: String = "1.14.2") throws -> WireRequest {
        let plan = try plan(arguments, in: release)
        return try #require(plan.request?.wire, Comment(rawValue: plan.error ?? ""))
    }
}
