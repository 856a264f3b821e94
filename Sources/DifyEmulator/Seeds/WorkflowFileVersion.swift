import DifyOpenAPI
import DifyProtocol

/// The format of an exported app. Dify raised it without changing what earlier files mean:
///
/// | version | written by |
/// | --- | --- |
/// | 0.1.0 to 0.1.4 | releases before 1.0 |
/// | 0.1.5 | 1.0 to 1.2 |
/// | 0.2.0 | 1.3 |
/// | 0.3.0, 0.3.1 | 1.4 to 1.6, 1.7 |
/// | 0.4.0 | 1.8 and 1.9 |
/// | 0.5.0 | 1.10 to 1.12 |
/// | 0.6.0 | 1.13 to 1.15 |
/// | 0.7.0 | 1.16 and 1.17 |
///
/// Dify reads an older file with at most a warning. Of a newer one (and of an older major version) it asks a person
/// whether to go on, and then reads it like any other. A version that is none marks the import as failed.
enum WorkflowFileVersion {
    /// The newest format that is known here.
    private static let newestKnown = [0, 7]

    /// - Throws: ``SeedMistake`` for a file whose format nobody here knows.
    static func check(_ document: WorkflowFileDocument, profile: Profile) throws(SeedMistake) {
        // A file without a version counts as 0.1.0.
        guard let value = document.root["version"], value.isTruthy else { return }
        guard let text = value.text else {
            throw document.mistake(
                at: ["version"], "Invalid version type, expected str, got <class '\(value.pythonType)'>")
        }
        let version = text.hasPrefix("v") ? text.dropFirst() : text[...]
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard numbers.allSatisfy({ $0 >= 0 }) else {
            throw document.mistake(at: ["version"], "the file's version \"\(text)\" is none, and Dify's import fails")
        }
        guard Self.newestKnown.lexicographicallyPrecedes(Array(numbers.prefix(2))) else { return }
        let known = Self.newestKnown.map(String.init).joined(separator: ".")
        throw document.mistake(
            at: ["version"],
            """
            DSL version \(text) is not supported: Dify \(profile) writes \(written(by: profile)) and asks before it \
            imports a newer file; versions up to \(known) are known here. To read it all the same, write another \
            version into the file
            """)
    }

    /// The version that a release writes.
    private static func written(by profile: Profile) -> String {
        let earlier = writers.prefix { (try? Profile($0.since)).map { $0 <= profile } ?? false }
        return earlier.last?.version ?? "0.1.5"
    }

    private static let writers: [(version: String, since: String)] = [
        ("0.1.5", "1.0.0"), ("0.2.0", "1.3.0"), ("0.3.0", "1.4.0"), ("0.3.1", "1.7.0"),
        ("0.4.0", "1.8.0"), ("0.5.0", "1.10.0"), ("0.6.0", "1.13.0"),
    ]
}
