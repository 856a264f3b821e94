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
    /// - Parameters:
    ///   - mistakes: Gets what is wrong. The document then holds what could be read.
    ///   - profile: The release to imitate, whatever the seed says.
    ///   - defaults: What holds where the seed does not say, for the workspace it names.
    func document(
        mistakes: inout [SeedMistake], profile: Profile?, defaults: (String?) -> SeedDefaults
    ) -> SeedDocument {
        let text: String
        let folder: String
        switch self {
        case .file(let path):
            folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            do {
                text = try SeedFile.read(path)
            } catch {
                mistakes.append(SeedMistake(file: path, message: error.reason))
                return .unreadable
            }
        case .text(let content, _, let directory): (text, folder) = (content, directory)
        }
        var reader = SeedReader()
        defer { mistakes += reader.mistakes }
        guard let root = SeedNode(text: text, file: name, mistakes: &reader.mistakes) else { return .unreadable }
        return reader.document(root, folder: folder, profile: profile, defaults: defaults)
    }
}

extension SeedNode {
    /// A whole file. JSON that is no YAML (tabs) is read as JSON, without places.
    ///
    /// - Returns: nil, with the reason among the mistakes, for a text that is neither.
    fileprivate init?(text: String, file: String, mistakes: inout [SeedMistake]) {
        do throws(YAMLSyntaxError) {
            guard let node = try YAMLComposer.compose(text) else {
                let keys = SeedReader.documentKeys.joined(separator: ", ")
                mistakes.append(SeedMistake(file: file, message: "the file is empty; it should hold \(keys)"))
                return nil
            }
            self.init(node, file: file, mistakes: &mistakes)
        } catch {
            if let json = try? JSONParser.parse(text) {
                self.init(json: json)
                return
            }
            let place = SeedPlace(file: file, line: error.place.line, column: error.place.column)
            let context = error.context.map { "\($0.text) that starts in line \($0.place.line): " } ?? ""
            let message = "not readable as YAML: \(context)\(error.problem)"
            mistakes.append(SeedMistake(place: place, message: message))
            return nil
        }
    }
}
