import Foundation

/// The dates of `expires` attributes, in all the forms that Python's `http.cookiejar` reads.
struct HTTPDate {
    private var rest: Substring.UnicodeScalarView

    /// Seconds since 1970.
    ///
    /// - Parameter now: Decides the century of a year with two digits.
    /// - Returns: nil for a text that is no date, or one in an unknown time zone.
    static func seconds(_ text: String, now: Date) -> Double? {
        var reader = HTTPDate(rest: text[...].unicodeScalars)
        return reader.date(now: now)
    }

    private mutating func date(now: Date) -> Double? {
        skipSpace()
        skipWeekday()
        guard let day = number(1...2), skipSeparator(), let month = month(), skipSeparator(), let year = number(1...9)
        else { return nil }
        let clock = clock()
        skipSpace()
        let zone = zone()
        skipSpace()
        guard skipComment(), rest.isEmpty, let offset = Self.offset(of: zone) else { return nil }
        let fullYear = Self.full(year, now: now)
        let (hour, minute, second) = clock ?? (0, 0, 0)
        guard (1970...9999).contains(fullYear), (1...31).contains(day), (0...24).contains(hour),
            (0...59).contains(minute), (0...61).contains(second)
        else { return nil }
        let days = Self.days(year: fullYear, month: month) + day - 1
        return Double(days * 86400 + hour * 3600 + minute * 60 + second - offset)
    }

    /// Days from 1970 to the first of a month.
    private static func days(year: Int, month: Int) -> Int {
        let past = year - 1
        let leapDays = past / 4 - past / 100 + past / 400 - 477
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return (year - 1970) * 365 + leapDays + before + (isLeap && month > 2 ? 1 : 0)
    }

    /// The year nearest to the present that ends with these digits.
    private static func full(_ year: Int, now: Date) -> Int {
        guard year < 1000 else { return year }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let present = calendar.component(.year, from: now)
        let difference = present % 100 - year
        let near = year + present - present % 100
        if abs(difference) <= 50 { return near }
        return difference > 0 ? near + 100 : near - 100
    }

    /// The offset of a zone from UTC in seconds; nil for an unknown zone.
    private static func offset(of zone: String?) -> Int? {
        guard let zone = zone?.uppercased(), !["GMT", "UTC", "UT", "Z"].contains(zone) else { return 0 }
        let digits = zone.drop { $0 == "+" || $0 == "-" }
        guard (1...4).contains(digits.count), let number = Int(digits) else { return nil }
        let seconds = digits.count < 3 ? number * 3600 : number / 100 * 3600 + number % 100 * 60
        return zone.hasPrefix("-") ? -seconds : seconds
    }

    // MARK: - Pieces

    private mutating func skipSpace() { rest = rest.drop(while: Self.isSpace) }

    private mutating func skipWeekday() {
        let word = prefix(while: Self.isLetter)
        guard ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].contains(String(word.prefix(3)).lowercased()) else {
            return
        }
        rest = rest.dropFirst(word.count)
        if rest.first == "," { rest = rest.dropFirst() }
        skipSpace()
    }

    private mutating func number(_ length: ClosedRange<Int>) -> Int? {
        let digits = String(prefix(while: Self.isDigit).prefix(length.upperBound))
        guard digits.count >= length.lowerBound, let number = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    /// White space, `-` or `/`.
    private mutating func skipSeparator() -> Bool {
        if rest.first == "-" || rest.first == "/" {
            rest = rest.dropFirst()
            return true
        }
        guard let first = rest.first, Self.isSpace(first) else { return false }
        skipSpace()
        return true
    }

    /// A month by the beginning of its English name, or by its number.
    private mutating func month() -> Int? {
        let word = String(prefix { Self.isLetter($0) || Self.isDigit($0) || $0 == "_" })
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let number = names.firstIndex(of: word.lowercased()).map { $0 + 1 } ?? Int(word)
        guard let number, (1...12).contains(number) else { return nil }
        rest = rest.dropFirst(word.unicodeScalars.count)
        return number
    }

    /// `22:23` or `22:23:32`, behind white space or a colon.
    private mutating func clock() -> (Int, Int, Int)? {
        let start = rest
        if rest.first == ":" { rest = rest.dropFirst() } else { skipSpace() }
        guard rest.startIndex > start.startIndex, let hour = number(1...2), let minute = pair() else {
            rest = start
            return nil
        }
        return (hour, minute, pair() ?? 0)
    }

    /// A colon and two digits.
    private mutating func pair() -> Int? {
        guard rest.first == ":", rest.dropFirst().prefix(2).allSatisfy(Self.isDigit), rest.count > 2 else { return nil }
        rest = rest.dropFirst()
        return number(2...2)
    }

    /// `GMT`, `+0100`.
    private mutating func zone() -> String? {
        let letters = prefix(while: Self.isLetter)
        if !letters.isEmpty {
            guard !["am", "pm"].contains(String(letters).lowercased()) else { return nil }
            rest = rest.dropFirst(letters.count)
            return String(letters)
        }
        let sign = prefix { $0 == "+" || $0 == "-" }.prefix(1)
        let digits = rest.dropFirst(sign.count).prefix(while: Self.isDigit).prefix(4)
        guard digits.count >= 2 else { return nil }
        rest = rest.dropFirst(sign.count + digits.count)
        return String(sign) + String(digits)
    }

    /// The name of a zone in parentheses.
    private mutating func skipComment() -> Bool {
        guard rest.first == "(" else { return true }
        let name = rest.dropFirst().prefix { Self.isLetter($0) || Self.isDigit($0) || $0 == "_" }
        let behind = rest[name.endIndex...]
        guard !name.isEmpty, behind.first == ")" else { return false }
        rest = behind.dropFirst()
        skipSpace()
        return true
    }

    private func prefix(while isWanted: (Unicode.Scalar) -> Bool) -> Substring.UnicodeScalarView {
        rest.prefix(while: isWanted)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || ("\t"..."\r").contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
