import ArgumentParser
import DifyProtocol

/// Lists what differs between the releases of Dify that can be imitated.
struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "List what differs between the releases of Dify that --profile imitates.",
        discussion: "With a release: only what is different there from \(Profile.current).")

    @Argument(
        help: ArgumentHelp("A release: 1.9.1, or 1.9 for its last patch.", valueName: "release"),
        transform: { try Profile($0) })
    var profile: Profile?

    @Flag(help: "Print the table as JSON.")
    var json = false

    @Flag(help: "Print the table as Markdown, as the README has it.")
    var markdown = false

    func validate() throws {
        if json, markdown { throw ValidationError("--json and --markdown exclude each other") }
    }

    func run() {
        let changes = ProfileChange.allCases.filter { change in
            profile.map { $0.has(change) != Profile.current.has(change) } ?? true
        }
        if json {
            Console.out(JSONValue.array(changes.map(Self.json)).description)
        } else if markdown {
            for line in Self.markdown(changes) { Console.out(line) }
        } else {
            show(changes)
        }
    }

    private func show(_ changes: [ProfileChange]) {
        for area in ProfileChange.Area.allCases {
            let part = changes.filter { $0.area == area }
            guard !part.isEmpty else { continue }
            Console.out(Console.styled(area.rawValue, .bold))
            for change in part {
                Console.out("  \(change.releases)  \(change.rawValue)")
                Console.out("      before:  \(change.before)")
                Console.out("      since:   \(change.after)")
            }
        }
        if let profile {
            let count = "\(changes.count) difference\(changes.count == 1 ? "" : "s")"
            Console.out("\(count) between \(profile) and \(Profile.current)")
        } else {
            Console.out("releases: " + Profile.releases.map(\.description).joined(separator: " "))
        }
    }

    private static func json(_ change: ProfileChange) -> JSONValue {
        [
            "change": .string(change.rawValue), "area": .string(change.area.rawValue),
            "since": .string(change.since.description),
            "until": change.until.map { .string($0.description) } ?? .null,
            "before": .string(change.before), "after": .string(change.after),
        ]
    }

    private static func markdown(_ changes: [ProfileChange]) -> [String] {
        let rows = changes.map { change in
            [change.area.rawValue, change.rawValue, change.releases, change.before, change.after]
                .map { $0.replacing(/[\\|<]/) { "\\" + $0.output } }
        }
        return [["area", "difference", "since", "before", "now"], Array(repeating: "---", count: 5)].map(Self.row)
            + rows.map(Self.row)
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
