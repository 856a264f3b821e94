import DifyProtocol
import Foundation

/// Python's `strftime` in the C locale.
enum Strftime {
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static let abbreviations: [String: (standard: String, daylight: String)] = [
        "UTC": ("UTC", "UTC"), "GMT": ("UTC", "UTC"), "America/New_York": ("EST", "EDT"),
        "America/Los_Angeles": ("PST", "PDT"), "America/Chicago": ("CST", "CDT"),
        "America/Sao_Paulo": ("-03", "-02"), "Asia/Shanghai": ("CST", "CDT"), "Asia/Ho_Chi_Minh": ("+07", "+07"),
        "Asia/Tokyo": ("JST", "JDT"), "Asia/Dubai": ("+04", "+04"), "Asia/Kolkata": ("IST", "IST"),
        "Asia/Seoul": ("KST", "KDT"), "Asia/Singapore": ("+08", "+08"), "Europe/London": ("GMT", "BST"),
        "Europe/Berlin": ("CET", "CEST"), "Europe/Moscow": ("MSK", "MSD"), "Australia/Sydney": ("AEST", "AEDT"),
        "Pacific/Auckland": ("NZST", "NZDT"), "Africa/Cairo": ("EET", "EEST"),
    ]

    /// The moment in a zone, written by a format. Unknown directives stay as they are.
    static func text(_ date: Date, in zone: TimeZone, format: String) -> String {
        let fields = Fields(date, in: zone)
        var result = ""
        var rest = format[...]
        while let character = rest.popFirst() {
            guard character == "%", let directive = rest.first else {
                result.append(character)
                continue
            }
            rest.removeFirst()
            if directive == ":", rest.first == "z" {
                rest.removeFirst()
                result += fields.offset(separator: ":")
            } else {
                result += fields.value(of: directive) ?? "%\(directive)"
            }
        }
        return result
    }

    /// The parts of a moment.
    private struct Fields {
        let date: Date
        let zone: TimeZone
        let parts: DateComponents
        let dayOfYear: Int

        init(_ date: Date, in zone: TimeZone) {
            self.date = date
            self.zone = zone
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second, .nanosecond, .weekday], from: date)
            dayOfYear = calendar.ordinality(of: .day, in: .year, for: date) ?? 1
        }

        var year: Int { parts.year ?? 0 }
        var month: Int { parts.month ?? 1 }
        var day: Int { parts.day ?? 1 }
        var hour: Int { parts.hour ?? 0 }
        /// 0 for Monday.
        var weekday: Int { ((parts.weekday ?? 2) + 5) % 7 }

        func value(of directive: Character) -> String? {
            switch directive {
            case "Y": String(year)
            case "C": padded(year / 100)
            case "y": padded(year % 100)
            case "m": padded(month)
            case "d": padded(day)
            case "e": padded(day, with: " ")
            case "H": padded(hour)
            case "I": padded((hour + 11) % 12 + 1)
            case "M": padded(parts.minute ?? 0)
            case "S": padded(parts.second ?? 0)
            case "f": padded((parts.nanosecond ?? 0) / 1000, width: 6)
            case "p": hour < 12 ? "AM" : "PM"
            case "j": padded(dayOfYear, width: 3)
            case "a": String(weekdays[weekday].prefix(3))
            case "A": weekdays[weekday]
            case "b", "h": String(months[month - 1].prefix(3))
            case "B": months[month - 1]
            case "u": String(weekday + 1)
            case "w": String((weekday + 1) % 7)
            case "U": padded((dayOfYear + 6 - (weekday + 1) % 7) / 7)
            case "W": padded((dayOfYear + 6 - weekday) / 7)
            case "s": String(Int(date.timeIntervalSince1970.rounded(.down)))
            case "z": offset(separator: "")
            case "Z": abbreviation
            case "F": Strftime.text(date, in: zone, format: "%Y-%m-%d")
            case "T", "X": Strftime.text(date, in: zone, format: "%H:%M:%S")
            case "R": Strftime.text(date, in: zone, format: "%H:%M")
            case "D", "x": Strftime.text(date, in: zone, format: "%m/%d/%y")
            case "c": Strftime.text(date, in: zone, format: "%a %b %e %H:%M:%S %Y")
            case "n": "\n"
            case "t": "\t"
            case "%": "%"
            default: nil
            }
        }

        /// Foundation writes `GMT-4` outside its locale; Python has the zone database's letters. `%Z` is asked for with
        /// the zones that `current_time` offers only.
        private var abbreviation: String {
            let names = Strftime.abbreviations[zone.identifier]
            guard zone.isDaylightSavingTime(for: date) else { return names?.standard ?? offset(separator: "") }
            return names?.daylight ?? offset(separator: "")
        }

        func offset(separator: String) -> String {
            let seconds = zone.secondsFromGMT(for: date)
            let minutes = abs(seconds) / 60
            return (seconds < 0 ? "-" : "+") + padded(minutes / 60) + separator + padded(minutes % 60)
        }

        private func padded(_ number: Int, width: Int = 2, with filler: String = "0") -> String {
            PythonDate.padded(number, to: width, with: filler)
        }
    }
}
