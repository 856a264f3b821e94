public import ArgumentParser
public import DifyEmulator

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

    func validate() throws {
        if lenient, strict == .all { throw ValidationError("--lenient and --strict all exclude each other") }
    }

    /// The platform's options.
    var options: Platform.Options {
        var options = Platform.Options()
        options.isLenient = lenient
        options.isStrictForAll = strict == .all
        options.quirks = quirks
        return options
    }

    /// Whether anything differs from the defaults.
    var isGiven: Bool { lenient || strict != .tools || quirks != .useful }
}

extension Quirk.Treatment: ExpressibleByArgument {}
