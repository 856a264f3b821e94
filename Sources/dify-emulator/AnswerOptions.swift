public import ArgumentParser
public import DifyEmulator
import DifyHTTPClient

/// How calls are answered.
struct AnswerOptions: ParsableArguments {
    /// What must have a reply.
    enum Strictness: String, CaseIterable, ExpressibleByArgument {
        case tools
        case all
    }

    @Flag(help: "Answer tools that have no reply with a marked placeholder.")
    var lenient = false

    @Option(help: "What refuses without a reply: tools, or all, which are models, apps and nodes as well.")
    var strict = Strictness.tools

    @Option(help: "Where Dify itself cannot answer: useful answers, or what dify does (`quirks` lists the places).")
    var quirks = Quirk.Treatment.useful

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Hosts that APIs with `live: true` may really call: api.example.com, 127.0.0.1:8080 or *.example.com.",
            valueName: "host"))
    var allowLive: [String] = []

    func validate() throws {
        for host in allowLive {
            if let complaint = LiveAccess.complaint(about: host) { throw ValidationError("--allow-live \(complaint)") }
        }
        if lenient, strict == .all { throw ValidationError("--lenient and --strict all exclude each other") }
    }

    /// The platform's options.
    var options: Platform.Options {
        var options = Platform.Options()
        options.isLenient = lenient
        options.isStrictForAll = strict == .all
        options.quirks = quirks
        if !allowLive.isEmpty {
            options.live = LiveAccess(hosts: allowLive, transport: HTTPClient()) { Console.note($0) }
        }
        return options
    }

    /// Whether anything differs from the defaults.
    var isGiven: Bool { lenient || strict != .tools || quirks != .useful || !allowLive.isEmpty }
}

extension Quirk.Treatment: ExpressibleByArgument {}
