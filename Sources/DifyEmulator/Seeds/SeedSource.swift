import DifyOpenAPI
import DifyProtocol
import Foundation

/// Where a seed comes from.
public enum SeedSource: Sendable, Hashable {
    /// A YAML or JSON file. Paths in it are relative to its folder.
    case file(String)
    /// A text; `name` stands for the file in messages. Paths in it are relative to `folder`.
    case text(String, name: String, folder: String = ".")

    /// Largest seed or API document that is read, in bytes.
    public static let maximumSize = 64 * 1024 * 1024

    /// How messages call it.
    var name: String {
        switch self {
        case .file(let path): path
        case .text(_, let name, _): name
        }
    }

    /// Reads and checks the seed.
    ///
    /// - Parameter fallbackSeed: The number that ids follow from when the seed names none.
    /// - Throws: ``SeedError`` with all mistakes.
    func document(fallbackSeed: Int) throws(SeedError) -> SeedDocument {
        let text: String
        let folder: String
        switch self {
        case .file(let path):
            folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            do {
                text = try SeedFile.read(path)
            } catch {
                throw SeedError(file: path, error.reason)
            }
        case .text(let content, _, let directory): (text, folder) = (content, directory)
        }
        return try SeedDocument(text, name: name, folder: folder, fallbackSeed: fallbackSeed)
    }
}

extension SeedDocument {
    init(_ text: String, name: String, folder: String, fallbackSeed: Int) throws(SeedError) {
        var reader = SeedReader()
        let root = try Self.root(of: text, name: name, mistakes: &reader.mistakes)
        guard reader.members(root, of: "a seed", keys: Self.keys) != nil else { throw SeedError(reader.mistakes) }
        workspace = reader.optionalText("workspace", of: root)
        if let workspace, !WorkspaceName.isValid(workspace) {
            reader.fail(root["workspace"] ?? root, WorkspaceName.rule(workspace))
        }
        seed = reader.integer("seed", of: root, in: 0...Int.max)
        let number = seed ?? fallbackSeed
        let source = SeedReader.DocumentSource.seed(within: text) { path in
            let url = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
            return Result { () throws(SeedFileError) in try SeedFile.read(url.path) }
        }
        plugins = reader.elements(root["plugins"], of: "\"plugins\"").compactMap { reader.plugin($0) }
        workflows = reader.elements(root["workflows"], of: "\"workflows\"")
            .compactMap { reader.workflow($0, seed: number) }
        apis = reader.elements(root["apis"], of: "\"apis\"")
            .compactMap { reader.api($0, seed: number, document: source) }
        scripts = reader.elements(root["scripts"], of: "\"scripts\"").compactMap { reader.script($0) }
        guard reader.mistakes.isEmpty else { throw SeedError(reader.mistakes) }
    }

    /// The whole file as a node. JSON that is no YAML (tabs) is read as JSON, without places.
    private static func root(
        of text: String, name: String, mistakes: inout [SeedMistake]
    ) throws(SeedError) -> SeedNode {
        do {
            guard let node = try YAMLComposer.compose(text) else {
                throw SeedError(file: name, "the file is empty; it should hold \(keys.joined(separator: ", "))")
            }
            return SeedNode(node, file: name, mistakes: &mistakes)
        } catch let error as YAMLSyntaxError {
            if let json = try? JSONParser.parse(text) { return SeedNode(json: json) }
            let place = SeedPlace(file: name, line: error.place.line, column: error.place.column)
            let context = error.context.map { "\($0.text) that starts in line \($0.place.line): " } ?? ""
            throw SeedError([SeedMistake(place: place, message: "not readable as YAML: \(context)\(error.problem)")])
        } catch let error as SeedError {
            throw error
        } catch {
            throw SeedError(file: name, "\(error)")
        }
    }
}

/// Reads text files with a bound on their size.
public enum SeedFile {
    /// The text of a file.
    ///
    /// - Throws: ``SeedFileError`` for a file that is missing, too large or not UTF-8.
    public static func read(_ path: String) throws(SeedFileError) -> String {
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
        } catch {
            throw SeedFileError(path: path, reason: "there is no such file")
        }
        if attributes[.type] as? FileAttributeType == .typeDirectory {
            throw SeedFileError(path: path, reason: "this is a folder, not a file")
        }
        if let size = attributes[.size] as? Int, size > SeedSource.maximumSize {
            throw SeedFileError(
                path: path, reason: "the file has \(size) bytes; at most \(SeedSource.maximumSize) are read")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SeedFileError(path: path, reason: "the file cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw SeedFileError(path: path, reason: "the file is not UTF-8 text")
        }
        return text
    }
}

/// A file that cannot be read.
public struct SeedFileError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let reason: String

    public var description: String { "\(path): \(reason)" }
}
