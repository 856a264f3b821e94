import DifyEmulator
import DifyProtocol
import Foundation
import GRDB
import TestSupport
import Testing

/// What a workspace knows survives its export, and its store.
struct ExportTests {
    private func reloaded(_ platform: Platform, _ workspace: Workspace? = nil) throws -> Platform {
        let yaml = try platform.export(workspace ?? platform.defaultWorkspace).yaml()
        return try Platform(seeds: [.text(yaml, name: "export.yaml")])
    }

    @Test func exportLoadsToTheSameExport() throws {
        let platform = try Requests.platform()
        let again = try reloaded(platform)
        #expect(try again.export(again.defaultWorkspace).json == platform.export(platform.defaultWorkspace).json)
    }

    @Test func whatCallsLeftBehindIsExported() async throws {
        let platform = try Requests.platform()
        let session = platform.session()
        try await session.storage.set("cursor", Array("43".utf8))
        try await session.storage.set("bytes", [0, 255])
        try await session.storage.delete("logo")
        let file = try await session.file.upload(filename: "a.txt", content: Array("new".utf8), mimeType: "text/plain")
        let app = "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
        let seeded = "2f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
        let request: JSONObject = ["app_id": .string(app), "query": "More", "response_mode": "blocking"]
        _ = try await platform.call(.app, request.merging(["conversation_id": .string(seeded)]))
        let begun = try await platform.call(.app, request).data.first?["conversation_id"]?.string

        let reloaded = try reloaded(platform)
        let again = reloaded.session()
        #expect(try await again.storage.get("cursor") == Array("43".utf8))
        #expect(try await again.storage.get("bytes") == [0, 255])
        #expect(try await !again.storage.exist("logo"))
        let export = try reloaded.export(again.workspace).json
        #expect(export["files"]?.array?.contains { $0["id"]?.string == file.id } == true)
        let turns = export["conversations"]?.array?.map { $0["messages"]?.array?.count }
        #expect(turns == [2, 1])
        #expect(export["conversations"]?.array?.last?["id"]?.string == begun)
    }

    @Test func usersWhomNoSeedNamesAreExported() async throws {
        let platform = try Requests.platform()
        let bob = Caller(plugin: "acme/desk", user: "bob")
        let request: JSONObject = [
            "app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30", "query": "Hi", "response_mode": "blocking",
        ]
        let id = try #require(try await platform.call(.app, request, from: bob).data.first?["conversation_id"])
        let again = try reloaded(platform)
        let begun = try again.export(again.defaultWorkspace).json["conversations"]?.array?.last
        #expect(begun?["id"] == id && begun?["user"] == "bob")
        let continued = request.merging(["conversation_id": id])
        #expect(try await again.call(.app, continued, from: bob).data.first?["conversation_id"] == id)
        #expect(try await again.call(.app, continued).data.first?["conversation_id"] != id)
    }

    @Test func copyIsExportedWithTheFilesOfItsBase() async throws {
        let file = try Project.temporaryFolder().appending(path: "s.db").path
        let platform = try Platform(
            .file(file),
            seeds: [
                .text(Requests.seed, name: "everything.yaml"),
                .text("workspace: everything\nfiles: [{name: of.txt, text: hello, user: carl}]", name: "more.yaml"),
            ])
        let other = try platform.workspace(named: "other")
        for workspace in [platform.defaultWorkspace, other] {
            _ = try await platform.session(in: workspace).file
                .upload(filename: "\(workspace.name).txt", content: [1], mimeType: "text/plain")
        }
        let export = try platform.export(other)
        #expect(export.json["files"]?.array?.map { $0["name"] } == ["note.txt", "of.txt", "other.txt"])
        #expect(export.json["files"]?.array?.map { $0["user"] } == ["ann", "carl", "ann"])
        // Its own workspace shows those files already.
        let source = SeedSource.text(try export.yaml(), name: "export.yaml")
        let again = try Platform(.file(file), seeds: [source])
        #expect(again.defaultWorkspace.name == "other")
        #expect(try again.export(again.defaultWorkspace).json["files"] == export.json["files"])
        let elsewhere = try Platform(seeds: [source])
        #expect(try elsewhere.export(elsewhere.defaultWorkspace).json["files"] == export.json["files"])
    }

    @Test func workspaceShowsTheSeedsStateAndKeepsItsOwn() async throws {
        let platform = try Requests.platform()
        let base = platform.session().storage
        let other = platform.session(in: try platform.workspace(named: "other")).storage
        try await base.set("cursor", Array("43".utf8))
        #expect(try await other.get("cursor") == Array("42".utf8))
        try await other.delete("cursor")
        #expect(try await !other.exist("cursor"))
        #expect(try await base.get("cursor") == Array("43".utf8))
    }

    @Test func seedingAgainPutsTheSeedsValueBack() async throws {
        let file = try Project.temporaryFolder().appending(path: "s.db").path
        let seed = SeedSource.text(Requests.seed, name: "everything.yaml")
        let first = try Platform(.file(file), seeds: [seed])
        try await first.session().storage.set("cursor", Array("43".utf8))
        try await first.session().storage.set("other", Array("kept".utf8))
        #expect(try await Platform(.file(file)).session().storage.get("cursor") == Array("43".utf8))
        let again = try Platform(.file(file), seeds: [seed]).session().storage
        #expect(try await again.get("cursor") == Array("42".utf8))
        #expect(try await again.get("other") == Array("kept".utf8))
    }

    @Test func replacingForgetsWhatCallsLeftBehind() async throws {
        let file = try Project.temporaryFolder().appending(path: "s.db").path
        let seed = SeedSource.text(Requests.seed, name: "everything.yaml")
        try await Platform(.file(file), seeds: [seed]).session().storage.set("other", [1])
        var options = Platform.Options()
        options.replacesEntries = true
        let storage = try Platform(.file(file), seeds: [seed], options: options).session().storage
        #expect(try await !storage.exist("other"))
        #expect(try await storage.exist("cursor"))
    }

    @Test func conversationIsRememberedByTheStore() async throws {
        let file = try Project.temporaryFolder().appending(path: "s.db").path
        let request = try #require(Requests.all.first { $0.0 == .app }).1
        let first = try Platform(.file(file), seeds: [.text(Requests.seed, name: "everything.yaml")])
        let id = try #require(try await first.call(.app, request).data.first?["conversation_id"])
        let second = try Platform(.file(file))
        // The same first call again: counted anew, it must not run into the conversation of before.
        let other = try await second.call(.app, request).data.first?["conversation_id"]
        #expect(other != nil && other != id)
        let continued = try await second.call(.app, request.merging(["conversation_id": id]))
        #expect(continued.data.first?["data"]?["inputs"]?["sys.dialogue_count"] == 2)
    }

    @Test func fileOfAnotherWorkspaceKeepsItsID() throws {
        let id = "3f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
        let files = "files: [{id: \(id), name: a.txt, text: hello}]"
        let error = #expect(throws: SeedError.self) {
            try Platform(
                seeds: [
                    .text("workspace: one\n\(files)", name: "one"), .text("workspace: two\n\(files)", name: "two"),
                ])
        }
        #expect(error?.description.contains("is that of a file of workspace one") == true)
    }

    @Test func secondFileOfANameIsAMistake() throws {
        let id = "3f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
        for files in [
            "- {name: a.txt, text: one}\n- {name: a.txt, text: two}",
            "- {id: \(id), name: a.txt, text: one}\n- {id: \(id), name: b.txt, text: two}",
        ] {
            let error = #expect(throws: SeedError.self) {
                try Platform(seeds: [.text("files:\n\(files)", name: "s.yaml")])
            }
            #expect(error?.mistakes.map(\.line) == [3])
            #expect(error?.description.contains("of the one at s.yaml:2") == true)
        }
        let own = "- {id: \(id), name: a.txt, text: one}\n- {name: a.txt, text: two}"
        #expect(throws: Never.self) { try Platform(seeds: [.text("files:\n\(own)", name: "s.yaml")]) }
    }

    @Test func storeOfTheFirstVersionIsCarriedOver() throws {
        let file = try Project.temporaryFolder().appending(path: "old.db").path
        _ = try Platform(
            .file(file), seeds: [.text("plugins: [{id: a/b, tools: [{name: t, reply: [{text: one}]}]}]", name: "s")])
        let queue = try DatabaseQueue(path: file)
        try queue.write { db in
            // What the first version had: its tables, and nothing of the later migrations.
            for table in ["plugin", "workflow", "api", "script"] {
                try db.execute(sql: "DROP INDEX \(table)_position")
            }
            try db.execute(sql: "DROP INDEX workspace_tenantID")
            for column in ["tenantID", "profile"] {
                try db.execute(sql: "ALTER TABLE workspace DROP COLUMN \(column)")
            }
            let kept = ["workspace", "revision", "plugin", "workflow", "api", "script", "grdb_migrations"]
            try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
            let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            for table in try String.fetchAll(db, sql: sql) where !kept.contains(table) {
                try db.execute(sql: "DROP TABLE \"\(table)\"")
            }
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'")
        }
        try queue.close()
        let platform = try Platform(.file(file))
        #expect(platform.defaultWorkspace.tools.contains { $0.identity.tool == "t" })
        #expect(platform.defaultWorkspace.models.isEmpty)
        let sql = "SELECT tenantID FROM workspace"
        let tenant = try DatabaseQueue(path: file).read { try String.fetchOne($0, sql: sql) }
        #expect(tenant == platform.defaultWorkspace.tenantID.description)
    }
}
