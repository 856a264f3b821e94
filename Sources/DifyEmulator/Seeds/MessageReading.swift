import DifyProtocol
import Foundation

/// Replies of tools as seeds and scripts write them.
extension SeedReader {
    static let messageKeys = ToolInvokeMessage.MessageType.allCases.map(\.rawValue)
    static let toolKeys = ["outputs", "failed", "response"]

    /// What only tools answer: a message, the outputs of a workflow, the response of an API.
    mutating func toolItem(
        _ member: SeedNode.Member, meta: SeedNode?, for kind: ToolKind?
    ) -> ReplyItem.Content? {
        guard Self.toolKeys.contains(member.key) else { return message(member, meta: meta) }
        if let meta { fail(meta, "\"meta\" goes with a message, not with \"\(member.key)\"") }
        let (owner, plural): (ToolKind, String) = member.key == "response" ? (.api, "apis") : (.workflow, "workflows")
        if let kind, kind != owner {
            fail(at: member.place, "\"\(member.key)\" is for \(plural); this is a \(kind) tool")
        }
        let node = member.value
        switch member.key {
        case "outputs":
            guard case .map = node.value else {
                fail(node, "\"outputs\" is \(node.kind); it must be a mapping of output names to values")
                return nil
            }
            return .outputs(jsonTemplate(node, what: "\"outputs\""))
        case "failed": return .failed(textTemplate(node, what: "\"failed\""))
        default: return response(node).map(ReplyItem.Content.response)
        }
    }

    private mutating func response(_ node: SeedNode) -> APIResponseTemplate? {
        guard members(node, of: "\"response\"", keys: ["status", "headers", "body", "text"]) != nil else { return nil }
        let status = integer("status", of: node, in: 100...599) ?? 200
        var headers: [(String, String)] = []
        if let node = node["headers"] {
            if case .map(let members) = node.value {
                for member in members { headers.append((member.key, text(member.value, what: "a header") ?? "")) }
            } else {
                fail(node, "\"headers\" is \(node.kind); it must be a mapping of names to values")
            }
        }
        if let text = node["text"] {
            if node["body"] != nil { fail(text, "\"text\" and \"body\" exclude each other") }
            return APIResponseTemplate(
                status: status, headers: headers, body: .verbatim(textTemplate(text, what: "\"text\"")))
        }
        let body: APIResponseTemplate.Body
        switch node["body"] {
        case nil: body = .empty
        case .some(let node) where node.json.string != nil: body = .plain(textTemplate(node, what: "\"body\""))
        case .some(let node): body = .json(jsonTemplate(node, what: "\"body\""))
        }
        return APIResponseTemplate(status: status, headers: headers, body: body)
    }

    // MARK: - Messages

    private mutating func message(_ member: SeedNode.Member, meta: SeedNode?) -> ReplyItem.Content? {
        guard let type = ToolInvokeMessage.MessageType(rawValue: member.key) else { return nil }
        var extra = JSONObject()
        let node = member.value
        let body: JSONObject?
        switch type {
        case .text, .link, .image, .imageLink, .binaryLink:
            if case .map = node.value {
                return rawText(node, of: type, meta: meta)
            }
            body = text(node, what: "\"\(member.key)\"").map { ["text": .string($0)] }
        case .json: body = jsonBody(node)
        case .variable: body = variableBody(node)
        case .log: body = logBody(node)
        case .blob: body = blobBody(node, meta: &extra)
        case .blobChunk: body = chunkBody(node)
        case .file:
            body = [:]
            extra["file"] = node.json
            if node.json.object == nil {
                fail(node, "\"file\" is \(node.kind); it must be a mapping such as {url: …, type: …}")
            }
        case .retrieverResources: body = resourcesBody(node)
        }
        if let meta {
            if let object = meta.json.object {
                extra = extra.merging(object)
            } else {
                fail(meta, "\"meta\" is \(meta.kind); it must be a mapping")
            }
        }
        guard let body else { return nil }
        let metaTemplate =
            extra.isEmpty ? nil : jsonTemplate(SeedNode(json: .object(extra), place: node.place), what: "\"meta\"")
        return .message(type, body: bodyTemplate(body, of: type, at: node), meta: metaTemplate)
    }

    /// `{raw: …}`: a text that is no template, for texts that hold braces themselves.
    private mutating func rawText(
        _ node: SeedNode, of type: ToolInvokeMessage.MessageType, meta: SeedNode?
    ) -> ReplyItem.Content? {
        guard members(node, of: "\"\(type.rawValue)\"", keys: ["raw"]) != nil else { return nil }
        let text = requiredText("raw", of: node, "\"\(type.rawValue)\"")
        if let meta, meta.json.object == nil { fail(meta, "\"meta\" is \(meta.kind); it must be a mapping") }
        return .message(
            type, body: .literal(["text": .string(text)]), meta: meta.map { jsonTemplate($0, what: "\"meta\"") })
    }

    private mutating func bodyTemplate(
        _ body: JSONObject, of type: ToolInvokeMessage.MessageType, at node: SeedNode
    ) -> JSONTemplate {
        guard type != .file else { return .literal(.null) }
        do {
            let textMembers: Set = ["text", "label", "id", "variable_name", "context", "blob"]
            return try JSONTemplate(body: body, textMembers: textMembers)
        } catch {
            fail(node, "\"\(type.rawValue)\" holds braces that do not close, or an unknown {{…}} form: \(error.text)")
            return .literal(.null)
        }
    }

    private mutating func jsonBody(_ node: SeedNode) -> JSONObject? {
        let isTemplate = node.json.string?.hasPrefix("{{") == true
        guard node.json.object != nil || node.json.array != nil || isTemplate else {
            fail(node, "\"json\" is \(node.kind); the SDK reads only a mapping or a list")
            return nil
        }
        return ["json_object": node.json, "suppress_output": false]
    }

    private mutating func variableBody(_ node: SeedNode) -> JSONObject? {
        guard members(node, of: "\"variable\"", keys: ["name", "value", "stream"]) != nil else { return nil }
        let name = requiredText("name", of: node, "\"variable\"")
        if ["json", "text", "files"].contains(name) {
            fail(node["name"] ?? node, "Dify reserves the variable names json, text and files")
        }
        guard let value = node["value"] else {
            fail(node, "\"variable\" needs \"value\"")
            return nil
        }
        let stream = flag("stream", of: node)
        if stream, value.json.string == nil { fail(value, "a streamed variable's value must be text") }
        return ["variable_name": .string(name), "variable_value": value.json, "stream": .bool(stream)]
    }

    private mutating func logBody(_ node: SeedNode) -> JSONObject? {
        let keys = ["id", "label", "parent_id", "error", "status", "data", "metadata"]
        guard members(node, of: "\"log\"", keys: keys) != nil else { return nil }
        let label = requiredText("label", of: node, "\"log\"")
        let status = word("status", of: node, as: LogStatus.self) ?? .success
        let known = [
            "started_at", "finished_at", "elapsed_time", "total_price", "total_tokens", "provider", "currency",
        ]
        if let metadata = node["metadata"] { _ = members(metadata, of: "a log's \"metadata\"", keys: known) }
        for key in ["parent_id", "error"] {
            if let child = node[key], !child.json.isNull, child.json.string == nil {
                fail(child, "a log's \"\(key)\" is \(child.kind); it must be text")
            }
        }
        if let data = node["data"], data.json.object == nil { fail(data, "a log's \"data\" must be a mapping") }
        // Dify numbers its logs at random; here the id follows from the label, so that runs are alike.
        let id = optionalText("id", of: node) ?? ProviderUUID(seed: 0, "log", label).description
        return [
            "id": .string(id), "label": .string(label), "parent_id": node["parent_id"]?.json ?? .null,
            "error": node["error"]?.json ?? .null, "status": .string(status.rawValue),
            "data": node["data"]?.json ?? [:], "metadata": node["metadata"]?.json ?? [:],
        ]
    }

    private enum LogStatus: String, CaseIterable { case start, error, success }

    private mutating func blobBody(_ node: SeedNode, meta: inout JSONObject) -> JSONObject? {
        guard members(node, of: "\"blob\"", keys: ["base64", "text", "mime_type", "filename"]) != nil else {
            return nil
        }
        meta["mime_type"] = .string(optionalText("mime_type", of: node) ?? "application/octet-stream")
        if let name = optionalText("filename", of: node) { meta["filename"] = .string(name) }
        return base64(of: node, "\"blob\"").map { ["blob": .string($0)] }
    }

    private mutating func chunkBody(_ node: SeedNode) -> JSONObject? {
        let keys = ["id", "sequence", "total_length", "base64", "text", "end"]
        guard members(node, of: "\"blob_chunk\"", keys: keys) != nil else { return nil }
        let id = requiredText("id", of: node, "\"blob_chunk\"")
        let sequence = integer("sequence", of: node, in: 0...Int.max) ?? 0
        let length = integer("total_length", of: node, in: 0...Int.max) ?? 0
        let end = flag("end", of: node)
        return base64(of: node, "\"blob_chunk\"").map {
            [
                "id": .string(id), "sequence": .integer(sequence), "total_length": .integer(length),
                "blob": .string($0), "end": .bool(end),
            ]
        }
    }

    private mutating func base64(of node: SeedNode, _ what: String) -> String? {
        switch (optionalText("base64", of: node), optionalText("text", of: node)) {
        case (let encoded?, nil):
            guard Data(base64Encoded: encoded) != nil else {
                fail(
                    node["base64"] ?? node, "\"base64\" is no standard base64 (alphabet A-Z a-z 0-9 + /, padded with =)"
                )
                return nil
            }
            return encoded
        case (nil, let text?): return Data(text.utf8).base64EncodedString()
        default:
            fail(node, "\(what) needs either \"base64\" or \"text\"")
            return nil
        }
    }

    private mutating func resourcesBody(_ node: SeedNode) -> JSONObject? {
        guard members(node, of: "\"retriever_resources\"", keys: ["resources", "context"]) != nil else { return nil }
        for resource in elements(node["resources"], of: "\"resources\"") where resource.json.object == nil {
            fail(
                resource, "a resource is \(resource.kind); it must be a mapping such as {document_name: …, content: …}")
        }
        return [
            "retriever_resources": node["resources"]?.json ?? [],
            "context": .string(optionalText("context", of: node) ?? ""),
        ]
    }
}

extension SeedNode {
    /// A value that was made from a node, with the node's place.
    fileprivate init(json: JSONValue, place: SeedPlace) {
        value = .scalar(json)
        self.place = place
        source = nil
    }
}
