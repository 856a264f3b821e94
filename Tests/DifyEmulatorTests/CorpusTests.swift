import DifyEmulator
import DifyProtocol
import Testing

/// Casts, form parameters and provider ids agree with what Dify's own code did.
struct CorpusTests {
    @Test("casts")
    func casts() async throws {
        try await Corpus.run("cast-cases") { example in
            let word = try #require(example.value["type"]?.string)
            let type = try #require(ToolParameter.ParameterType(rawValue: word))
            let value = try #require(example.value["value"])
            do throws(Refusal) {
                let repr = PythonText.repr(try type.cast(value))
                return .comparing(repr, with: example.value["repr"]?.string, "the value")
            } catch {
                return .comparing(error.message, with: example.error, "the error")
            }
        }
    }

    /// Through the platform: a closure shows what arrives at the tool.
    @Test("form parameters")
    func formParameters() async throws {
        try await Corpus.run("form-parameter-cases") { example in
            let parameter: JSONValue = [
                "name": "p", "form": "form", "type": example.value["type"] ?? .null,
                "required": example.value["required"] ?? false, "default": example.value["default"] ?? .null,
                "options": example.value["options"]?.array.map(JSONValue.array) ?? [],
            ]
            let seed: JSONValue = [
                "plugins": [["id": "acme/probe", "tools": [["name": "echo", "parameters": [parameter]]]]]
            ]
            let platform = try Platform(seeds: [.text(seed.description, name: "case")])
            try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { call, reply in
                try await reply.text(PythonText.repr(call.parameters["p"] ?? "absent"))
            }
            let given = example.value["value"] ?? .null
            let arguments: JSONObject = given.isNull ? [:] : ["p": given]
            let answer = await platform.outcome(.builtin, "acme/probe/probe", "echo", arguments)
            guard let error = example.error else {
                return .comparing(answer.texts, with: [example.value["repr"]?.string], "the value")
            }
            let text = Refusal.invalidParameter(error).pluginMessage(for: .tool)
            return .comparing(answer.error, with: text, "the error")
        }
    }

    @Test("provider ids")
    func providerIDs() async throws {
        try await Corpus.run("provider-id-cases") { example in
            let given = try #require(example.value["given"]?.string)
            do throws(Refusal) {
                let id = try Self.id(given, kind: example.value["kind"]?.string)
                let parts: JSONValue = [
                    "organization": .string(id.organization), "plugin": .string(id.plugin),
                    "provider": .string(id.provider), "plugin_id": .string("\(id.organization)/\(id.plugin)"),
                    "text": .string(id.description),
                ]
                return .comparing(parts, with: example.value["result"], "the id")
            } catch {
                let status = example.value["http_status"]?.number?.integer ?? 400
                guard error.status == status else { return .differs("the status is \(error.status), not \(status)") }
                return .comparing(error.message, with: example.error, "the error")
            }
        }
    }

    /// Only tools and models have providers that moved to other plugins.
    private static func id(_ given: String, kind: String?) throws(Refusal) -> ProviderID {
        switch kind {
        case "tool": try ToolProviderID(given).id
        case "model": try ModelProviderID(given).id
        default: try ProviderID(given)
        }
    }
}
