import DifyOpenAPI
import Foundation

/// Import of a large document, in YAML and in JSON, against reading the same JSON with Foundation.
struct ImportBenchmark {
    func run() throws {
        let json = Self.document(operations: 3000)
        let yaml = Self.yaml(operations: 3000)
        print("Import of a document with 3000 operations, against JSONSerialization of its JSON form:")
        let data = Data(json.utf8)
        let yardstick = try best { _ = try JSONSerialization.jsonObject(with: data) }
        print("  JSONSerialization: \((yardstick * 1e5).rounded() / 100) ms for \(data.count / 1024) KiB")
        report("JSON", try best { _ = try ImportedAPI(json) }, against: yardstick, "JSONSerialization")
        report("YAML", try best { _ = try ImportedAPI(yaml) }, against: yardstick, "JSONSerialization")
    }

    private func best(_ work: () throws -> Void) throws -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let start = Date()
            try work()
            best = min(best, Date().timeIntervalSince(start))
        }
        return best
    }

    private static func document(operations: Int) -> String {
        let paths = (0..<operations).map { number in
            """
            "/items\(number)/{id}": {"get": {"summary": "Show item \(number)", "operationId": "show\(number)", "parameters": [
              {"name": "id", "in": "path", "required": true, "description": "The item", "schema": {"type": "integer"}},
              {"name": "fields", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
              "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}},
             "post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}}
            """
        }
        return """
            {"openapi": "3.0.0", "info": {"title": "t"}, "servers": [{"url": "https://h/v1"}],
             "paths": {\(paths.joined(separator: ",\n"))},
             "components": {"schemas": {"Item": {"type": "object", "required": ["name"], "properties": {
               "name": {"type": "string"}, "size": {"type": "number", "default": 1.5}}}}}}
            """
    }

    private static func yaml(operations: Int) -> String {
        let paths = (0..<operations).map { number in
            """
              /items\(number)/{id}:
                get:
                  summary: Show item \(number)
                  operationId: show\(number)
                  parameters:
                    - {name: id, in: path, required: true, description: The item, schema: {type: integer}}
                    - name: fields
                      in: query
                      schema: {type: array, items: {type: string}}
                  responses:
                    200: {description: ok, content: {application/json: {schema: {type: object}}}}
                post:
                  requestBody:
                    content:
                      application/json:
                        schema: {$ref: '#/components/schemas/Item'}
            """
        }
        return """
            openapi: 3.0.0
            info: {title: t}
            servers: [{url: https://h/v1}]
            paths:
            \(paths.joined(separator: "\n"))
            components:
              schemas:
                Item:
                  type: object
                  required: [name]
                  properties: {name: {type: string}, size: {type: number, default: 1.5}}
            """
    }
}
