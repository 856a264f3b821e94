import DifyEmulator
import DifyProtocol
import Testing

/// Casts, form parameters and provider ids agree with what Dify's own code did.
struct CorpusTests {
    @Test("casts", arguments: try Recorded.all("cast-cases"))
    func cast(_ example: Recorded) throws {
        let word = try #require(example.value["type"]?.string)
        let type = try #require(ToolParameter.ParameterType(rawValue: word))
        let value = try #require(example.value["value"])
        guard let error = example.error else {
            #expect(PythonText.repr(try type.cast(value)) == example.value["repr"]?.string)
            return
        }
        let refusal = #expect(throws: Refusal.self) { try type.cast(value) }
        #expect(refusal?.message == error)
    }

    /// Through the platform: a closure shows what arrives at the tool.
    @Test("form parameters", arguments: try Recorded.all("form-parameter-cases"))
    func formParameter(_ example: Recorded) async throws {
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
        if let error = example.error {
            #expect(answer.error == Refusal.invalidParameter(error).pluginMessage(for: .tool))
        } else {
            #expect(answer.texts == [example.value["repr"]?.string])
        }
    }

    @Test("provider ids", arguments: try Recorded.all("provider-id-cases") { $0["kind"] == "tool" })
    func providerID(_ example: Recorded) throws {
        let given = try #require(example.value["given"]?.string)
        guard let expected = example.value["result"] else {
            let refusal = #expect(throws: Refusal.self) { try ToolProviderID(given) }
            #expect(refusal?.message == example.error)
            #expect(refusal?.status == example.value["http_status"]?.number?.integer ?? 400)
            return
        }
        let id = try ToolProviderID(given)
        #expect(id.organization == expected["organization"]?.string)
        #expect(id.plugin == expected["plugin"]?.string)
        #expect(id.provider == expected["provider"]?.string)
        #expect(id.pluginID == expected["plugin_id"]?.string)
        #expect(id.description == expected["text"]?.string)
    }
}
