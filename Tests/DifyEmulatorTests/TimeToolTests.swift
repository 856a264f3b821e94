import DifyEmulator
import DifyProtocol
import Foundation
import Testing

/// Dify's own time tools; the values were computed with Python's `zoneinfo`.
struct TimeToolTests {
    @Test(
        "answers",
        arguments: [
            ("current_time", [:], "2024-07-04 12:34:56"),
            ("current_time", ["timezone": "Asia/Tokyo"], "2024-07-04 21:34:56"),
            (
                "current_time", ["format": "%Y-%m-%dT%H:%M:%S%z %Z", "timezone": "America/New_York"],
                "2024-07-04T08:34:56-0400 EDT"
            ),
            ("current_time", ["format": "%A %j %U %W %p %% %Q"], "Thursday 186 26 27 PM % %Q"),
            ("localtime_to_timestamp", ["localtime": "2024-1-1 0:0:0"], "1704038400"),
            ("localtime_to_timestamp", ["localtime": "2024-01-01 00:00:00", "timezone": "UTC"], "1704067200"),
            (
                "localtime_to_timestamp", ["localtime": "2024-11-03 01:30:00", "timezone": "America/New_York"],
                "1730615400"
            ),
            (
                "localtime_to_timestamp", ["localtime": "2024-03-10 02:30:00", "timezone": "America/New_York"],
                "1710055800"
            ),
            ("localtime_to_timestamp", ["localtime": "1969-12-31 23:59:59", "timezone": "UTC"], "-1"),
            ("timestamp_to_localtime", ["timestamp": 1_704_067_200], "2024-01-01 08:00:00"),
            (
                "timestamp_to_localtime", ["timestamp": "1720096496", "timezone": "America/New_York"],
                "2024-07-04 08:34:56"
            ),
            ("timestamp_to_localtime", [:], "1970-01-01 08:00:00"),
            ("timezone_conversion", ["current_time": "2024-1-1 0:0:0"], "2024-01-01 01:00:00"),
            (
                "timezone_conversion",
                [
                    "current_time": "2024-07-04 12:00:00", "current_timezone": "America/New_York",
                    "target_timezone": "Asia/Kolkata",
                ], "2024-07-04 21:30:00"
            ),
            ("weekday", ["year": 2024, "month": 2, "day": 29], "February 29, 2024 is Thursday."),
            ("weekday", ["year": 1, "month": 1, "day": 1], "January 1, 1 is Monday."),
            ("weekday", ["year": 2023, "month": 2, "day": 29], "Invalid date: Year 2023, Month 2, Day 29."),
            ("weekday", ["year": 1e300, "month": 2, "day": 29], "Invalid date: Year 1e+300, Month 2, Day 29."),
        ] as [(String, JSONObject, String)])
    func answers(_ tool: String, _ parameters: JSONObject, _ text: String) async throws {
        var options = Platform.Options()
        options.clock = VirtualClock(start: Date(timeIntervalSince1970: 1_720_096_496.789012))
        let platform = try Platform(options: options)
        let outcome = await platform.outcome(.builtin, "time", tool, parameters)
        #expect(outcome.texts == [text])
        #expect(outcome.error == nil)
    }

    @Test(
        "errors",
        arguments: [
            (
                "localtime_to_timestamp", ["localtime": "2024-01-01"],
                "time data '2024-01-01' does not match format '%Y-%m-%d %H:%M:%S'"
            ),
            ("localtime_to_timestamp", ["localtime": "2024-01-01 00:00:00+0800"], "unconverted data remains: +0800"),
            ("localtime_to_timestamp", ["localtime": "2024-02-30 00:00:00"], "day is out of range for month"),
            ("localtime_to_timestamp", [:], "strptime() argument 1 must be str, not None"),
            ("timestamp_to_localtime", ["timestamp": 0, "timezone": "Mars/Phobos"], "Invalid timezone: 'Mars/Phobos'"),
            ("timestamp_to_localtime", ["timestamp": 0, "timezone": "UTC+8"], "Invalid timezone: 'UTC+8'"),
            (
                "timezone_conversion", ["current_time": "x", "target_timezone": "asia/tokyo"],
                "Invalid timezone: 'asia/tokyo'"
            ),
            ("weekday", ["year": 2024], "Month is required"),
        ] as [(String, JSONObject, String)])
    func errors(_ tool: String, _ parameters: JSONObject, _ text: String) async throws {
        let outcome = try await Platform().outcome(.builtin, "time", tool, parameters)
        #expect(outcome.error == "read tool response failed: request failed: \(text)")
    }
}
