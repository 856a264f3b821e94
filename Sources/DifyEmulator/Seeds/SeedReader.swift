import DifyProtocol

/// Reads nodes into values, noting every mistake instead of stopping at the first.
struct SeedReader {
    /// What was found so far.
    var mistakes: [SeedMistake] = []
    /// How many scripts without a name have the same match, by that match.
    private var unnamedScripts: [String: Int] = [:]

    /// What makes a script without a name one entry: its match, and how many of the same match stand before it. So an
    /// edited answer takes the place of the earlier one.
    mutating func identity(ofScriptMatching match: SeedNode) -> String {
        let text = match.json.description
        let earlier = unnamedScripts[text, default: 0]
        unnamedScripts[text] = earlier + 1
        return earlier == 0 ? text : "\(text) \(earlier)"
    }

    mutating func fail(_ node: SeedNode, _ message: String) { fail(at: node.place, message) }

    mutating func fail(at place: SeedPlace, _ message: String) {
        mistakes.append(SeedMistake(place: place, message: message))
    }

    /// The members of a mapping with no other keys than these.
    mutating func members(_ node: SeedNode, of what: String, keys: [String]) -> [SeedNode.Member]? {
        guard case .map(let members) = node.value else {
            fail(node, "\(what) is \(node.kind); it must be a mapping with \(Self.list(keys))")
            return nil
        }
        for member in members where !keys.contains(member.key) {
            // Of one or two letters nobody can tell what was meant.
            let nearest = member.key.count < 3 ? nil : Nearest.matches(member.key, in: keys, limit: 1).first
            let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "known are \(Self.list(keys))"
            fail(at: member.place, "\(what) has no \"\(member.key)\"; \(hint)")
        }
        return members
    }

    /// The elements of a list; none for an absent node.
    mutating func elements(_ node: SeedNode?, of what: String) -> [SeedNode] {
        guard let node, !node.json.isNull else { return [] }
        guard case .list(let elements) = node.value else {
            fail(node, "\(what) is \(node.kind); it must be a list")
            return []
        }
        return elements
    }

    /// A text that must be there. Numbers and truth values count as their text.
    mutating func requiredText(_ key: String, of node: SeedNode, _ what: String) -> String {
        guard let child = node[key] else {
            fail(node, "\(what) needs \"\(key)\"")
            return ""
        }
        let text = text(child, what: "\"\(key)\"") ?? ""
        if text.isEmpty, child.json.string != nil { fail(child, "\"\(key)\" is empty") }
        return text
    }

    /// A text that may be absent.
    mutating func optionalText(_ key: String, of node: SeedNode) -> String? {
        guard let child = node[key], !child.json.isNull else { return nil }
        return text(child, what: "\"\(key)\"")
    }

    /// A text.
    mutating func text(_ node: SeedNode, what: String) -> String? {
        switch node.json {
        case .string(let text): return text
        case .number(let number): return number.literal
        case .bool(let flag): return flag ? "true" : "false"
        default:
            fail(node, "\(what) is \(node.kind); it must be text")
            return nil
        }
    }

    /// A truth value; the fallback when absent.
    mutating func flag(_ key: String, of node: SeedNode, default fallback: Bool = false) -> Bool {
        guard let child = node[key] else { return fallback }
        guard let flag = child.json.bool else {
            fail(child, "\"\(key)\" is \(child.kind); it must be true or false")
            return fallback
        }
        return flag
    }

    /// A whole number within bounds; nil when absent or wrong.
    mutating func integer(_ key: String, of node: SeedNode, in range: ClosedRange<Int>) -> Int? {
        guard let child = node[key], !child.json.isNull else { return nil }
        guard let number = child.json.number?.integer, range.contains(number) else {
            let end = range.upperBound == Int.max ? "on" : "to \(range.upperBound)"
            fail(child, "\"\(key)\" must be a whole number from \(range.lowerBound) \(end)")
            return nil
        }
        return number
    }

    /// One word of a fixed set; nil when absent or wrong.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of node: SeedNode, as type: Word.Type
    ) -> Word? {
        guard let child = node[key], !child.json.isNull else { return nil }
        guard let text = child.json.string, let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue)
            fail(child, "\"\(key)\" is \(child.json.description); it must be one of \(words.joined(separator: ", "))")
            return nil
        }
        return word
    }

    /// A time such as `50ms`, `1.5s`, `2m` or 0.
    mutating func duration(_ key: String, of node: SeedNode) -> Duration {
        guard let child = node[key] else { return .zero }
        guard let duration = Self.duration(child.json) else {
            fail(
                child, "\"\(key)\" is \(child.json.description); it must be a time such as 50ms, 1.5s or 2m, at most 1h"
            )
            return .zero
        }
        return duration
    }

    /// A text with templates.
    mutating func textTemplate(_ node: SeedNode, what: String) -> TextTemplate {
        guard let text = text(node, what: what) else { return TextTemplate(literal: "") }
        do {
            return try TextTemplate(text)
        } catch {
            fail(node, "\(what) holds braces that do not close, or an unknown {{…}} form")
            return TextTemplate(literal: "")
        }
    }

    /// A value with templates.
    mutating func jsonTemplate(_ node: SeedNode, what: String) -> JSONTemplate {
        do {
            return try JSONTemplate(node.json)
        } catch {
            fail(node, "\(what) holds braces that do not close, or an unknown {{…}} form: \(error.text)")
            return .literal(.null)
        }
    }

    private static func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }

    private static func duration(_ value: JSONValue) -> Duration? {
        if value.number?.double == 0 { return .zero }
        guard let match = value.string?.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h)/),
            let amount = Double(match.1)
        else { return nil }
        let seconds = amount * (["ms": 0.001, "s": 1, "m": 60, "h": 3600][String(match.2)] ?? 0)
        return seconds <= 3600 ? .milliseconds(Int64((seconds * 1000).rounded())) : nil
    }
}
