import DifyOpenAPI
import DifyProtocol

/// Looks for the traps that one call meets.
struct TrapSearch {
    let operation: APIOperation
    let document: OperationDocument
    /// Where each argument goes, also in a call that fails.
    let placements: [APIPlacement]

    /// The traps, those of the address first.
    var traps: [FoundTrap] {
        addressTraps + sharedTraps + bodyTraps + placements.flatMap(argumentTraps) + duplicateTraps
    }

    func found(_ trap: CallTrap, at pointer: String?) -> FoundTrap {
        FoundTrap(pointer: pointer ?? document.operation.pointer, trap: trap)
    }

    // MARK: - The address

    private var addressTraps: [FoundTrap] {
        let address = operation.bundle.serverURL
        let path = document.path ?? ""
        let server = String(address.dropLast(path.count))
        let index = document.root["servers"]?.elements.firstIndex { $0.value["url"]?.string == server } ?? 0
        let pointer = "/servers/\(index)/url"
        var traps: [FoundTrap] = []
        if let query = Self.query(of: address) {
            traps.append(found(.droppedQuery(query), at: server.contains("?") ? pointer : document.pathItem?.pointer))
        }
        for match in server.matches(of: /\{([^{}]*)\}/) {
            traps.append(found(.serverVariable(String(match.output.1)), at: pointer))
        }
        if !address.contains("://"), !address.hasPrefix("{") { traps.append(found(.relativeServer, at: pointer)) }
        let host = server.split(separator: "://", maxSplits: 1).last?.prefix { !"/?#".contains($0) } ?? ""
        if host.contains("@") { traps.append(found(.userInfo, at: pointer)) }
        if server.hasSuffix("/"), path.hasPrefix("/") { traps.append(found(.doubleSlash, at: pointer)) }
        for owner in [document.operation, document.pathItem].compactMap(\.self) {
            if let servers = owner["servers"], servers.value.array?.isEmpty == false {
                traps.append(found(.ownServer, at: servers.pointer))
            }
        }
        return traps + credentialTraps
    }

    private static func query(of text: String) -> String? {
        guard let mark = text.firstIndex(of: "?") else { return nil }
        return text[text.index(after: mark)...].prefix { $0 != "#" }.description
    }

    private var credentialTraps: [FoundTrap] {
        let types: [JSONValue] = ["api_key_header", "api_key", "api_key_query"]
        guard !types.contains(operation.credentials["auth_type"] ?? .null),
            let security = document.operation["security"] ?? document.root["security"],
            let choices = security.value.array, !choices.isEmpty, !choices.contains([:])
        else { return [] }
        return [found(.missingCredentials, at: security.pointer)]
    }

    private var sharedTraps: [FoundTrap] {
        DeclaredParameter.all(in: document).filter(\.isShared).map {
            found(.sharedParameter($0.name), at: $0.part.pointer)
        }
    }

    // MARK: - The body

    private var bodyTraps: [FoundTrap] {
        guard let body = document.operation["requestBody"] else { return [] }
        guard body.value["$ref"] == nil else { return [found(.bodyReference, at: body.pointer)] }
        let all = body["content"]?.members ?? []
        guard let (type, media) = all.first else { return [] }
        var traps: [FoundTrap] = []
        if type != "application/json", type != "application/x-www-form-urlencoded" {
            traps.append(found(.formBody(type), at: media.pointer))
        }
        guard let schema = media["schema"].flatMap({ document.resolved($0) }) else { return traps }
        for keyword in ["allOf", "oneOf", "anyOf"] where schema[keyword] != nil {
            traps.append(found(.composedBody(keyword), at: schema.pointer.appendingPointer(keyword)))
        }
        if let kind = schema.value["type"]?.string, kind != "object" {
            traps.append(found(.bodyWithoutObject(kind), at: schema.pointer))
        }
        return traps
    }

    // MARK: - Names

    private var duplicateTraps: [FoundTrap] {
        let sent = placements.filter { $0.place != .nowhere && $0.given != nil }
        return Dictionary(grouping: sent, by: \.name).values.filter { $0.count > 1 }.sorted { $0[0].name < $1[0].name }
            .map { found(.declaredTwice($0[0].name), at: document.part(at: $0[1].pointer)?.pointer) }
    }

    /// An argument that goes nowhere.
    func lostTrap(_ placement: APIPlacement) -> CallTrap? {
        guard placement.place == .nowhere else { return nil }
        let names = operation.bundle.parameters.map(\.name)
        guard placement.pointer.isEmpty || !names.contains(placement.name) else { return otherContentTrap(placement) }
        let nearest = Nearest.matches(placement.name, in: names).first
        let listed = names.isEmpty ? "it has none" : "they are \(names.prefix(10).joined(separator: ", "))"
        let hint = nearest.map { "did you mean \($0)?" } ?? "look at the tool's parameters: \(listed)"
        return .unknownArgument(placement.name, hint: hint)
    }

    /// An argument that only a further content type knows.
    private func otherContentTrap(_ placement: APIPlacement) -> CallTrap? {
        let isSent = placements.contains { $0.name == placement.name && $0.place != .nowhere }
        guard !isSent, placement.pointer.hasPrefix("/requestBody/content/"),
            let first = document.operation["requestBody"]?["content"]?.members.first?.key
        else { return nil }
        return .otherContentTypes(first: first)
    }
}
