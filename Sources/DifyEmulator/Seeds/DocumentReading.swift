import DifyOpenAPI
import DifyProtocol
import Foundation

/// A whole seed.
extension SeedReader {
    static let documentKeys = [
        "workspace", "seed", "profile", "caller", "users", "plugins", "workflows", "apis", "models", "apps",
        "moderation",
        "transcripts", "storage", "files", "conversations", "scripts",
    ]

    /// - Parameters:
    ///   - folder: What paths in the seed are relative to.
    ///   - profile: The release to imitate, whatever the seed says.
    ///   - defaults: What holds where the seed does not say, for the workspace it names.
    mutating func document(
        _ root: SeedNode, folder: String, profile: Profile?, defaults: (String?) -> SeedDefaults
    ) -> SeedDocument {
        guard members(root, of: "a seed", keys: Self.documentKeys) != nil else { return .unreadable }
        var document = SeedDocument()
        document.workspace = optionalText("workspace", of: root)
        if let workspace = document.workspace, !WorkspaceName.isValid(workspace) {
            fail(root["workspace"] ?? root, WorkspaceName.rule(workspace))
        }
        document.seed = integer("seed", of: root, in: 0...Int.max)
        let defaults = defaults(document.workspace)
        let seed = document.seed ?? defaults.seed
        document.profile = profile ?? self.profile(of: root) ?? defaults.profile
        let profile = document.profile
        let readText = { path in Result { () throws(SeedFileError) in try SeedFile.read(Self.path(path, in: folder)) } }
        let source = DocumentSource.seed(read: readText)
        document.plugins = list("plugins", of: root) { $0.plugin($1) }
        document.workflows = list("workflows", of: root) {
            $0.workflow($1, seed: seed, profile: profile, read: readText)
        }
        document.apis = list("apis", of: root) { $0.api($1, seed: seed, profile: profile, document: source) }
        document.models = list("models", of: root) { $0.model($1) }
        document.apps = list("apps", of: root) { $0.app($1, seed: seed) }
        let read = [
            "plugins": document.plugins.count, "workflows": document.workflows.count, "apis": document.apis.count,
            "models": document.models.count, "apps": document.apps.count,
        ]
        document.isWhole = read.allSatisfy { key, count in (root[key]?.elementCount ?? 0) == count }
        readState(root, folder: folder, seed: seed, into: &document)
        document.scripts = list("scripts", of: root) { $0.script($1) }
        return document
    }

    private mutating func profile(of root: SeedNode) -> Profile? {
        guard let child = root["profile"], !child.json.isNull else { return nil }
        do {
            return try Profile(text(child, what: "\"profile\"") ?? "")
        } catch {
            fail(child, "\(error)")
            return nil
        }
    }

    private mutating func readState(
        _ root: SeedNode, folder: String, seed: Int, into document: inout SeedDocument
    ) {
        document.callers = root["caller"].flatMap { caller($0) }.map { [$0] } ?? []
        document.users = list("users", of: root) { $0.user($1, seed: seed) }
        document.flagged = root["moderation"].flatMap { flagged($0) }.map { [$0] } ?? []
        document.transcripts = root["transcripts"].map { transcripts($0) } ?? []
        document.storage = root["storage"].map { storedValues($0) } ?? []
        document.files = list("files", of: root) { reader, node in
            reader.file(node, seed: seed) { path in
                Result { () throws(SeedFileError) in try SeedFile.bytes(of: Self.path(path, in: folder)) }
            }
        }
        document.conversations = list("conversations", of: root) { $0.conversation($1, seed: seed) }
    }

    private mutating func list<Entry>(
        _ key: String, of root: SeedNode, read: (inout SeedReader, SeedNode) -> Entry?
    ) -> [Entry] {
        var entries: [Entry] = []
        for node in elements(root[key], of: "\"\(key)\"") {
            if let entry = read(&self, node) { entries.append(entry) }
        }
        return entries
    }

    private static func path(_ path: String, in folder: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).path
    }
}
