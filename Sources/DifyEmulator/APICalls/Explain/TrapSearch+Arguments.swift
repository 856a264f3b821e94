import DifyOpenAPI
import DifyProtocol

/// What happens to single arguments.
extension TrapSearch {
    func argumentTraps(of placement: APIPlacement) -> [FoundTrap] {
        let pointer = document.part(at: placement.pointer)?.pointer
        guard let given = placement.given else {
            return [emptyLineTrap(placement), readOnlyTrap(placement)].compactMap(\.self).map { found($0, at: pointer) }
        }
        let cast = placement.cast ?? given
        let traps = [
            textTrap(given, cast, placement), booleanTrap(given, cast, placement), pathTrap(cast, placement),
            numberTrap(cast, placement), typelessTrap(given, placement), emptyTrap(cast, placement),
            fileTrap(placement), lostTrap(placement),
        ]
        return traps.compactMap(\.self).map { found($0, at: pointer) }
    }

    /// What Dify's own copy of the operation says there: its references are replaced and its properties merged.
    private func stored(_ placement: APIPlacement) -> JSONValue? {
        var part: DocumentPart? = DocumentPart(value: .object(operation.bundle.operation), pointer: "")
        for token in placement.pointer.pointerTokens { part = part?.child(token) }
        return part?.value
    }

    /// Whether values are written as Python shows them.
    private func writesPythonText(_ placement: APIPlacement) -> Bool {
        switch placement.place {
        case .path, .header, .cookie: true
        case .query, .nowhere: false
        case .body: placement.pointer.hasPrefix("/requestBody/content/application~1x-www-form-urlencoded/")
        }
    }

    // MARK: - Lists and objects

    private func textTrap(_ given: JSONValue, _ cast: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        let isCastToText = given.isContainer && cast.string == PythonText.repr(given)
        let isWrittenAsText = cast.isContainer && (writesPythonText(placement) || isObjectInQuery(cast, placement))
        guard isCastToText || isWrittenAsText else { return nil }
        let kind = given.array != nil || cast.array != nil ? "list" : "object"
        let text = isCastToText ? cast.string ?? "" : PythonText.repr(cast)
        return .pythonText(kind: kind, text: String(text.prefix(80)), rescue(given, placement))
    }

    private func isObjectInQuery(_ cast: JSONValue, _ placement: APIPlacement) -> Bool {
        placement.place == .query && (cast.object != nil || cast.array?.contains(where: \.isContainer) == true)
    }

    private func rescue(_ given: JSONValue, _ placement: APIPlacement) -> CallTrap.Rescue {
        guard placement.place == .body, !writesPythonText(placement) else { return .plainText }
        let property = stored(placement)
        if property?["$ref"] != nil { return .reference }
        guard property?["type"] == "object" || property?["type"] == "array" else { return .plainText }
        return .jsonText("\(placement.name)='\(given.shown)'")
    }

    // MARK: - Booleans and numbers

    private func booleanTrap(_ given: JSONValue, _ cast: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        if given.bool != nil, let text = cast.string, text == "True" || text == "False" {
            return .capitalBoolean(text, isDeclared: false)
        }
        guard let flag = cast.bool else { return nil }
        if placement.place != .cookie, writesPythonText(placement) {
            return .capitalBoolean(flag ? "True" : "False", isDeclared: true)
        }
        guard let text = given.string, flag, !["true", "yes", "y", "1"].contains(text.lowercased()) else { return nil }
        return .looseBoolean(text)
    }

    private func numberTrap(_ cast: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        guard placement.place == .body, stored(placement)?["type"] == "integer", let number = cast.number,
            number.double != number.double.rounded(), let sent = placement.sent
        else { return nil }
        return .cutNumber(given: number.literal, sent: sent)
    }

    // MARK: - Values that get lost

    private func typelessTrap(_ given: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        guard placement.place == .body, !given.isNull, let property = stored(placement)?.object,
            property["type"] == nil, property["anyOf"] == nil, property["$ref"] == nil
        else { return nil }
        return .typeless
    }

    /// Headers and cookies that are sent whether or not there is a value.
    private func emptyLineTrap(_ placement: APIPlacement) -> CallTrap? {
        switch (placement.place, placement.sent) {
        case (.header, ""), (.cookie, "\(placement.name)="): .sentEmpty
        default: nil
        }
    }

    private func readOnlyTrap(_ placement: APIPlacement) -> CallTrap? {
        let isDemanded = operation.bundle.parameters.contains { $0.name == placement.name && $0.required }
        let isFilled = document.part(at: placement.pointer)?.value["readOnly"]?.bool == true
        return placement.place == .body && isDemanded && isFilled ? .readOnly(placement.name) : nil
    }

    private func fileTrap(_ placement: APIPlacement) -> CallTrap? {
        let type = operation.bundle.parameters.last { $0.name == placement.name }?.type
        return placement.place == .body && (type == .file || type == .files) ? .file : nil
    }

    private func emptyTrap(_ cast: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        placement.place == .query && cast == "" ? .emptyQuery : nil
    }

    private func pathTrap(_ cast: JSONValue, _ placement: APIPlacement) -> CallTrap? {
        let text = PythonText.str(cast)
        let isStep = text == "." || text == ".."
        guard placement.place == .path, isStep || text.contains(where: { "/?#".contains($0) }) else { return nil }
        return .changedPath(text, encoded: isStep ? text.replacing(".", with: "%2E") : QueryText.quote(text, safe: ""))
    }
}

extension JSONValue {
    /// Whether this is a list or an object.
    fileprivate var isContainer: Bool { array != nil || object != nil }
}
