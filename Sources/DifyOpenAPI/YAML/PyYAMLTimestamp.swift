internal import DifyProtocol

/// YAML 1.1 dates as PyYAML reads them.
enum PyYAMLTimestamp {
    /// Whether a plain scalar is taken for a date, valid or not.
    static func looksLikeTimestamp(_ text: String) -> Bool {
        // Years have four digits; the regex costs too much to be tried on every number.
        guard text.utf8.dropFirst(4).first == UInt8(ascii: "-") else { return false }
        return match(text) != nil
    }

    /// The date; nil for one that the calendar lacks, where Python raises `ValueError`.
    static func value(_ text: String) -> DocumentValue.Timestamp? {
        guard let match = match(text), let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
            PythonDate(year: year, month: month, day: day) != nil
        else { return nil }
        let date =
            "\(PythonDate.padded(year, to: 4))-\(PythonDate.padded(month, to: 2))-\(PythonDate.padded(day, to: 2))"
        guard let hour = match.4.flatMap({ Int($0) }), let minute = match.5.flatMap({ Int($0) }),
            let second = match.6.flatMap({ Int($0) })
        else {
            return .init(iso: date, repr: "datetime.date(\(year), \(month), \(day))", typeName: "date")
        }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let fraction = (match.7 ?? "").prefix(6)
        let micros = (Int(fraction) ?? 0) * [1_000_000, 100_000, 10_000, 1000, 100, 10, 1][fraction.count]
        var iso =
            "\(date)T\(PythonDate.padded(hour, to: 2)):\(PythonDate.padded(minute, to: 2)):\(PythonDate.padded(second, to: 2))"
        if micros > 0 { iso += ".\(PythonDate.padded(micros, to: 6))" }
        var arguments = [year, month, day, hour, minute, second]
        while arguments.last == 0, arguments.count > 5 { arguments.removeLast() }
        if micros > 0 { arguments = [year, month, day, hour, minute, second, micros] }
        var repr = arguments.map(String.init).joined(separator: ", ")
        if let zone = match.8 {
            iso += zone == "Z" ? "+00:00" : offset(String(zone))
            repr += ", tzinfo=datetime.timezone.utc"
        }
        return .init(iso: iso, repr: "datetime.datetime(\(repr))", typeName: "datetime")
    }

    private typealias Match = (
        Substring, Substring, Substring, Substring, Substring?, Substring?, Substring?, Substring?, Substring?
    )

    private static func match(_ text: String) -> Match? {
        let day = /([0-9]{4})-([0-9]{2})-([0-9]{2})/
        if let match = text.wholeMatch(of: day)?.output {
            return (match.0, match.1, match.2, match.3, nil, nil, nil, nil, nil)
        }
        let moment =
            /([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?/
        guard let match = text.wholeMatch(of: moment)?.output else { return nil }
        return (match.0, match.1, match.2, match.3, match.4, match.5, match.6, match.7, match.8)
    }

    private static func offset(_ zone: String) -> String {
        let parts = zone.dropFirst().split(separator: ":")
        let hours = parts.first.flatMap { Int($0) } ?? 0
        let minutes = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return "\(zone.prefix(1))\(PythonDate.padded(hours, to: 2)):\(PythonDate.padded(minutes, to: 2))"
    }
}
