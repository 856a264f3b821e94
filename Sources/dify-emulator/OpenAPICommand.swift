import ArgumentParser
import DifyEmulator
import DifyOpenAPI
import DifyProtocol
import Foundation

/// Shows what Dify makes of an API document.
struct OpenAPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Show the tools that Dify makes of an API document, or its refusal.")

    @Argument(help: ArgumentHelp("The document, JSON or YAML; - reads standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Play the request header X-Request-Env, which selects a server.", valueName: "name"))
    var env: String?

    @Option(
        help: ArgumentHelp(
            "The release of Dify that reads it, such as 1.9.1 or 1.9; \(Profile.current) unless given.",
            valueName: "release"),
        transform: { try Profile($0) })
    var profile = Profile.current

    @Flag(help: "Print JSON with Dify's keys.")
    var json = false

    func run() async throws {
        let text = try read()
        let findings = APILint.findings(in: text)
        let result = Result { () throws(APISchemaError) in
            try ImportedAPI(text, environment: env, profile: profile)
        }
        switch result {
        case .success(let api):
            if json {
                Console.out(api.json.adding("lint", findings.json).description)
            } else {
                show(api)
                show(findings)
            }
        case .failure(let error):
            if json {
                let refusal: JSONValue = [
                    "error": .string(error.message), "error_type": .string(error.kind.rawValue),
                ]
                Console.out(refusal.adding("lint", findings.json).description)
            } else {
                Console.out("Dify refuses this document: \(error.message)")
                show(findings)
            }
            throw ExitCode.failure
        }
    }

    private func read() throws -> String {
        if file == "-" {
            let data = FileHandle.standardInput.readDataToEndOfFile()
            guard let text = String(validating: data, as: UTF8.self) else {
                throw CommandError("standard input is not UTF-8 text")
            }
            return text
        }
        return try SeedFile.read(file)
    }

    private func show(_ api: ImportedAPI) {
        let rows = api.tools.map { tool in
            let parameters = tool.parameters.map { "\($0.name)\($0.required ? "!" : ""): \($0.type.rawValue)" }
            return [
                tool.toolName, tool.nameIsGenerated ? "generated" : "operationId", tool.method.uppercased(),
                tool.serverURL, parameters.joined(separator: ", "),
            ]
        }
        Console.out("\(api.tools.count) tool\(api.tools.count == 1 ? "" : "s")")
        if !rows.isEmpty {
            let header = ["TOOL", "NAME IS", "METHOD", "ADDRESS", "PARAMETERS (! = required)"]
            for line in Console.table(header, rows) { Console.out(line) }
        }
        for (key, value) in api.warning { Console.out("Dify warns: \(key): \(value.string ?? value.description)") }
    }

    private func show(_ findings: [LintFinding]) {
        guard !findings.isEmpty else { return }
        Console.out()
        let reader = profile == .current ? "Dify" : "Dify \(Profile.current)"
        Console.out(Console.styled("What \(reader) ignores or breaks on", .bold))
        for finding in findings {
            Console.out(
                "  \(finding.pointer.isEmpty ? "(the document)" : finding.pointer)\n      \(finding.consequence)")
        }
    }
}

extension JSONValue {
    fileprivate func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        var object = object ?? [:]
        object[key] = value
        return .object(object)
    }
}

extension [LintFinding] {
    fileprivate var json: JSONValue {
        .array(map { ["pointer": .string($0.pointer), "consequence": .string($0.consequence)] })
    }
}
