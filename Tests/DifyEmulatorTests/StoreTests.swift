import DifyEmulator
import DifyProtocol
import Foundation
import GRDB
import TestSupport
import Testing

/// Files that are no store, and stores that several hold open.
struct StoreTests {
    private static let seed = SeedSource.text(
        "plugins: [{id: a/b, tools: [{name: t, reply: [{text: one}]}]}]", name: "s")

    private func path(_ name: String = "store.db") throws -> String {
        try Project.temporaryFolder().appending(path: name).path
    }

    @Test func textFileIsRefusedAndUntouched() throws {
        let file = try path()
        try "not a database, but long enough to look like one".write(toFile: file, atomically: false, encoding: .utf8)
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        let error = #expect(throws: StoreError.self) { try Platform(.file(file), seeds: [Self.seed]) }
        #expect(error?.description.contains("this is no SQLite database") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    }

    @Test func databaseOfAnotherProgramIsRefusedAndUntouched() throws {
        let file = try path()
        let queue = try DatabaseQueue(path: file)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (a)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        let error = #expect(throws: StoreError.self) { try Platform(.file(file), seeds: [Self.seed]) }
        #expect(error?.description.contains("another program's database") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    }

    @Test func newerStoreIsRefused() throws {
        let file = try path()
        _ = try Platform(.file(file), seeds: [Self.seed])
        let queue = try DatabaseQueue(path: file)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')") }
        try queue.close()
        let error = #expect(throws: StoreError.self) { try Platform(.file(file)) }
        #expect(error?.description.contains("written by a newer dify-emulator") == true)
    }

    @Test(.enabled(if: getuid() != 0, "root may write to everything")) func readOnlyStoreIsRefused() throws {
        let file = try path()
        _ = try Platform(.file(file), seeds: [Self.seed])
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
        let error = #expect(throws: StoreError.self) { try Platform(.file(file), seeds: [Self.seed]) }
        #expect(error?.description.contains("read-only") == true)
    }

    @Test(
        "what is no file",
        arguments: [
            (":memory:", "without one the workspace lives in memory"),
            ("", "without one the workspace lives in memory"),
            ("/", "this is a folder"),
        ])
    func noFile(_ path: String, _ message: String) {
        let error = #expect(throws: StoreError.self) { try Platform(.file(path)) }
        #expect(error?.description.contains(message) == true)
    }

    @Test func damagedEntryIsNamed() throws {
        let file = try path()
        _ = try Platform(.file(file), seeds: [Self.seed])
        let queue = try DatabaseQueue(path: file)
        try queue.write { try $0.execute(sql: "UPDATE plugin SET definition = '{'") }
        try queue.close()
        let error = #expect(throws: StoreError.self) { try Platform(.file(file)) }
        #expect(error?.description.contains("the entry a/b/b in table plugin is damaged") == true)
    }

    @Test func lookingAtAStoreMakesNothing() throws {
        let file = try path()
        var options = Platform.Options()
        options.createsMissing = false
        #expect(throws: StoreError.self) { try Platform(.file(file), options: options) }
        #expect(!FileManager.default.fileExists(atPath: file))
        _ = try Platform(.file(file), seeds: [Self.seed])
        options.workspace = "defualt"
        let error = #expect(throws: StoreError.self) { try Platform(.file(file), options: options) }
        #expect(error?.description.contains("there is no workspace defualt; did you mean default?") == true)
        options.workspace = nil
        #expect(try Platform(.file(file), options: options).defaultWorkspace.name == "default")
    }

    @Test func replacingACopyLeavesOnlyWhatIsSeeded() throws {
        let file = try path()
        let first = try Platform(.file(file), seeds: [Self.seed])
        _ = try first.workspace(named: "copy")
        var options = Platform.Options()
        options.replacesEntries = true
        options.workspace = "copy"
        let other = SeedSource.text("plugins: [{id: x/y, tools: [{name: z}]}]", name: "o")
        let copy = try Platform(.file(file), seeds: [other], options: options).defaultWorkspace
        #expect(copy.tools.contains { $0.identity.tool == "z" })
        #expect(!copy.tools.contains { $0.identity.tool == "t" })
    }

    @Test func anotherProcessThatWritesDoesNotHoldCallsUp() async throws {
        let file = try path()
        let platform = try Platform(.file(file), seeds: [Self.seed])
        let queue = try DatabaseQueue(path: file)
        // While this transaction is open nobody else can write, for longer than a caller would wait.
        try await queue.writeWithoutTransaction { db in
            try db.beginTransaction(.immediate)
            for number in 0..<20 { _ = try platform.workspace(named: "new\(number)") }
            try db.rollback()
        }
        let workspace = try platform.workspace(named: "new7")
        #expect(await platform.outcome(.builtin, "a/b/b", "t", in: workspace).texts == ["one"])
    }

    @Test func folderThatDoesNotExistIsTold() {
        let error = #expect(throws: StoreError.self) { try Platform(.file("/nowhere/at/all/store.db")) }
        #expect(error?.description.contains("cannot be opened; its folder must exist") == true)
    }

    @Test func fileKeepsWALAndForeignKeysInOrder() throws {
        let file = try path()
        _ = try Platform(.file(file), seeds: [Self.seed])
        let queue = try DatabaseQueue(path: file)
        #expect(try queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        #expect(try queue.read { try Row.fetchOne($0, sql: "PRAGMA foreign_key_check") } == nil)
    }

    @Test func copyOfAWorkspaceStaysWithTheStore() async throws {
        let file = try path()
        let first = try Platform(.file(file), seeds: [Self.seed])
        _ = try first.workspace(named: "copy")
        let second = try Platform(.file(file))
        let copy = try second.workspace(named: "copy")
        #expect(await second.outcome(.builtin, "a/b/b", "t", in: copy).texts == ["one"])
    }

    @Test(
        "names of workspaces",
        arguments: [
            ("test_a[1-x]", true), ("a.b:c", true), ("", false), ("a/b", false), ("a b", false), ("é", false),
            (String(repeating: "x", count: 200), true), (String(repeating: "x", count: 201), false),
        ])
    func workspaceNames(_ name: String, _ isValid: Bool) throws {
        let platform = try Platform()
        if isValid {
            #expect(try platform.workspace(named: name).name == name)
        } else {
            #expect(throws: StoreError.self) { try platform.workspace(named: name) }
        }
    }

    @Test func manyReadersAndOneWriter() async throws {
        let file = try path()
        let platform = try Platform(.file(file), seeds: [Self.seed])
        let errors = await withTaskGroup(of: String?.self) { group in
            for number in 0..<32 {
                group.addTask {
                    do {
                        let workspace = try platform.workspace(named: "w\(number % 8)")
                        return await platform.outcome(.builtin, "a/b/b", "t", in: workspace).error
                    } catch {
                        return "\(error)"
                    }
                }
                group.addTask {
                    do {
                        _ = try Platform(.file(file), seeds: [Self.seed])
                        return nil
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [String]()) { if let error = $1 { $0.append(error) } }
        }
        #expect(errors == [])
    }
}
