import DifyProtocol
import Foundation
import Testing

/// Cases recorded by running Dify's own code.
enum Fixture {
    static func cases(_ name: String) throws -> [JSONValue] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        let data = try Data(contentsOf: url)
        return try #require(JSONParser.parse(utf8: data, dialect: .python).array)
    }
}

/// A recorded case with its id as the test's name.
struct Recorded: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    var testDescription: String { value["id"]?.string ?? "" }
    var error: String? { value["error"]?.string }

    static func all(_ name: String, where isWanted: (JSONValue) -> Bool = { _ in true }) throws -> [Recorded] {
        try Fixture.cases(name).filter(isWanted).map(Recorded.init)
    }
}
