import DifyOpenAPI
package import DifyProtocol

/// What of the console goes out to others: only to hosts that may be called.
extension DifyConsole {
    /// `POST api/test/pre`: calls a tool before it is saved. Arguments are not cast, unlike in a plugin's call.
    package func testAPI(payload: JSONValue, environment: String?) async throws -> JSONValue {
        let payload = try ConsolePayload.apiTest.read(payload)
        let test = try APITest(
            schema: payload["schema"]?.string ?? "", tool: payload["tool_name"]?.string ?? "",
            environment: environment, profile: profile)
        let saved = catalog.apis.values.first { $0.name == payload["provider_name"]?.string ?? "" }
        var credentials = try APICredentials(payload["credentials"]?.object ?? [:])
        if let saved { credentials = try credentials.keeping(saved.credentials) }
        do {
            let checked = try credentials.checked(provider: saved?.name ?? "")
            let result = try await test.result(
                credentials: checked, parameters: payload["parameters"]?.object ?? [:], live: platform.options.live,
                profile: profile)
            return ["result": .string(result.isEmpty ? "empty response" : result)]
        } catch let error as StreamError {
            return ["error": .string(error.message)]
        } catch let error as Refusal {
            return ["error": .string(error.message)]
        }
    }

    /// `GET api/remote`: a document from the web.
    package func remoteSchema(query: JSONObject, environment: String?) async throws(Refusal) -> JSONValue {
        let query = try ConsolePayload.remote.read(.object(query))
        let request = try RemoteDocument(query["url"]?.string ?? "")
        let text = try await request.text(live: platform.options.live)
        do {
            _ = try ImportedAPI(text, environment: environment, profile: profile)
        } catch {
            throw RemoteDocument.unusable
        }
        return ["schema": .string(text)]
    }
}
