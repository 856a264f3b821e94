import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

/// Storage by the rules of Dify's daemon.
struct StorageRuleTests {
    private static let seed = """
        seed: 7
        plugins: [{id: acme/desk, permission: {storage: {enabled: true, size: 1024}}}]
        storage: {acme/desk: {cursor: "42", kept/logo: {base64: iVBORw0=}}}
        """
    private static let ok = #"{"data":"ok"}"#
    private static let missing = "load data failed, please check if the key is correct or you have not set it"
    private static let overLimit = "save data failed: allocated size is greater than max storage size"

    // MARK: - Keys

    @Test(
        "keys are paths",
        arguments: [
            ("a", "a"), ("a/b", "a/b"), ("a//b", "a/b"), ("/a/b", "a/b"), ("a/b/", "a/b"), ("./a/./b", "a/b"),
            ("a/../b", "b"), ("a/b/../../c", "c"), ("/../a", "a"), ("a.b", "a.b"), ("é/漢", "é/漢"), (" ", " "),
            ("/", ""), (".", ""), ("a/..", ""), ("//", ""), (".a", ".a"), ("a.", "a."),
        ])
    func cleansKeys(text: String, path: String) throws { #expect(try StorageKey(text).path == path) }

    @Test(arguments: ["..", "../x", "a/../../b", "a..b", "...", "a/b..", "x\\y", "..\\x", "/a/../..x"])
    func refusesKeysThatClimb(text: String) {
        let error = #expect(throws: StorageFault.self) { try StorageKey(text) }
        #expect(error?.message == "invalid key: path traversal attempt detected")
    }

    @Test func keyMayHave256BytesWhenItIsSet() throws {
        #expect(try StorageKey(String(repeating: "k", count: 256), checksLength: true).path.utf8.count == 256)
        for key in [String(repeating: "k", count: 257), String(repeating: "é", count: 129)] {
            let error = #expect(throws: StorageFault.self) { try StorageKey(key, checksLength: true) }
            #expect(error?.message == "key length must be less than 256 characters")
            #expect(throws: Never.self) { try StorageKey(key) }
        }
    }

    @Test func onlyPathsThatCanBeStoredAreParents() throws {
        #expect(try StorageKey("a/b/c").parents == ["", "a", "a/b"])
        #expect(try StorageKey("/").parents == [])
        let longest = String(repeating: "k", count: 256)
        #expect(try StorageKey("\(longest)/x").parents == ["", longest])
        #expect(try StorageKey("\(longest)k/x").parents == [""])
        let key = String(repeating: "a/", count: 20_000) + "b"
        #expect(try StorageKey(key).parents.count == 129)
        for platform in try Self.platforms() {
            let desk = Desk(platform)
            let answer = desk.delete(key)
            #expect(answer.hasPrefix("delete data failed: stat /app/storage/persistence/"))
            #expect(answer.hasSuffix("/acme/desk/\(key): no such file or directory"))
            #expect(desk.delete("cursor/\(key)").hasSuffix(": not a directory"))
            #expect(desk.exist(key) == #"{"data":false,"exist_num":0}"#)
        }
    }

    // MARK: - Hexadecimal text

    @Test func writesAndReadsHexadecimalText() throws {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = HexText.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(try HexText.decode(text) == bytes)
        #expect(try HexText.decode(text.uppercased()) == bytes)
        #expect(try HexText.decode("") == [])
    }

    @Test(
        "texts that are not hexadecimal",
        arguments: [
            ("0", "odd length hex string"), ("000", "odd length hex string"),
            ("zz", "invalid byte: U+007A 'z'"), ("0z", "invalid byte: U+007A 'z'"),
            ("z", "invalid byte: U+007A 'z'"), ("00 0", "invalid byte: U+0020 ' '"),
            ("0\n", "invalid byte: U+000A"), ("é0", "invalid byte: U+00C3 'Ã'"),
            ("\u{AD}", "invalid byte: U+00C2 'Â'"), ("0\u{7F}", "invalid byte: U+007F"),
            ("0'", "invalid byte: U+0027 '''"),
        ])
    func refusesOtherText(text: String, complaint: String) {
        let error = #expect(throws: HexText.Invalid.self) { try HexText.decode(text) }
        #expect(error?.message == "encoding/hex: \(complaint)")
    }

    // MARK: - Operations

    /// Both kinds of stores.
    private static func platforms() throws -> [Platform] {
        let file = try Project.temporaryFolder().appending(path: "store.db").path
        let locations: [Store.Location] = [.inMemory, .file(file)]
        return try locations.map { location in
            var options = Platform.Options()
            options.clock = VirtualClock()
            return try Platform(location, seeds: [.text(seed, name: "seed")], options: options)
        }
    }

    @Test func answersEachOperation() throws {
        for platform in try Self.platforms() {
            let desk = Desk(platform)
            #expect(desk.set("notes/today", "warm") == Self.ok)
            #expect(desk.get("/notes//x/../today") == #"{"data":"7761726d"}"#)
            #expect(desk.exist("notes/today") == #"{"data":true,"exist_num":1}"#)
            #expect(desk.set("notes/today", "") == Self.ok)
            #expect(desk.get("notes/today") == #"{"data":""}"#)
            #expect(desk.delete("notes/today") == #"{"data":"ok","deleted_num":1}"#)
            #expect(desk.exist("notes/today") == #"{"data":false,"exist_num":0}"#)
            #expect(desk.get("notes/today") == Self.missing)
        }
    }

    @Test(
        "refusals",
        arguments: [
            (.get, "nope", "", "load data failed, please check if the key is correct or you have not set it"),
            (.get, "../x", "", "load data failed, please check if the key is correct or you have not set it"),
            (.set, "../x", "78", "save data failed: invalid key: path traversal attempt detected"),
            (.set, "../x", "7", "decode data failed: encoding/hex: odd length hex string"),
            (.set, "x", "7g", "decode data failed: encoding/hex: invalid byte: U+0067 'g'"),
            (.delete, "a\\b", "", "delete data failed: invalid key: path traversal attempt detected"),
            (.exist, "..\\x", "", "exist data failed: invalid key: path traversal attempt detected"),
            (.delete, "nope//x", "", "delete data failed: stat FOLDER/nope/x: no such file or directory"),
            (.delete, "cursor/x", "", "delete data failed: stat FOLDER/cursor/x: not a directory"),
            (.set, "cursor/x/y", "78", "save data failed: mkdir FOLDER/cursor: not a directory"),
            (.set, "kept", "78", "save data failed: open FOLDER/kept: is a directory"),
            (.set, "/", "78", "save data failed: open FOLDER: is a directory"),
            (.set, "a\u{0}b", "78", "save data failed: open FOLDER/a\u{0}b: invalid argument"),
        ] as [(StorageInvocation.Operation, String, String, String)])
    func refuses(operation: StorageInvocation.Operation, key: String, value: String, text: String) throws {
        for platform in try Self.platforms() {
            let tenant = platform.defaultWorkspace.tenantID.description
            let folder = "/app/storage/persistence/\(tenant)/acme/desk"
            #expect(Desk(platform).answer(operation, key, value) == text.replacing("FOLDER", with: folder))
        }
    }

    @Test func folderOfKeysGoesAwayAsAWhole() throws {
        for platform in try Self.platforms() {
            let desk = Desk(platform)
            for key in ["a/b", "a/c/d", "a0"] { #expect(desk.set(key, "x") == Self.ok) }
            #expect(desk.exist("a") == #"{"data":true,"exist_num":1}"#)
            #expect(desk.get("a") == Self.missing)
            #expect(desk.delete("a") == #"{"data":"ok","deleted_num":0}"#)
            #expect(desk.exist("a/c/d") == #"{"data":false,"exist_num":0}"#)
            #expect(desk.get("a0") == #"{"data":"78"}"#)
            #expect(desk.delete("kept") == #"{"data":"ok","deleted_num":0}"#)
            #expect(desk.get("kept/logo") == Self.missing)
            #expect(desk.set("a", "x") == Self.ok)
        }
    }

    @Test func deletedNumberCountsTheCache() async throws {
        let clock = VirtualClock()
        var options = Platform.Options()
        options.clock = clock
        let desk = Desk(try Platform(seeds: [.text(Self.seed, name: "seed")], options: options))
        _ = desk.set("k", "x")
        #expect(desk.delete("k") == #"{"data":"ok","deleted_num":0}"#)
        _ = (desk.set("k", "x"), desk.get("k"))
        #expect(desk.delete("k") == #"{"data":"ok","deleted_num":1}"#)
        _ = (desk.set("k", "x"), desk.get("k"), desk.set("k", "y"))
        #expect(desk.delete("k") == #"{"data":"ok","deleted_num":0}"#)
        _ = (desk.set("k", "x"), desk.get("k"))
        try await clock.sleep(for: .seconds(300))
        #expect(desk.delete("k") == #"{"data":"ok","deleted_num":0}"#)
    }

    // MARK: - Limit

    @Test func limitCountsSeededAndStoredBytes() throws {
        for platform in try Self.platforms() {
            // The seed's values take 2 and 5 bytes of 1,024.
            let desk = Desk(platform)
            #expect(desk.set("a", 1017) == Self.ok)
            #expect(desk.set("b", 1) == Self.overLimit)
            #expect(desk.get("b") == Self.missing)
            #expect(desk.set("b", 0) == Self.ok)
            #expect(desk.set("a", 1016) == Self.ok)
            #expect(desk.set("b", 1) == Self.ok)
            #expect(desk.set("cursor", 3) == Self.overLimit)
            #expect(desk.get("cursor") == #"{"data":"3432"}"#)
            #expect(desk.set("cursor", 1) == Self.ok)
            #expect(desk.set("c", 1) == Self.ok)
            #expect(desk.delete("cursor") == #"{"data":"ok","deleted_num":0}"#)
            #expect(desk.set("c", 2) == Self.ok)
            #expect(desk.set("c", 3) == Self.overLimit)
            #expect(desk.delete("a") == #"{"data":"ok","deleted_num":0}"#)
            #expect(desk.set("c", 1018) == Self.ok)
            #expect(desk.set("c", 1019) == Self.overLimit)
        }
    }

    @Test func difyWritesWhatItRefuses() throws {
        var options = Platform.Options()
        options.quirks = .dify
        let desk = Desk(try Platform(seeds: [.text(Self.seed, name: "seed")], options: options))
        #expect(desk.set("a", 1000) == Self.ok)
        #expect(desk.set("b", 100) == Self.overLimit)
        #expect(desk.exist("b") == #"{"data":true,"exist_num":1}"#)
        // What was refused does not count.
        #expect(desk.set("c", 17) == Self.ok)
        #expect(desk.set("c", 18) == Self.overLimit)
    }

    @Test(arguments: Quirk.Treatment.allCases)
    func refusalForSizeIsToldAsAQuirk(treatment: Quirk.Treatment) throws {
        var options = Platform.Options()
        options.quirks = treatment
        let platform = try Platform(seeds: [.text(Self.seed, name: "seed")], options: options)
        let call = StorageInvocation(operation: .set, key: "a", value: String(repeating: "78", count: 2000))
        let answer = platform.answer(call, of: "acme/desk", in: platform.defaultWorkspace)
        #expect(answer.notes.contains(Quirk.overQuota.note(treatment)))
    }

    // MARK: - Whose values

    @Test func workspacesAndPluginsHaveTheirOwn() throws {
        for platform in try Self.platforms() {
            let (desk, other) = (Desk(platform), Desk(platform, plugin: "acme/lamp"))
            let elsewhere = Desk(platform, workspace: try platform.workspace(named: "elsewhere"))
            #expect(desk.set("cursor", "1") == Self.ok)
            #expect(other.get("cursor") == Self.missing)
            #expect(elsewhere.get("cursor") == #"{"data":"3432"}"#)
            #expect(elsewhere.set("own", "2") == Self.ok)
            #expect(desk.get("own") == Self.missing)
        }
    }

    @Test func valuesOutliveThePlatform() throws {
        let file = try Project.temporaryFolder().appending(path: "store.db").path
        do {
            let platform = try Platform(.file(file), seeds: [.text(Self.seed, name: "seed")])
            let desk = Desk(platform)
            _ = (desk.set("mine", "x"), desk.delete("cursor"))
            // The first call in a workspace makes it known to the store, together with what the call writes.
            let elsewhere = Desk(platform, workspace: try platform.workspace(named: "elsewhere"))
            #expect(elsewhere.set("mine", "y") == Self.ok)
        }
        let platform = try Platform(.file(file))
        #expect(Desk(platform).get("mine") == #"{"data":"78"}"#)
        #expect(Desk(platform).get("cursor") == Self.missing)
        let elsewhere = Desk(platform, workspace: try platform.workspace(named: "elsewhere"))
        #expect(elsewhere.get("mine") == #"{"data":"79"}"#)
        #expect(elsewhere.get("cursor") == #"{"data":"3432"}"#)
    }

    // MARK: - Helpers

    /// A plugin with its storage. Each operation gives the answer's data as JSON, or the error's text.
    private struct Desk {
        let platform: Platform
        let plugin: String
        let workspace: Workspace

        init(_ platform: Platform, plugin: String = "acme/desk", workspace: Workspace? = nil) {
            self.platform = platform
            self.plugin = plugin
            self.workspace = workspace ?? platform.defaultWorkspace
        }

        func answer(_ operation: StorageInvocation.Operation, _ key: String, _ value: String = "") -> String {
            let call = StorageInvocation(operation: operation, key: key, value: value)
            switch platform.answer(call, of: plugin, in: workspace).event {
            case .response(let data): return data.description
            case .error(let failure): return failure.text
            case .end: return "no answer"
            }
        }

        func get(_ key: String) -> String { answer(.get, key) }
        func set(_ key: String, _ text: String) -> String { answer(.set, key, HexText.encode(Array(text.utf8))) }
        func set(_ key: String, _ size: Int) -> String { answer(.set, key, String(repeating: "78", count: size)) }
        func delete(_ key: String) -> String { answer(.delete, key) }
        func exist(_ key: String) -> String { answer(.exist, key) }
    }
}
