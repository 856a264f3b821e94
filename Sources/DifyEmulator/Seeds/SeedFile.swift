import Foundation

/// Reads text files with a bound on their size.
public enum SeedFile {
    /// The text of a file.
    ///
    /// - Throws: ``SeedFileError`` for a file that is missing, too large or not UTF-8.
    public static func read(_ path: String) throws(SeedFileError) -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw SeedFileError(path: path, reason: "the file is not UTF-8 text")
        }
        return text
    }

    /// The bytes of a file.
    ///
    /// - Throws: ``SeedFileError`` for a file that is missing or too large.
    static func bytes(of path: String) throws(SeedFileError) -> Data {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: target)
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
        return data
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
