import DifyEmulator
import DifyProtocol
import Foundation

/// Arguments of a call as they are typed: one JSON object, then single assignments.
struct CallArguments {
    let object: JSONObject

    /// - Parameters:
    ///   - params: JSON text, `@FILE` or `-`.
    ///   - assignments: `name=text` or `name:=json`.
    ///   - option: How messages call where the JSON came from.
    init(params: String?, assignments: [String], option: String = "--params") throws {
        var object = try params.map { try Self.object($0, option) } ?? [:]
        for assignment in assignments {
            let (name, value) = try Self.assignment(assignment)
            object[name] = value
        }
        self.object = object
    }

    private static func object(_ params: String, _ option: String) throws -> JSONObject {
        let text: String
        switch params {
        case "-":
            let data = FileHandle.standardInput.readDataToEndOfFile()
            guard let valid = String(validating: data, as: UTF8.self) else {
                throw CommandError("standard input is not UTF-8 text")
            }
            text = valid
        case let file where file.hasPrefix("@"): text = try SeedFile.read(String(file.dropFirst()))
        default: text = params
        }
        do {
            guard let object = try JSONParser.parse(text).object else {
                throw CommandError("\(option) is no JSON object, such as '{\"query\": \"swift\"}'")
            }
            return object
        } catch let error as JSONSyntaxError {
            throw CommandError("\(option) is not JSON: \(error)")
        }
    }

    private static func assignment(_ text: String) throws -> (String, JSONValue) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw CommandError("--param \(text) is neither name=text nor name:=json")
        }
        let value = String(text[text.index(after: equals)...])
        var name = text[..<equals]
        guard name.hasSuffix(":") else { return (String(name), .string(value)) }
        name.removeLast()
        guard !name.isEmpty else { throw CommandError("--param \(text) has no name before :=") }
        do {
            return (String(name), try JSONParser.parse(value))
        } catch {
            throw CommandError("--param \(text): the value is not JSON: \(error)")
        }
    }
}
