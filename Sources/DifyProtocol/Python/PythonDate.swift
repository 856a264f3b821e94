/// A day of Python's calendar: Gregorian throughout, years 1 to 9999.
package struct PythonDate: Sendable {
    /// Days since the day before 1 January of the year 1, as in `date.toordinal()`.
    package let ordinal: Int

    /// - Returns: nil for a day that the calendar lacks.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let before = year - 1
        ordinal = before * 365 + before / 4 - before / 100 + before / 400 + lengths.prefix(month - 1).reduce(0, +) + day
    }

    /// A number with leading zeros.
    package static func padded(_ number: Int, to width: Int, with filler: String = "0") -> String {
        let digits = String(number)
        return String(repeating: filler, count: max(0, width - digits.count)) + digits
    }
}
