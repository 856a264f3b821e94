import DifyProtocol
import Foundation

/// What Dify's own time tools answer (the version with Python's `zoneinfo`).
enum TimeTools {
    private static let format = "%Y-%m-%d %H:%M:%S"

    /// `current_time`: a zone that does not exist is told in the text, not raised.
    static func currentTime(_ parameters: JSONObject, now: Date) throws(StreamError) -> [ToolInvokeMessage] {
        let name = parameters["timezone"].map(PythonText.str) ?? "UTC"
        let given = parameters["format"].map(PythonText.str) ?? ""
        guard let zone = zone(name) else { return [.text("Invalid timezone: \(name)")] }
        return [.text(Strftime.text(now, in: zone, format: given.isEmpty ? format + " %Z" : given))]
    }

    /// `localtime_to_timestamp`
    static func localToTimestamp(_ parameters: JSONObject, now: Date) throws(StreamError) -> [ToolInvokeMessage] {
        guard let given = parameters["localtime"] else {
            throw StreamError("strptime() argument 1 must be str, not None")
        }
        let local = try wallClock(PythonText.str(given))
        let zone = try requiredZone(zoneName(parameters["timezone"]))
        return [.text(String(Int(date(local, in: zone).timeIntervalSince1970.rounded(.down))))]
    }

    /// `timestamp_to_localtime`
    static func timestampToLocal(_ parameters: JSONObject, now: Date) throws(StreamError) -> [ToolInvokeMessage] {
        let zone = try requiredZone(zoneName(parameters["timezone"]))
        let seconds: Double
        switch parameters["timestamp"] {
        case nil: seconds = 0
        case .number(let number): seconds = number.double
        case .bool(let flag): seconds = flag ? 1 : 0
        default: throw StreamError("'NoneType' object cannot be interpreted as an integer")
        }
        // Python's calendar ends with the year 9999.
        guard seconds.isFinite, (-62_135_596_800...253_402_300_799).contains(seconds) else {
            throw StreamError("year is out of range")
        }
        return [.text(Strftime.text(Date(timeIntervalSince1970: seconds), in: zone, format: format))]
    }

    /// `timezone_conversion`: the zones are looked at before the time.
    static func timezoneConversion(_ parameters: JSONObject, now: Date) throws(StreamError) -> [ToolInvokeMessage] {
        let source = try requiredZone(parameters["current_timezone"].map(PythonText.str) ?? "Asia/Shanghai")
        let target = try requiredZone(parameters["target_timezone"].map(PythonText.str) ?? "Asia/Tokyo")
        guard let given = parameters["current_time"] else {
            throw StreamError("strptime() argument 1 must be str, not None")
        }
        let local = try wallClock(PythonText.str(given))
        return [.text(Strftime.text(date(local, in: source), in: target, format: format))]
    }

    /// `weekday`
    static func weekday(_ parameters: JSONObject, now: Date) throws(StreamError) -> [ToolInvokeMessage] {
        let values = ["year", "month", "day"].map { parameters[$0] ?? .null }
        if values[1].isNull { throw StreamError("Month is required") }
        let numbers = values.compactMap { $0.number.flatMap { Int(exactly: $0.double.rounded(.towardZero)) } }
        guard numbers.count == 3, let date = PythonDate(year: numbers[0], month: numbers[1], day: numbers[2])
        else {
            let shown = values.map(PythonText.str)
            return [.text("Invalid date: Year \(shown[0]), Month \(shown[1]), Day \(shown[2]).")]
        }
        let (month, weekday) = (Strftime.months[numbers[1] - 1], Strftime.weekdays[(date.ordinal - 1) % 7])
        return [.text("\(month) \(numbers[2]), \(numbers[0]) is \(weekday).")]
    }

    // MARK: - Zones

    /// An empty name stands for the server's own zone, which here is UTC so that every machine answers alike.
    private static func zoneName(_ value: JSONValue?) -> String {
        let name = value.map(PythonText.str) ?? "Asia/Shanghai"
        return name.isEmpty ? "UTC" : name
    }

    private static func requiredZone(_ name: String) throws(StreamError) -> TimeZone {
        guard let zone = zone(name) else { throw StreamError("Invalid timezone: \(PythonText.repr(name))") }
        return zone
    }

    /// Names are those of the zone database, letter by letter; Foundation's own forms (`GMT+8`) are none.
    private static func zone(_ name: String) -> TimeZone? {
        guard name.wholeMatch(of: /(?:UTC|GMT)[+-].*/) == nil, let zone = TimeZone(identifier: name) else { return nil }
        let isSpelledSo = TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC" || zone.identifier == name
        return isSpelledSo ? zone : nil
    }

    // MARK: - Wall clock

    /// Date and time without a zone, read by `%Y-%m-%d %H:%M:%S`.
    private static func wallClock(_ text: String) throws(StreamError) -> DateComponents {
        let pattern =
            /([0-9]{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12][0-9]|0[1-9]|[1-9])\s+(2[0-3]|[01][0-9]|[0-9]):([0-5][0-9]|[0-9]):(6[01]|[0-5][0-9]|[0-9])/
        guard let match = text.prefixMatch(of: pattern) else {
            throw StreamError("time data \(PythonText.repr(text)) does not match format '\(format)'")
        }
        let rest = text[match.range.upperBound...]
        guard rest.isEmpty else { throw StreamError("unconverted data remains: \(rest)") }
        let output = match.output
        let parts = [output.1, output.2, output.3, output.4, output.5, output.6].compactMap { Int($0) }
        guard parts.count == 6, PythonDate(year: parts[0], month: parts[1], day: parts[2]) != nil else {
            throw StreamError("day is out of range for month")
        }
        guard parts[5] < 60 else { throw StreamError("second must be in 0..59") }
        return DateComponents(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5])
    }

    /// The moment of a wall clock. Of two moments the later counts; a time that the clock skips moves forward.
    private static func date(_ local: DateComponents, in zone: TimeZone) -> Date {
        var utc = Calendar(identifier: .gregorian)
        utc.timeZone = .gmt
        guard let naive = utc.date(from: local) else { return .distantPast }
        let day: TimeInterval = 86_400
        let offsets = [naive - day, naive + day].map { Double(zone.secondsFromGMT(for: $0)) }
        let candidates = offsets.map { naive - $0 }
        let valid = candidates.filter { $0 + Double(zone.secondsFromGMT(for: $0)) == naive }
        return valid.max() ?? candidates.max() ?? naive
    }
}
