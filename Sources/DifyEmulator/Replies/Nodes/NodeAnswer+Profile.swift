import DifyProtocol

extension NodeAnswer {
    /// An extraction as a release gives it: what the model used was not always among the outputs.
    static func extraction(_ answer: JSONObject, of profile: Profile) -> JSONObject {
        profile.has(.nodeUsage) ? answer : without(["__usage"], answer)
    }

    /// A classification as a release gives it.
    static func classification(_ answer: JSONObject, of profile: Profile) -> JSONObject {
        let missing = (profile.has(.nodeUsage) ? [] : ["usage"]) + (profile.has(.classLabel) ? [] : ["class_label"])
        return missing.isEmpty ? answer : without(missing, answer)
    }

    private static func without(_ names: [String], _ answer: JSONObject) -> JSONObject {
        var outputs = answer["outputs"]?.object ?? [:]
        for name in names { outputs[name] = nil }
        return answer.merging(["outputs": .object(outputs)])
    }
}
