import DifyProtocol
import Foundation
import Testing

/// Dify's recorded behaviour: the files of the corpus, whole.
///
/// `DIFY_EMULATOR_CORPUS` names the folder of another corpus of the same shape.
enum Corpus {
    /// What comes of one case.
    enum Verdict: Equatable {
        case agrees
        case differs(String)
        /// The case's input is nothing that reaches this program.
        case notApplicable
    }

    /// Most disagreements that are told one by one.
    private static let shown = 20

    /// The folder with the files.
    private static var folder: URL? {
        if let path = ProcessInfo.processInfo.environment["DIFY_EMULATOR_CORPUS"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return Bundle.module.url(forResource: "Fixtures/corpus", withExtension: nil)
    }

    /// Sets every case of a file against what this program does, and prints how many agreed.
    static func run(_ file: String, _ check: (Recorded) async throws -> Verdict) async throws {
        let url = try #require(folder).appendingPathComponent("\(file).json")
        let cases = try #require(JSONParser.parse(utf8: try Data(contentsOf: url), dialect: .python).array)
        #expect(!cases.isEmpty, "\(file) holds no cases")
        var agreed = 0
        var skipped = 0
        var differing: [String] = []
        for example in cases.map(Recorded.init) {
            let verdict: Verdict
            do {
                verdict = try await check(example)
            } catch {
                verdict = .differs("\(error)")
            }
            switch verdict {
            case .agrees: agreed += 1
            case .notApplicable: skipped += 1
            case .differs(let how): differing.append("\(example.testDescription): \(how)")
            }
        }
        for line in differing.prefix(shown) { Issue.record("\(file) \(line)") }
        if differing.count > shown { Issue.record("\(file): \(differing.count - shown) more differ") }
        let rest = skipped == 0 ? "" : ", \(skipped) not applicable"
        print("corpus \(file): \(agreed) of \(cases.count - skipped) agree\(rest)")
    }
}

extension Corpus.Verdict {
    /// A verdict by comparing two values.
    static func comparing<Value: Equatable>(_ got: Value, with expected: Value, _ what: String) -> Self {
        got == expected ? .agrees : .differs("\(what) is \(got), not \(expected)")
    }
}
