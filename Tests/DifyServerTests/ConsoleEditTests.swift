import DifyEmulator
import DifyProtocol
import Foundation
import TestSupport
import Testing

/// Custom tools that come and go while a platform is in use.
struct ConsoleEditTests {
    static let document = """
        {"info": {"description": "Pets"}, "servers": [{"url": "https://pets.test"}],
        "paths": {"/pets": {"get": {"operationId": "listPets"}, "post": {"operationId": "addPet"}}}}
        """

    private static let seed = """
        workspace: base
        seed: 5
        apis:
          - name: seeded
            schema:
              info: {}
              servers: [{url: "https://seeded.test"}]
              paths: {/a: {get: {operationId: one}}}
            replies: {one: [{text: from the reply}]}
        scripts:
          - name: about the seeded one
            match: {kind: api, provider: seeded, tool: one}
            respond: [{text: from the script}]
          - name: about any
            match: {kind: builtin, provider: time, tool: weekday}
            respond: [{text: a day}]
        """

    static func definition(_ name: String, reply: String = "hi", credentials: JSONObject = ["auth_type": "none"])
        -> APIDefinition
    {
        APIDefinition(
            name: name, schema: document, credentials: credentials,
            seedMembers: ["replies": ["listPets": [["text": .string(reply)]]]])
    }

    static func texts(
        of tool: String, _ provider: ProviderUUID, on platform: Platform, in workspace: Workspace? = nil
    ) async throws -> [String] {
        var texts: [String] = []
        let stream = platform.session(in: workspace).tool.invokeAPITool(
            provider: provider.description, toolName: tool, parameters: [:])
        for try await message in stream { texts += message.text.map { [$0] } ?? [] }
        return texts
    }

    @Test func anAddedToolAnswersTheNextCall() async throws {
        let platform = try Platform()
        let id = try platform.addAPI(Self.definition(" pets "))
        #expect(try await Self.texts(of: "listPets", id, on: platform) == ["hi"])
        #expect(
            platform.defaultWorkspace.tools.filter { $0.identity.kind == .api }.map(\.providerName) == ["pets", "pets"])
    }

    @Test func idsFollowFromSeedAndNameAndARenamedOneKeepsItsOwn() throws {
        let (first, second) = (try Platform(), try Platform())
        let id = try first.addAPI(Self.definition("pets"))
        #expect(try second.addAPI(Self.definition("pets")) == id)
        try first.updateAPI("pets", to: Self.definition("dogs"))
        let other = try first.addAPI(Self.definition("pets"))
        #expect(other != id)
        try second.updateAPI("pets", to: Self.definition("dogs"))
        #expect(try second.addAPI(Self.definition("pets")) == other)
        #expect(
            Set(first.defaultWorkspace.tools.filter { $0.identity.kind == .api }.map(\.identity.provider)).count == 2)
    }

    @Test(arguments: [
        ("pets", "provider pets already exists"), ("\tpets\n", "provider pets already exists"),
    ])
    func aNameIsTakenOnce(name: String, text: String) throws {
        let platform = try Platform()
        try platform.addAPI(Self.definition("pets"))
        let error = #expect(throws: Refusal.self) { try platform.addAPI(Self.definition(name)) }
        #expect(error?.message == text)
    }

    @Test func ofManyAtOnceOneAddsTheName() async throws {
        let platform = try Platform()
        let added = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { (try? platform.addAPI(Self.definition("pets"))) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(added == 1)
    }

    @Test func changesAtOnceAreAllKept() async throws {
        let platform = try Platform()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<16 { group.addTask { _ = try? platform.addAPI(Self.definition("api \(number)")) } }
        }
        let names = Set(platform.defaultWorkspace.tools.filter { $0.identity.kind == .api }.map(\.providerName))
        #expect(names == Set((0..<16).map { "api \($0)" }))
    }

    @Test func scriptsGoWithWhatTheyAreAbout() async throws {
        let platform = try Platform(seeds: [.text(Self.seed, name: "base.yaml")])
        try platform.removeAPI("seeded")
        let yaml = try platform.export(platform.defaultWorkspace).yaml()
        #expect(!yaml.contains("seeded"))
        #expect(yaml.contains("about any"))
        // What is left loads again.
        #expect(throws: Never.self) { try Platform(seeds: [.text(yaml, name: "export.yaml")]) }
    }

    @Test func aWorkspaceCanHideWhatItsBaseHas() async throws {
        let folder = try Project.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = Store.Location.file(folder.appending(path: "store.sqlite").path)
        let seeds = [SeedSource.text(Self.seed, name: "base.yaml")]
        let id: ProviderUUID
        do {
            let platform = try Platform(store, seeds: seeds)
            let mine = try platform.workspace(named: "mine")
            id = try #require(
                mine.tools.first { $0.identity.kind == .api }.flatMap { ProviderUUID($0.identity.provider) })
            #expect(try await Self.texts(of: "one", id, on: platform, in: mine) == ["from the script"])
            try platform.removeAPI("seeded", from: mine)
            #expect(!mine.tools.contains { $0.identity.kind == .api })
            #expect(try await Self.texts(of: "one", id, on: platform) == ["from the script"])
        }
        let again = try Platform(store)
        let mine = try again.workspace(named: "mine")
        #expect(!mine.tools.contains { $0.identity.kind == .api })
        #expect(try await Self.texts(of: "one", id, on: again) == ["from the script"])
        // The name is free again, and so is the id.
        #expect(try again.addAPI(Self.definition("seeded"), to: mine) == id)
        #expect(try await Self.texts(of: "listPets", id, on: again, in: mine) == ["hi"])
    }

    @Test func whatTheBaseGetsAllItsWorkspacesShow() throws {
        let platform = try Platform(seeds: [.text(Self.seed, name: "base.yaml")])
        let mine = try platform.workspace(named: "mine")
        try platform.addAPI(Self.definition("pets"))
        #expect(mine.tools.contains { $0.providerName == "pets" })
        try platform.removeAPI("pets")
        #expect(!mine.tools.contains { $0.providerName == "pets" })
    }

    @Test func anotherProcessSeesTheChange() async throws {
        let folder = try Project.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = Store.Location.file(folder.appending(path: "store.sqlite").path)
        let (writer, reader) = (try Platform(store), try Platform(store))
        try reader.followChanges()
        let id = try writer.addAPI(Self.definition("pets"))
        while !reader.defaultWorkspace.tools.contains(where: { $0.providerName == "pets" }) { await Task.yield() }
        #expect(try await Self.texts(of: "listPets", id, on: reader) == ["hi"])
        try writer.removeAPI("pets")
        while reader.defaultWorkspace.tools.contains(where: { $0.providerName == "pets" }) { await Task.yield() }
    }

    @Test func aChangeKeepsRepliesOfToolsThatAreStillThere() async throws {
        let platform = try Platform()
        let id = try platform.addAPI(
            APIDefinition(
                name: "pets", schema: Self.document,
                seedMembers: ["replies": ["listPets": [["text": "kept"]], "addPet": [["text": "lost"]]]]))
        let smaller =
            #"{"info": {}, "servers": [{"url": "https://x"}], "paths": {"/p": {"get": {"operationId": "listPets"}}}}"#
        try platform.updateAPI("pets", to: APIDefinition(name: "pets", schema: smaller))
        #expect(try await Self.texts(of: "listPets", id, on: platform) == ["kept"])
        #expect(!(try platform.export(platform.defaultWorkspace).yaml()).contains("lost"))
    }

    @Test func theExportLoadsToTheSameTools() async throws {
        let platform = try Platform(seeds: [.text(Self.seed, name: "base.yaml")])
        let credentials: JSONObject = ["auth_type": "api_key_header", "api_key_value": "secret", "unknown": "x"]
        let id = try platform.addAPI(Self.definition("pets", reply: "after the export", credentials: credentials))
        let yaml = try platform.export(platform.defaultWorkspace).yaml()
        let copy = try Platform(seeds: [.text(yaml, name: "export.yaml")])
        #expect(copy.defaultWorkspace.tools.map(\.identity) == platform.defaultWorkspace.tools.map(\.identity))
        #expect(try await Self.texts(of: "listPets", id, on: copy) == ["after the export"])
        #expect(try copy.export(copy.defaultWorkspace).yaml() == yaml)
    }

    @Test func aRefusedChangeLeavesNothingBehind() throws {
        let platform = try Platform(seeds: [.text(Self.seed, name: "base.yaml")])
        let before = try platform.export(platform.defaultWorkspace).yaml()
        #expect(throws: Refusal.self) { try platform.addAPI(APIDefinition(name: "x", schema: "no document")) }
        #expect(throws: Refusal.self) { try platform.updateAPI("nobody", to: Self.definition("x")) }
        #expect(throws: Refusal.self) { try platform.removeAPI("nobody") }
        #expect(throws: (any Error).self) {
            try platform.addAPI(
                APIDefinition(name: "x", schema: Self.document, seedMembers: ["replies": ["nope": []]]))
        }
        #expect(try platform.export(platform.defaultWorkspace).yaml() == before)
    }

    /// A document of one line must not be taken for the path of a file.
    @Test func aDocumentIsNeverReadFromAFile() throws {
        let platform = try Platform()
        let error = #expect(throws: Refusal.self) {
            try platform.addAPI(APIDefinition(name: "x", schema: Project.file("Package.swift")))
        }
        #expect(error?.message.hasPrefix("invalid schema: ") == true)
    }
}
