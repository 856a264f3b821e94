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
            isDate(year, month, day)
        else { return nil }
        let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
        guard let hour = match.4.flatMap({ Int($0) }), let minute = match.5.flatMap({ Int($0) }),
            let second = match.6.flatMap({ Int($0) })
        else {
            return .init(iso: date, repr: "datetime.date(\(year), \(month), \(day))", typeName: "date")
        }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let fraction = (match.7 ?? "").prefix(6)
        let micros = (Int(fraction) ?? 0) * [1_000_000, 100_000, 10_000, 1000, 100, 10, 1][fraction.count]
        var iso = "\(date)T\(pad(hour, 2)):\(pad(minute, 2)):\(pad(second, 2))"
        if micros > 0 { iso += ".\(pad(micros, 6))" }
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
        return "\(zone.prefix(1))\(pad(hours, 2)):\(pad(minutes, 2))"
    }

    private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard year > 0, (1...12).contains(month) else { return false }
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
