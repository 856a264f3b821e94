import DifyProtocol

/// A workflow that is about to be published, with what else is known of it and where it is written.
struct WorkflowSource {
    var definition = WorkflowDefinition()
    /// The name of the app it comes from.
    var label: String?
    var description: String?
    /// `background` and `content`.
    var icon: JSONObject?
    /// Where the entry stands.
    let place: SeedPlace
    /// Where a node stands that waits for a person.
    var humanInputPlace: SeedPlace?
    private var variablePlaces: [SeedPlace] = []

    init(place: SeedPlace) { self.place = place }

    mutating func add(_ variable: AppInput, place: SeedPlace) {
        definition.variables.append(variable)
        variablePlaces.append(place)
    }

    /// The place of what Dify refuses.
    func place(of refusal: Refusal) -> SeedPlace {
        if let humanInputPlace, refusal.code != Refusal.invalidParameter("").code { return humanInputPlace }
        let types = definition.variables.map(\.type.rawValue)
        let culprit = zip(types, variablePlaces).first { refusal.message.hasSuffix(" \($0.0)") }
        return culprit?.1 ?? place
    }
}

extension PublishedWorkflow {
    /// The seed entry that loads to the same workflow without the file that it was read from.
    ///
    /// - Parameter entry: The entry that names the file; its answers are kept.
    func entry(answeringLike entry: JSONValue) -> JSONValue {
        var members: JSONObject = [
            "name": .string(name), "label": .string(label), "description": .string(description),
            "icon": .object(icon), "app": .string(appID.description), "version": .string(version),
            "variables": .array(variables.map(\.variable)),
            "parameters": .array(configuration.map(\.json)),
        ]
        if let upload = definition.fileUpload { members["file_upload"] = upload.feature }
        if !definition.outputs.isEmpty {
            let types = definition.outputs.map { ($0.name, JSONValue.string($0.type.rawValue)) }
            members["outputs"] = .object(JSONObject(types))
        }
        if !privacyPolicy.isEmpty { members["privacy_policy"] = .string(privacyPolicy) }
        if !labels.isEmpty { members["labels"] = .array(labels.map(JSONValue.string)) }
        if !calls.isEmpty { members["calls"] = .array(calls.map(\.json)) }
        for key in ["reply", "sequence", "then"] { members[key] = entry[key] }
        return .object(members)
    }
}

extension PublishedWorkflow.Parameter {
    /// The parameter as the console and a seed write it.
    var json: JSONValue {
        ["name": .string(name), "description": .string(description), "form": .string(form.rawValue)]
    }
}

extension NestedWorkflow {
    fileprivate var json: JSONValue {
        guard let label else { return .string(provider) }
        return ["provider": .string(provider), "label": .string(label)]
    }
}
